package org.facteur.edge.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.facteur.core.deliver.Consignment;
import org.facteur.core.deliver.Envelope;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.core.queue.QueueItem;
import org.facteur.core.queue.RouteBook;
import org.facteur.core.report.PolicyBook;
import org.facteur.edge.smtp.SmtpRole;
import org.facteur.edge.smtp.TestOffice;
import org.facteur.net.dns.DaneRecords;
import org.facteur.net.dns.MailExchangers;
import org.facteur.net.dns.StaticZone;
import org.facteur.net.dns.TextRecords;
import org.facteur.net.fetch.HttpsFetch;
import org.facteur.net.tls.ClientContexts;
import org.facteur.net.tls.PeerTrust;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.smtp.LetterWishes;
import org.facteur.wire.sts.StsPolicy;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lines that must be protected: by DANE, by the policy of a domain, by the letter's own wish.
class ProtectionTest {
    private static final Domain FAR = Domain.parse("far.example");
    private static final Domain FAR_HOST = Domain.parse("mx.far.example");

    private TestOffice office;
    private TestOffice other;
    private byte[] key;
    private @Nullable Relay relay;

    @BeforeEach
    void open(@TempDir Path mine, @TempDir Path keys) throws Exception {
        office = new TestOffice(mine);
        other = new TestOffice(keys);
        other.editor.addDomain(FAR, Domain.parse("example.org"));
        key = publicKey(keys);
    }

