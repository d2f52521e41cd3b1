package org.facteur.edge.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Alias;
import org.facteur.core.account.Door;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.Role;
import org.facteur.core.queue.QueueItem;
import org.facteur.net.listen.ListenerSettings;
import org.facteur.net.milter.MilterClient;
import org.facteur.net.milter.MilterSettings;
import org.facteur.wire.address.EmailAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A filter that answers as it is told, asked about letters.
class FilterTest {
    private static final List<String> GO_ON = List.of("c");

    private TestOffice office;
    private ServerSocket filter;

    /// The steps a filter saw, letter and text.
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open(@TempDir Path keys) throws Exception {
        office = new TestOffice(keys);
        filter = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        filter.close();
        office.close();
    }

    /// Answers each letter's steps; what is not named goes on.
    ///
    /// @param steps which steps and answers are spared
    private void answer(int steps, Map<Character, List<String>> answers) {
        Thread.ofVirtual()
                .start(
                        () -> {
                            try (Socket socket = filter.accept()) {
                                converse(socket, steps, answers);
                            } catch (IOException gone) {
                                seen.add("gone");
                            }
                        });
    }

    private void converse(Socket socket, int steps, Map<Character, List<String>> answers)
            throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        while (true) {
            byte[] packet = in.readNBytes(in.readInt());
            char step = (char) packet[0];
            seen.add(new String(packet, StandardCharsets.ISO_8859_1).replace('\0', '|'));
            if (step == 'O') {
                out.writeInt(13);
                out.write('O');
                out.writeInt(6);
                out.writeInt(0x11);
                out.writeInt(steps);
            } else if (step == 'Q') {
                return;
            } else if (step != 'D' && !(step == 'L' && (steps & 0x80) != 0)) {
                for (String reply : answers.getOrDefault(step, GO_ON)) {
                    byte[] octets = reply.getBytes(StandardCharsets.ISO_8859_1);
                    out.writeInt(octets.length);
                    out.write(octets);
                }
            }
            out.flush();
        }
    }

    private InetSocketAddress door(boolean acceptWhenDown) throws IOException {
        SmtpServices plain = office.services;
        MilterClient client =
                new MilterClient(
                        office.network,
                        new MilterSettings(
                                (InetSocketAddress) filter.getLocalSocketAddress(),
                                Duration.ofSeconds(20),
                                acceptWhenDown,
                                TestOffice.HOST));
        SmtpServices services =
                new SmtpServices(
                        plain.directory(),
                        plain.login(),
                        plain.boxes(),
                        plain.delivery(),
                        plain.caps(),
                        new SmtpServices.Extras(false, null, client),
                        plain.clock());
        return office.network
                .listen(
                        new ListenerSettings(
                                "filtered",
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                ListenerSettings.Security.NONE,
                                "421 no"),
                        null,
                        new SmtpServer(TestOffice.quick(SmtpRole.RECEPTION), services, () -> false))
                .address();
    }

    private void bring(InetSocketAddress door, String expected) throws Exception {
        try (Talk talk = Talk.greeted(door)) {
            talk.say("MAIL FROM:<z@far.example>", "250");
            talk.say("RCPT TO:<bob@example.org>", "250");
            talk.say("DATA", "354");
            talk.send("Subject: one\r\n two\r\nX-Old: 1\r\n\r\nbody\r\n.\r\n").expect(expected);
            talk.say("NOOP", "250");
        }
    }

    @Test
    void aFilterSeesTheLetterAndChangesItsHeader() throws Exception {
        answer(
                0,
                Map.of(
                        'E',
                        List.of(
                                "p",
                                "hX-Spam\0no\n really\0",
                                "m\0\0\0\1X-Old\0\0",
                                "i\0\0\0\0X-Top\0t\0",
                                "c")));
        bring(door(false), "250 2.0.0");
        assertThat(office.inbox(office.bob))
                .singleElement()
                .asString()
                .endsWith(
                        "\r\nX-Top: t\r\nSubject: one\r\n two\r\nX-Spam: no\r\n really\r\n\r\nbody\r\n");
        assertThat(seen)
                .contains(
                        "DCj|mail.example.org|",
                        "Hclient.example|",
                        "M<z@far.example>|",
                        "R<bob@example.org>|",
                        "T",
                        "LSubject|one\n two|",
                        "LX-Old|1|",
                        "N",
                        "Bbody\r\n",
                        "E");
    }

    @Test
    void whatAFilterSparesIsSpared() throws Exception {
        answer(0x1 | 0x2 | 0x4 | 0x10 | 0x40 | 0x80 | 0x200, Map.of());
        bring(door(false), "250 2.0.0");
        assertThat(seen)
                .contains("R<bob@example.org>|", "LX-Old|1|", "E")
                .noneMatch(step -> step.startsWith("C") || step.startsWith("B"));
        assertThat(office.inbox(office.bob)).hasSize(1);
    }

    @Test
    void aFilterRefusesInItsOwnWords() throws Exception {
        InetSocketAddress door = door(false);
        Map<String, String> answers =
                Map.of(
                        "r", "550 5.7.1",
                        "t", "451 4.7.1",
                        "y554 5.7.9 not\tthis\0", "550 5.7.1 not this",
                        "y450 come later\0", "451 4.7.1 come later",
                        "ynonsense\0", "550 5.7.1",
                        "d", "250 2.0.0 Letter accepted");
        for (Map.Entry<String, String> each : answers.entrySet()) {
            for (char step : new char[] {'M', 'R', 'B', 'E'}) {
                answer(0, Map.of(step, List.of(each.getKey())));
                bring(door, each.getValue());
            }
        }
        assertThat(office.inbox(office.bob)).isEmpty();
        answer(0, Map.of('H', List.of("a"), 'B', List.of("r")));
        bring(door, "250 2.0.0");
        answer(0, Map.of('B', List.of("s")));
        bring(door, "250 2.0.0");
        assertThat(office.inbox(office.bob)).hasSize(2);
    }

    @Test
    void aFilterThatIsDownIsAsTheSettingSays() throws Exception {
        answer(0, Map.of('E', List.of("hA B\0x\0", "c")));
        bring(door(false), "451 4.3.0");
        answer(0, Map.of('E', List.of("+<more@example.org>\0", "c")));
        bring(door(false), "451 4.7.1");
        answer(0, Map.of('M', List.of("?")));
        bring(door(true), "250 2.0.0");
        InetSocketAddress strict = door(false);
        InetSocketAddress lax = door(true);
        filter.close();
        bring(strict, "451 4.7.1");
        bring(lax, "250 2.0.0");
        assertThat(office.inbox(office.bob)).hasSize(2);
    }

    @Test
    void whatIsPutIntoQuarantineIsKeptApart() throws Exception {
        office.editor.putAlias(
                new Alias(
                        EmailAddress.parse("away@example.org"),
                        Alias.Kind.ALIAS,
                        Alias.Writers.ANYONE,
                        List.of(EmailAddress.parse("x@far.example"))));
        answer(0, Map.of('E', List.of("qlooks bad\0", "hX-Seen\0yes\0", "c")));
        try (Talk talk = Talk.greeted(door(false))) {
            talk.say("MAIL FROM:<z@far.example>", "250");
            talk.say("RCPT TO:<bob@example.org>", "250");
            talk.say("RCPT TO:<away@example.org>", "250");
            talk.say("DATA", "354");
            talk.send("Subject: odd\r\n\r\nbody\r\n.\r\n").expect("250");
        }
        assertThat(office.inbox(office.bob)).isEmpty();
        LetterBox box = office.boxes.open(Actor.system(office.bob.id(), Door.IMAP));
        assertThat(box.view(box.mailboxes().find(Role.JUNK).orElseThrow().id()).size())
                .isEqualTo(1);
        QueueItem item = office.queue.list(10).getFirst();
        assertThat(item.schedule().held()).isTrue();
        assertThat(office.queue.enter()).isEmpty();
        office.queue.retry(item.id());
        assertThat(office.queue.enter()).isPresent();
    }

    @Test
    void whoNeverComesToAnEndIsDown() throws Exception {
        answer(0, Map.of('E', List.of("p", "p", "p", "p", "p", "p", "p", "p", "p", "p", "p", "c")));
        bring(door(false), "451 4.7.1");
    }
}
