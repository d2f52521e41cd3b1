package org.facteur.edge.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.facteur.core.deliver.Consignment;
import org.facteur.core.deliver.Envelope;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.core.queue.QueueItem;
import org.facteur.core.queue.RouteBook;
import org.facteur.core.report.PolicyBook;
import org.facteur.core.report.TlsResults;
import org.facteur.edge.smtp.SmtpRole;
import org.facteur.edge.smtp.TestOffice;
import org.facteur.net.dns.DaneRecords;
import org.facteur.net.dns.DnsDane;
import org.facteur.net.dns.DnsSettings;
import org.facteur.net.dns.MailExchangers;
import org.facteur.net.dns.SignedZone;
import org.facteur.net.dns.StaticZone;
import org.facteur.net.dns.TextRecords;
import org.facteur.net.fetch.HttpsFetch;
import org.facteur.net.tls.Certificates;
import org.facteur.net.tls.ClientContexts;
import org.facteur.net.tls.PeerTrust;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.report.TlsReport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Type;

/// A domain's policy from a real HTTPS server, its TLSA records from a signed zone, and what is
/// counted of both.
class DomainPolicyTest {
    private static final Domain FAR = Domain.parse("far.example");
    private static final Domain POLICY_HOST = Domain.parse("mta-sts.far.example");
    private static final Domain US = Domain.parse("out.example.org");

    private TestOffice office;
    private TestOffice other;
    private TlsResults results;
    private X509Certificate mail;
    private Pair pages;
    private HttpsServer web;
    private volatile String policy = "";
    private Domain host = TestOffice.HOST;
    private @Nullable Relay relay;

    /// A certificate and its key.
    private record Pair(X509Certificate certificate, PrivateKey key) {
        static Pair in(Path directory) throws Exception {
            X509Certificate certificate = null;
            PrivateKey key = null;
            try (var files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    String text = Files.readString(file);
                    if (text.contains("BEGIN CERTIFICATE")) {
                        certificate =
                                (X509Certificate)
                                        CertificateFactory.getInstance("X.509")
                                                .generateCertificate(
                                                        new ByteArrayInputStream(
                                                                text.getBytes(
                                                                        StandardCharsets
                                                                                .US_ASCII)));
                    } else if (text.contains("PRIVATE KEY")) {
                        key = key(text);
                    }
                }
            }
            return new Pair(Objects.requireNonNull(certificate), Objects.requireNonNull(key));
        }

