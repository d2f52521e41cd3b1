package org.facteur.edge.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.facteur.base.fault.Refusal;
import org.facteur.core.deliver.Consignment;
import org.facteur.core.deliver.Envelope;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.core.queue.RouteBook;
import org.facteur.core.queue.SourceBook;
import org.facteur.edge.smtp.SmtpRole;
import org.facteur.edge.smtp.TestOffice;
import org.facteur.net.dns.MailExchangers;
import org.facteur.net.dns.StaticZone;
import org.facteur.net.tls.ClientContexts;
import org.facteur.net.tls.PeerTrust;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From which of our addresses letters leave.
class SourcesTest {
    private static final Domain FAR = Domain.parse("far.example");
    private static final EmailAddress ALICE = EmailAddress.parse("alice@example.org");

    private TestOffice office;
    private TestOffice other;
    private RouteBook routes;
    private @Nullable Relay relay;

    @BeforeEach
    void open(@TempDir Path mine, @TempDir Path keys) throws Exception {
        office = new TestOffice(mine);
        other = new TestOffice(keys);
        other.editor.addDomain(FAR, Domain.parse("example.org"));
        routes = new RouteBook(office.store);
    }

    @AfterEach
    void close() {
        Relay begun = relay;
        if (begun != null) {
            begun.close();
        }
        office.close();
        other.close();
    }

    private void relay() throws Exception {
        InetSocketAddress address = other.listen(SmtpRole.RECEPTION);
        Relay begun =
                new Relay(
                        RelaySettings.standard(TestOffice.HOST),
                        new RelayServices(
                                office.queue,
                                office.bounces,
                                office.retry,
                                routes,
                                new RelayServices.Outside(
                                        office.network,
                                        new StaticZone(
                                                Map.of(
                                                        FAR,
                                                        new MailExchangers.Found(
                                                                List.of(
                                                                        new MailExchangers
                                                                                .Exchanger(
                                                                                Domain.parse(
                                                                                        "mx.far.example"),
                                                                                List.of(
                                                                                        address)))))),
                                        new ClientContexts(),
                                        new Protections(PeerTrust.standard())),
                                office.clock));
        begun.start();
        relay = begun;
    }

    private void submit() {
        byte[] octets = "Subject: x\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII);
        try (LetterWriter writer = new LetterWriter(office.boxes, 1_000_000)) {
            writer.write(octets, 0, octets.length);
            try (NewLetter whole = writer.finish()) {
                office.delivery.accept(
                        new Consignment(
                                whole,
                                Envelope.plain(
                                        ALICE,
                                        List.of(EmailAddress.parse("bob@far.example")),
                                        office.alice.id(),
                                        false),
                                new byte[0],
                                false,
                                office.clock.instant(),
                                List.of(),
                                null));
            }
        }
    }

    @Test
    void lettersLeaveFromTheAddressOfTheirDomain() throws Exception {
        routes.sources().set("*", List.of(InetAddress.ofLiteral("127.0.0.3")));
        routes.sources().set("example.org", List.of(InetAddress.ofLiteral("127.0.0.2")));
        submit();
        relay();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(other.inbox(other.bob))
                                        .singleElement()
                                        .asString()
                                        .contains("[127.0.0.2]"));
    }

    @Test
    void aServerThatNoneOfThemReachesIsPassedOver() throws Exception {
        routes.sources().set("*", List.of(InetAddress.ofLiteral("::1")));
        submit();
        relay();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(
                                                office.queue
                                                        .list(1)
                                                        .getFirst()
                                                        .waiting()
                                                        .getFirst()
                                                        .answer())
                                        .contains("no address of ours"));
    }

    @Test
    void theBookKeepsAddressesByDomain() {
        SourceBook book = routes.sources();
        assertThat(book.find(ALICE)).isEmpty();
        InetAddress one = InetAddress.ofLiteral("192.0.2.1");
        InetAddress six = InetAddress.ofLiteral("2001:db8::1");
        book.set("*", List.of(one));
        book.set("Example.ORG", List.of(one, six));
        SourceBook again = new RouteBook(office.store).sources();
        assertThat(again.find(ALICE)).containsExactly(one, six);
        assertThat(again.find(null)).containsExactly(one);
        book.remove("example.org");
        assertThat(book.find(ALICE)).containsExactly(one);
        assertThatThrownBy(() -> book.remove("example.org")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> book.set("*", List.of())).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> book.set("a b", List.of(one))).isInstanceOf(SyntaxFault.class);
    }
}