    private static byte[] publicKey(Path keys) throws Exception {
        try (var files = Files.list(keys)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                if (text.contains("BEGIN CERTIFICATE")) {
                    return CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(
                                            text.getBytes(StandardCharsets.US_ASCII)))
                            .getPublicKey()
                            .getEncoded();
                }
            }
        }
        throw new IOException("no certificate was made");
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

    private void relay(DaneRecords dane, @Nullable TransportPolicies policies) throws IOException {
        InetSocketAddress address = other.listen(SmtpRole.RECEPTION);
        MailExchangers.Answer answer =
                new MailExchangers.Found(
                        List.of(new MailExchangers.Exchanger(FAR_HOST, List.of(address))));
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
                                        new Protections(PeerTrust.standard(), dane, policies)),
                                office.clock));
        begun.start();
        relay = begun;
    }

    private void submit(LetterWishes wishes) {
        byte[] octets = "Subject: x\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII);
        try (LetterWriter writer = new LetterWriter(office.boxes, 1_000_000)) {
            writer.write(octets, 0, octets.length);
            try (NewLetter whole = writer.finish()) {
                office.delivery.accept(
                        new Consignment(
                                whole,
                                new Envelope(
                                        EmailAddress.parse("alice@example.org"),
                                        List.of(
                                                new Envelope.Recipient(
                                                        EmailAddress.parse("bob@far.example"),
                                                        org.facteur.wire.smtp.RcptParameters.NONE)),
                                        office.alice.id(),
                                        false,
                                        wishes),
                                new byte[0],
                                false,
                                office.clock.instant(),
                                List.of(),
                                null));
            }
        }
    }

    private DaneRecords saying(int usage, int selector, int matching, byte[] data) {
        return (domain, host, port) ->
                new DaneRecords.Found(
                        List.of(
                                new DaneRecords.Tlsa(
                                        usage, selector, matching, Octets.copyOf(data))));
    }

    private static byte[] hash(byte[] data) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(data);
    }

    private void awaitArrival() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(other.inbox(other.bob)).hasSize(1));
    }

    private void awaitDeferral(String status, String words) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> {
                            QueueItem item = office.queue.list(1).getFirst();
                            assertThat(item.schedule().attempts()).isEqualTo(1);
                            assertThat(item.waiting().getFirst().status()).isEqualTo(status);
                            assertThat(item.waiting().getFirst().answer()).contains(words);
                        });
        assertThat(other.inbox(other.bob)).isEmpty();
    }

    @Test
    void theKeySignedDnsNamesOpensTheWay() throws Exception {
        submit(LetterWishes.NONE);
        relay(saying(3, 1, 1, hash(key)), null);
        awaitArrival();
        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(
                                                office.queue
                                                        .timelines()
                                                        .sentBy(office.alice.id(), 1)
                                                        .getFirst()
                                                        .steps()
                                                        .getFirst()
                                                        .carriage()
                                                        .tls())
                                        .contains("DANE"));
    }

    @Test
    void anotherKeyDefersTheLetter() throws Exception {
        submit(LetterWishes.NONE);
        relay(saying(3, 1, 1, hash(new byte[] {1})), null);
        awaitDeferral("4.7.5", "validation-failure");
    }

    @Test
    void malformedRecordsOnlyAskForEncryption() throws Exception {
        submit(LetterWishes.NONE);
        relay(saying(3, 1, 1, new byte[] {1}), null);
        awaitArrival();
    }

    @Test
    void forgedDnsDefersTheLetter() throws Exception {
        submit(LetterWishes.NONE);
        relay((domain, host, port) -> new DaneRecords.Failed("forged"), null);
        awaitDeferral("4.7.5", "forged");
    }

    @Test
    void aKeptPolicyCountsEvenWhenItsRecordIsHidden() throws Exception {
        PolicyBook book = new PolicyBook(office.store, office.clock);
        byte[] text =
                "version: STSv1\nmode: enforce\nmx: mx.far.example\nmax_age: 1000\n"
                        .getBytes(StandardCharsets.US_ASCII);
        book.put(FAR, "1", StsPolicy.parse(text), text);
        submit(LetterWishes.NONE);
        relay(DaneRecords.NONE, policies(TextRecords.NONE));
        awaitDeferral("4.7.5", "certificate-not-trusted");
    }

    @Test
    void aServerThePolicyDoesNotNameGetsNothing() throws Exception {
        PolicyBook book = new PolicyBook(office.store, office.clock);
        byte[] text =
                "version: STSv1\nmode: enforce\nmx: *.elsewhere.example\nmax_age: 1000\n"
                        .getBytes(StandardCharsets.US_ASCII);
        book.put(FAR, "1", StsPolicy.parse(text), text);
        submit(LetterWishes.NONE);
        relay(DaneRecords.NONE, policies(name -> new TextRecords.Failed("silence")));
        awaitDeferral("4.7.5", "is not a server the policy");
    }

    @Test
    void aPolicyThatOnlyTestsHoldsNothingUp() throws Exception {
        PolicyBook book = new PolicyBook(office.store, office.clock);
        byte[] text =
                "version: STSv1\nmode: testing\nmx: mx.far.example\nmax_age: 1000\n"
                        .getBytes(StandardCharsets.US_ASCII);
        book.put(FAR, "1", StsPolicy.parse(text), text);
        submit(LetterWishes.NONE);
        relay(DaneRecords.NONE, policies(TextRecords.NONE));
        awaitArrival();
    }

    @Test
    void aPolicyOnAPrivateAddressIsNotFetched() throws Exception {
        submit(LetterWishes.NONE);
        relay(DaneRecords.NONE, policies(name -> new TextRecords.Found(List.of("v=STSv1; id=7;"))));
        awaitArrival();
        assertThat(new PolicyBook(office.store, office.clock).find(FAR)).isEmpty();
    }

    private TransportPolicies policies(TextRecords texts) {
        MailExchangers hosts =
                domain ->
                        new MailExchangers.Found(
                                List.of(
                                        new MailExchangers.Exchanger(
                                                domain,
                                                List.of(
                                                        new InetSocketAddress(
                                                                InetAddress.getLoopbackAddress(),
                                                                9)))));
        return new TransportPolicies(
                new TransportPolicies.Names(texts, hosts),
                new HttpsFetch(
                        office.network,
                        new ClientContexts(),
                        PeerTrust.standard(),
                        HttpsFetch::isGlobal),
                new PolicyBook(office.store, office.clock));
    }

    @Test
    void aLetterThatMustTravelEncryptedDoesNotGoToAnUnprovenServer() throws Exception {
        submit(new LetterWishes(null, null, null, true, null, 0));
        relay(DaneRecords.NONE, null);
        awaitDeferral("4.7.5", "certificate-not-trusted");
    }

    @Test
    void addressesOfNobodyElseAreNotForEverybody() throws Exception {
        for (String address :
                List.of(
                        "127.0.0.1",
                        "10.1.2.3",
                        "192.168.0.1",
                        "169.254.1.1",
                        "100.64.0.1",
                        "0.0.0.0",
                        "224.0.0.1",
                        "255.255.255.255",
                        "::1",
                        "fe80::1",
                        "fc00::1",
                        "64:ff9b::7f00:1",
                        "2002:7f00:1::1")) {
            assertThat(HttpsFetch.isGlobal(InetAddress.getByName(address))).as(address).isFalse();
        }
        for (String address : List.of("8.8.8.8", "2606:4700::1111")) {
            assertThat(HttpsFetch.isGlobal(InetAddress.getByName(address))).as(address).isTrue();
        }
    }
}