        private static PrivateKey key(String pem) throws Exception {
            StringBuilder base64 = new StringBuilder();
            pem.lines().filter(line -> !line.startsWith("-----")).forEach(base64::append);
            PKCS8EncodedKeySpec encoded =
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64.toString()));
            try {
                return KeyFactory.getInstance("EC").generatePrivate(encoded);
            } catch (java.security.spec.InvalidKeySpecException _) {
                return KeyFactory.getInstance("RSA").generatePrivate(encoded);
            }
        }
    }

    @BeforeEach
    void open(@TempDir Path mine, @TempDir Path keys, @TempDir Path webKeys) throws Exception {
        office = new TestOffice(mine);
        other = new TestOffice(keys);
        other.editor.addDomain(FAR, Domain.parse("example.org"));
        results = new TlsResults(office.store, office.clock);
        mail = Pair.in(keys).certificate();
        assertThat(Certificates.selfSigned(webKeys, POLICY_HOST.name(), InstantSource.system()))
                .isNotNull();
        pages = Pair.in(webKeys);
        web = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.setHttpsConfigurator(new HttpsConfigurator(context()));
        web.createContext(
                "/.well-known/mta-sts.txt",
                exchange -> {
                    byte[] text = policy.getBytes(StandardCharsets.US_ASCII);
                    exchange.sendResponseHeaders(200, text.length);
                    exchange.getResponseBody().write(text);
                    exchange.close();
                });
        web.start();
    }

    private SSLContext context() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "web", pages.key(), new char[0], new X509Certificate[] {pages.certificate()});
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static PeerTrust trust(X509Certificate... roots) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < roots.length; i++) {
            store.setCertificateEntry("root" + i, roots[i]);
        }
        return PeerTrust.of(store);
    }

    @AfterEach
    void close() {
        Relay begun = relay;
        if (begun != null) {
            begun.close();
        }
        web.stop(0);
        office.close();
        other.close();
    }

    private void relay(DaneRecords dane, PeerTrust trust, boolean withPolicy) throws IOException {
        InetSocketAddress address = other.listen(SmtpRole.RECEPTION);
        MailExchangers.Answer answer =
                new MailExchangers.Found(
                        List.of(new MailExchangers.Exchanger(host, List.of(address))));
        Relay begun =
                new Relay(
                        RelaySettings.standard(US),
                        new RelayServices(
                                office.queue,
                                office.bounces,
                                office.retry,
                                new RouteBook(office.store),
                                new RelayServices.Outside(
                                        office.network,
                                        new StaticZone(Map.of(FAR, answer)),
                                        new ClientContexts(),
                                        new Protections(
                                                trust,
                                                dane,
                                                withPolicy ? policies(trust) : null,
                                                results)),
                                office.clock));
        begun.start();
        relay = begun;
    }

    private TransportPolicies policies(PeerTrust trust) {
        MailExchangers hosts =
                domain ->
                        new MailExchangers.Found(
                                List.of(
                                        new MailExchangers.Exchanger(
                                                domain, List.of(web.getAddress()))));
        TextRecords texts =
                name ->
                        new TextRecords.Found(
                                name.equals("_mta-sts.far.example")
                                        ? List.of("v=STSv1; id=7;")
                                        : List.of());
        return new TransportPolicies(
                new TransportPolicies.Names(texts, hosts, web.getAddress().getPort()),
                new HttpsFetch(office.network, new ClientContexts(), trust, each -> true),
                new PolicyBook(office.store, office.clock));
    }

    private void submit() {
        byte[] octets = "Subject: x\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII);
        try (LetterWriter writer = new LetterWriter(office.boxes.blobs(), 1_000_000)) {
            writer.write(octets, 0, octets.length);
            try (NewLetter whole = writer.finish()) {
                office.delivery.accept(
                        new Consignment(
                                whole,
                                Envelope.plain(
                                        EmailAddress.parse("alice@example.org"),
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

    private void awaitArrival(String tls) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(other.inbox(other.bob)).hasSize(1));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
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
                                        .contains(tls));
    }

    private void awaitDeferral(String words) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> {
                            QueueItem item = office.queue.list(1).getFirst();
                            assertThat(item.schedule().attempts()).isEqualTo(1);
                            assertThat(item.waiting().getFirst().answer()).contains(words);
                        });
        assertThat(other.inbox(other.bob)).isEmpty();
    }

    private TlsReport.PolicyResult counted() {
        results.flush();
        TlsReport report = results.latest(2).getFirst().report();
        assertThat(report.policies()).hasSize(1);
        return report.policies().getFirst();
    }

    @Test
    void aPolicyIsFetchedAndObeyed() throws Exception {
        policy = "version: STSv1\r\nmode: enforce\r\nmx: mail.example.org\r\nmax_age: 86400\r\n";
        submit();
        relay(DaneRecords.NONE, trust(mail, pages.certificate()), true);
        awaitArrival("verified");
        assertThat(counted().policy().type()).isEqualTo(TlsReport.Policy.STS);
        assertThat(counted().policy().lines()).contains("mode: enforce", "mx: mail.example.org");
        assertThat(counted().successes()).isEqualTo(1);
        assertThat(counted().failures()).isZero();
    }

    @Test
    void aServerThatIsNotNamedGetsNothing() throws Exception {
        policy = "version: STSv1\nmode: enforce\nmx: other.far.example\nmax_age: 86400\n";
        submit();
        relay(DaneRecords.NONE, trust(mail, pages.certificate()), true);
        awaitDeferral("is not a server the policy");
        assertThat(counted().details().getFirst().type()).isEqualTo("validation-failure");
    }

    @Test
    void aCertificateOfNobodyHoldsTheLetterBack() throws Exception {
        policy = "version: STSv1\nmode: enforce\nmx: mail.example.org\nmax_age: 86400\n";
        submit();
        relay(DaneRecords.NONE, trust(pages.certificate()), true);
        awaitDeferral("certificate-not-trusted");
        assertThat(counted().details().getFirst().type()).isEqualTo("certificate-not-trusted");
        assertThat(counted().details().getFirst().host()).isEqualTo("mail.example.org");
    }

    @Test
    void aPolicyThatTestsIsJudgedAndHoldsNothingUp() throws Exception {
        policy = "version: STSv1\nmode: testing\nmx: mail.example.org\nmax_age: 86400\n";
        submit();
        relay(DaneRecords.NONE, trust(pages.certificate()), true);
        awaitArrival("TLS");
        assertThat(counted().successes()).isZero();
        assertThat(counted().details().getFirst().type()).isEqualTo("certificate-not-trusted");
    }

    @Test
    void aPolicyFromAServerOfNobodyDoesNotCount() throws Exception {
        policy = "version: STSv1\nmode: enforce\nmx: other.far.example\nmax_age: 86400\n";
        submit();
        relay(DaneRecords.NONE, trust(mail), true);
        awaitArrival("TLS");
        assertThat(counted().policy().type()).isEqualTo(TlsReport.Policy.NONE);
    }

    @Test
    void aKeyNamedInASignedZoneOpensTheWayAndAnotherDoesNot() throws Exception {
        String key =
                HexFormat.of()
                        .formatHex(
                                MessageDigest.getInstance("SHA-256")
                                        .digest(mail.getPublicKey().getEncoded()));
        host = Domain.parse("mx.far.example");
        try (SignedZone zone = zone("3 1 1 " + key)) {
            submit();
            relay(dane(zone), trust(mail), false);
            awaitArrival("DANE");
            assertThat(counted().policy())
                    .isEqualTo(
                            new TlsReport.Policy(
                                    TlsReport.Policy.TLSA,
                                    List.of("3 1 1 " + key),
                                    "far.example",
                                    List.of()));
            assertThat(counted().successes()).isEqualTo(1);
        }
    }

    @Test
    void anotherKeyInASignedZoneHoldsTheLetterBack() throws Exception {
        host = Domain.parse("mx.far.example");
        try (SignedZone zone = zone("3 1 1 " + "ab".repeat(32))) {
            submit();
            relay(dane(zone), trust(mail), false);
            awaitDeferral("validation-failure");
            assertThat(counted().failures()).isEqualTo(1);
        }
    }

    private static SignedZone zone(String tlsa) throws Exception {
        return new SignedZone(
                "far.example.",
                SignedZone.record("far.example.", Type.MX, "10 mx.far.example."),
                SignedZone.record("mx.far.example.", Type.A, "127.0.0.1"),
                SignedZone.record("_25._tcp.mx.far.example.", Type.TLSA, tlsa));
    }

    private static DaneRecords dane(SignedZone zone) {
        return new DnsDane(
                DnsSettings.standard(List.of(zone.address())),
                zone.anchor(),
                InstantSource.system());
    }
}
