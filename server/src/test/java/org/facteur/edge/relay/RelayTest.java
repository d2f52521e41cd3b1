package org.facteur.edge.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;
import org.facteur.core.deliver.Consignment;
import org.facteur.core.deliver.Envelope;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.core.queue.RouteBook;
import org.facteur.edge.smtp.SmtpRole;
import org.facteur.edge.smtp.TestOffice;
import org.facteur.net.dns.MailExchangers;
import org.facteur.net.dns.StaticZone;
import org.facteur.net.tls.ClientContexts;
import org.facteur.net.tls.PeerTrust;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayTest {
    private static final Domain FAR = Domain.parse("far.example");
    private static final Domain FAR_HOST = Domain.parse("mx.far.example");
    private static final String LETTER =
            "From: alice@example.org\r\nSubject: hello\r\n\r\n.dots\r\nend";

    private TestOffice office;
    private @Nullable Relay relay;

    @BeforeEach
    void open(@TempDir Path keys) throws Exception {
        office = new TestOffice(keys);
    }

    @AfterEach
    void close() {
        Relay begun = relay;
        if (begun != null) {
            begun.close();
        }
        office.close();
    }

    private void relayTo(MailExchangers.Answer answer) {
        Relay begun =
                new Relay(
                        RelaySettings.standard(TestOffice.HOST),
                        new RelayServices(
                                office.queue,
                                office.bounces,
                                office.retry,
                                new RouteBook(office.store),
                                new RelayServices.Outside(
                                        office.network,
                                        new StaticZone(Map.of(FAR, answer)),
                                        new ClientContexts(),
                                        new Protections(PeerTrust.standard())),
                                office.clock));
        begun.start();
        relay = begun;
    }

    private static MailExchangers.Answer at(InetSocketAddress... addresses) {
        return new MailExchangers.Found(
                List.of(new MailExchangers.Exchanger(FAR_HOST, List.of(addresses))));
    }

    private void submit(String letter, String... recipients) {
        byte[] octets = letter.getBytes(StandardCharsets.UTF_8);
        try (LetterWriter writer = new LetterWriter(office.boxes, 1_000_000)) {
            writer.write(octets, 0, octets.length);
            try (NewLetter whole = writer.finish()) {
                office.delivery.accept(
                        new Consignment(
                                whole,
                                Envelope.plain(
                                        EmailAddress.parse("alice@example.org"),
                                        java.util.Arrays.stream(recipients)
                                                .map(EmailAddress::parse)
                                                .toList(),
                                        office.alice.id(),
                                        false),
                                "Received: here\r\n".getBytes(StandardCharsets.US_ASCII),
                                writer.eightBit(),
                                office.clock.instant(),
                                List.of(),
                                null));
            }
        }
    }

    private void awaitReport(String text) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(office.inbox(office.alice))
                                        .singleElement()
                                        .asString()
                                        .contains(text));
    }

    @Test
    void aLetterReachesAnotherOffice(@TempDir Path keys) throws Exception {
        try (TestOffice other = new TestOffice(keys)) {
            other.editor.addDomain(FAR, Domain.parse("example.org"));
            relayTo(at(other.listen(SmtpRole.RECEPTION)));
            submit(LETTER, "bob@far.example");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(other.inbox(other.bob)).hasSize(1));
            assertThat(other.inbox(other.bob).getFirst())
                    .contains("with ESMTPS id")
                    .endsWith("Received: here\r\n" + LETTER + "\r\n");
            Awaitility.await().untilAsserted(() -> assertThat(office.queue.list(10)).isEmpty());
        }
    }

    @Test
    void whatTheOtherSideRefusesIsToldToTheSender(@TempDir Path keys) throws Exception {
        try (TestOffice other = new TestOffice(keys)) {
            other.editor.addDomain(FAR, Domain.parse("example.org"));
            relayTo(at(other.listen(SmtpRole.RECEPTION)));
            submit(LETTER, "nobody@far.example", "bob@far.example");
            awaitReport("5.1.1");
            assertThat(other.inbox(other.bob)).hasSize(1);
            assertThat(office.queue.list(10)).isEmpty();
        }
    }

    @Test
    void aDomainThatIsNotThereIsToldAtOnce() {
        relayTo(new MailExchangers.NoSuchDomain());
        submit(LETTER, "bob@far.example");
        awaitReport("5.1.2");
    }

    @Test
    void aDomainThatTakesNoMailIsToldAtOnce() {
        relayTo(new MailExchangers.NullMx());
        submit(LETTER, "bob@far.example");
        awaitReport("5.1.10");
    }

    @Test
    void weAreNotOurOwnNextHop() {
        relayTo(
                new MailExchangers.Found(
                        List.of(
                                new MailExchangers.Exchanger(
                                        TestOffice.HOST,
                                        List.of(
                                                new InetSocketAddress(
                                                        InetAddress.getLoopbackAddress(), 9))))));
        submit(LETTER, "bob@far.example");
        awaitReport("5.4.6");
    }

    @Test
    void theNextAddressIsTriedAndAnOldServerSufficient() throws Exception {
        try (Script dead = new Script("421 mx.far.example busy");
                Script old =
                        new Script(
                                "220 old",
                                "500 what",
                                "250 old",
                                "250 ok",
                                "550 no",
                                "250 ok",
                                "354 go",
                                "250 done")) {
            relayTo(at(dead.address(), old.address()));
            submit(LETTER, "nobody@far.example", "bob@far.example");
            assertThat(old.heard(9))
                    .containsExactly(
                            "EHLO mail.example.org",
                            "HELO mail.example.org",
                            "MAIL FROM:<alice@example.org>",
                            "RCPT TO:<nobody@far.example>",
                            "RCPT TO:<bob@far.example>",
                            "DATA",
                            "Received: here",
                            "From: alice@example.org",
                            "Subject: hello");
            awaitReport("550 no");
        }
    }

    @Test
    void injectedAnswersEndTheLineBeforeTls() throws Exception {
        try (Script injector =
                new Script("220 x", "250-x\r\n250 STARTTLS", "220 go\r\n250 AUTH PLAIN")) {
            relayTo(at(injector.address()));
            submit(LETTER, "bob@far.example");
            assertThat(injector.heard(4))
                    .containsExactly(
                            "EHLO mail.example.org",
                            "STARTTLS",
                            "EHLO mail.example.org",
                            "MAIL FROM:<alice@example.org>");
        }
    }

    @Test
    void eightBitTextGoesOnlyWhereItIsTaken() throws Exception {
        try (Script old = new Script("220 old", "250 old")) {
            relayTo(at(old.address()));
            submit("From: alice@example.org\r\n\r\n\u00e9\r\n", "bob@far.example");
            awaitReport("5.6.3");
        }
    }

    /// A server that gives its answers in order, whatever it hears, and again for each connection.
    private static final class Script implements AutoCloseable {
        private final ServerSocket server =
                new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final String[] answers;

        Script(String... answers) throws IOException {
            this.answers = answers;
            Thread.ofVirtual().start(this::run);
        }

        InetSocketAddress address() {
            return (InetSocketAddress) server.getLocalSocketAddress();
        }

        List<String> heard(int lines) throws InterruptedException {
            List<String> all = new java.util.ArrayList<>();
            while (all.size() < lines) {
                String line = heard.poll(20, java.util.concurrent.TimeUnit.SECONDS);
                assertThat(line).as("after " + all).isNotNull();
                all.add(line);
            }
            return all;
        }

        private void run() {
            while (!server.isClosed()) {
                try (Socket peer = server.accept()) {
                    converse(peer);
                } catch (IOException gone) {
                    continue;
                }
            }
        }

        private void converse(Socket peer) throws IOException {
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(
                                    peer.getInputStream(), StandardCharsets.ISO_8859_1));
            boolean letter = false;
            for (String answer : answers) {
                peer.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
                boolean data = answer.startsWith("354");
                String line;
                do {
                    line = in.readLine();
                    if (line == null) {
                        return;
                    }
                    heard.add(line);
                } while (data && !line.equals("."));
                letter |= data;
            }
            assertThat(letter || answers.length < 8).isTrue();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
