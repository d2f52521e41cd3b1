package org.facteur.edge.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.facteur.base.config.AddressRange;
import org.facteur.net.listen.ListenerSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ways in that are not a plain port: a socket in the file system, a proxy; and crowded ports.
class DoorsTest {
    private static final String LETTER = "Subject: x\r\n\r\nhi\r\n.\r\n";

    @TempDir Path directory;
    private TestOffice office;

    @BeforeEach
    void open() throws Exception {
        office = new TestOffice(Files.createDirectory(directory.resolve("keys")));
    }

    @AfterEach
    void close() {
        office.close();
    }

    private static ListenerSettings on(java.net.SocketAddress address, List<AddressRange> proxies) {
        return new ListenerSettings(
                "test", address, ListenerSettings.Security.OFFERED, "421 no", proxies);
    }

    private InetSocketAddress behindProxy() throws IOException {
        return office.listen(
                        TestOffice.quick(SmtpRole.RECEPTION),
                        on(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                List.of(AddressRange.parse("127.0.0.0/8").orElseThrow())))
                .address();
    }

    @Test
    void lmtpListensOnAFile() throws Exception {
        Path file = directory.resolve("lmtp");
        var listener =
                office.listen(
                        TestOffice.quick(SmtpRole.LMTP),
                        on(UnixDomainSocketAddress.of(file), List.of()));
        assertThat(Files.getPosixFilePermissions(file)).hasSize(4);
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
            ByteBuffer buffer = ByteBuffer.allocate(4096);
            assertThat(channel.read(buffer)).isPositive();
            channel.write(
                    ByteBuffer.wrap(
                            ("LHLO x.example\r\nMAIL FROM:<>\r\nRCPT TO:<bob@example.org>\r\n"
                                            + "DATA\r\n"
                                            + LETTER
                                            + "QUIT\r\n")
                                    .getBytes(StandardCharsets.US_ASCII)));
            StringBuilder heard = new StringBuilder();
            while (channel.read(buffer) >= 0) {
                heard.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
                buffer.clear();
            }
            assertThat(heard.toString()).startsWith("220 ").contains("250 2.0.0 Letter");
        }
        assertThat(office.inbox(office.bob)).hasSize(1);
        listener.stop(java.time.Duration.ZERO);
        assertThat(file).doesNotExist();
        Files.writeString(file, "precious");
        assertThatThrownBy(
                        () ->
                                office.listen(
                                        TestOffice.quick(SmtpRole.LMTP),
                                        on(UnixDomainSocketAddress.of(file), List.of())))
                .isInstanceOf(IOException.class);
        assertThat(file).hasContent("precious");
    }

    @Test
    void aProxyTellsWhoIsThere() throws Exception {
        try (Talk talk = Talk.with(behindProxy())) {
            talk.send("PROXY TCP4 192.0.2.77 127.0.0.1 4000 25\r\n").expect("220");
            talk.say("EHLO client.example", "250");
            talk.say("MAIL FROM:<>", "250");
            talk.say("RCPT TO:<bob@example.org>", "250");
            talk.say("DATA", "354");
            talk.send(LETTER).expect("250");
        }
        assertThat(office.inbox(office.bob).getFirst())
                .contains("Received: from client.example ([192.0.2.77])");
    }

    @Test
    void aProxyThatDoesNotIsClosed() throws Exception {
        InetSocketAddress door = behindProxy();
        for (String first : List.of("EHLO x\r\n", "PROXY TCP4 x y 1 2\r\n", "\u0016\u0003")) {
            try (Talk talk = Talk.with(door)) {
                talk.send(first);
                talk.expectEnd();
            }
        }
    }

    @Test
    void aProxyHeaderFromOthersIsNoHeader() throws Exception {
        try (Talk talk = Talk.with(office.listen(SmtpRole.RECEPTION))) {
            talk.expect("220");
            talk.say("PROXY TCP4 192.0.2.77 127.0.0.1 4000 25", "500 5.5.1");
        }
    }

    @Test
    void slowPeersKeepNobodyWaiting() throws Exception {
        InetSocketAddress reception = office.listen(SmtpRole.RECEPTION);
        InetSocketAddress submission = office.listen(SmtpRole.SUBMISSION);
        List<Talk> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 150; i++) {
                Talk inLetter = Talk.with(reception);
                slow.add(inLetter);
                inLetter.expect("220");
                inLetter.send("EHLO s.example\r\nMAIL FROM:<>\r\nRCPT TO:<bob@example.org>\r\n");
                inLetter.send("DATA\r\nSubject: dr");
                Talk inCommand = Talk.with(submission);
                slow.add(inCommand);
                inCommand.expect("220");
                inCommand.send("EHL");
            }
            try (Talk talk = Talk.greeted(reception)) {
                talk.say("MAIL FROM:<>", "250");
                talk.say("RCPT TO:<alice@example.org>", "250");
                talk.say("DATA", "354");
                talk.send(LETTER).expect("250");
            }
            try (Talk talk = Talk.greeted(submission)) {
                talk.say("STARTTLS", "220");
                talk.beginTls();
                talk.say("EHLO x.example", "250");
            }
        } finally {
            for (Talk each : slow) {
                each.close();
            }
        }
        assertThat(office.inbox(office.alice)).hasSize(1);
    }
}
