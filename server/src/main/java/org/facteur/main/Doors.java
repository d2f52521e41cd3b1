package org.facteur.main;

import java.net.SocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.facteur.base.config.NodeFile;
import org.facteur.base.config.Service;
import org.facteur.base.config.Setting;
import org.facteur.base.limit.RateWindow;
import org.facteur.core.deliver.Bounces;
import org.facteur.core.deliver.LocalRetry;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.report.PolicyBook;
import org.facteur.core.trust.Authenticator;
import org.facteur.core.trust.KnownForwarders;
import org.facteur.edge.imap.ImapServer;
import org.facteur.edge.imap.ImapServices;
import org.facteur.edge.imap.ImapSettings;
import org.facteur.edge.pop3.Pop3Server;
import org.facteur.edge.pop3.Pop3Services;
import org.facteur.edge.pop3.Pop3Settings;
import org.facteur.edge.relay.Protections;
import org.facteur.edge.relay.Relay;
import org.facteur.edge.relay.RelayServices;
import org.facteur.edge.relay.RelaySettings;
import org.facteur.edge.relay.TransportPolicies;
import org.facteur.edge.sieve.ManageSieveServer;
import org.facteur.edge.sieve.ManageSieveServices;
import org.facteur.edge.sieve.ManageSieveSettings;
import org.facteur.edge.smtp.SmtpRole;
import org.facteur.edge.smtp.SmtpServer;
import org.facteur.edge.smtp.SmtpServices;
import org.facteur.edge.smtp.SmtpSettings;
import org.facteur.net.dns.DnsAnswers;
import org.facteur.net.dns.DnsDane;
import org.facteur.net.dns.DnsExchangers;
import org.facteur.net.dns.DnsLiveRecords;
import org.facteur.net.dns.DnsSettings;
import org.facteur.net.dns.DnsTexts;
import org.facteur.net.fetch.HttpsFetch;
import org.facteur.net.listen.ConnectionHandler;
import org.facteur.net.listen.ListenerSettings;
import org.facteur.net.listen.ListenerSettings.Security;
import org.facteur.net.listen.Network;
import org.facteur.net.milter.MilterClient;
import org.facteur.net.milter.MilterSettings;
import org.facteur.net.tls.ClientContexts;
import org.facteur.net.tls.PeerTrust;
import org.jspecify.annotations.Nullable;

/// Which handler stands behind which service, with the settings in force.
final class Doors {
    private static final int REMEMBERED_ACCOUNTS = 100_000;
    private static final String SMTP_REFUSAL = "421 4.7.0 Too many connections; try again later.";
    private static final String IMAP_REFUSAL =
            "* BYE [UNAVAILABLE] Too many connections; try again later.";

    private final PostOffice office;
    private final Node.Plan plan;
    private final Supplier<Optional<String>> jmap;
    private final SmtpServices smtp;
    private final long letterBytes;
    private final boolean insecure;

    /// What all listeners share, whatever is set meanwhile.
    static SmtpServices.Caps caps(PostOffice office) {
        return new SmtpServices.Caps(
                window(office, Duration.ofHours(1), Setting.LETTERS_PER_HOUR),
                window(office, Duration.ofDays(1), Setting.RECIPIENTS_PER_DAY));
    }

    private static <K> RateWindow<K> window(PostOffice office, Duration time, Setting most) {
        return new RateWindow<>(
                time,
                () -> (int) office.settings().number(most),
                REMEMBERED_ACCOUNTS,
                office.clock());
    }

    /// With the settings as they are now.
    ///
    /// @param jmap where the session resource of JMAP is, once it is anywhere
    Doors(
            PostOffice office,
            Node.Plan plan,
            Network network,
            SmtpServices.Caps caps,
            Supplier<Optional<String>> jmap) {
        this.office = office;
        this.jmap = jmap;
        this.plan = plan;
        this.letterBytes = office.settings().number(Setting.LETTER_BYTES);
        this.insecure = office.settings().on(Setting.INSECURE_LOGIN);
        this.smtp =
                new SmtpServices(
                        office.directory(),
                        office.login(),
                        office.boxes(),
                        office.delivery(),
                        caps,
                        new SmtpServices.Extras(
                                office.settings().on(Setting.CHANNEL_BINDING),
                                null,
                                filter(plan, network),
                                authenticator(office, plan),
                                office.judge()),
                        office.clock());
    }

    private static Authenticator authenticator(PostOffice office, Node.Plan plan) {
        return new Authenticator(
                        plan.hostname(),
                        plan.names().proofs(),
                        KnownForwarders.STANDARD,
                        () ->
                                new Authenticator.Rules(
                                        office.settings().on(Setting.AUTHENTICATION),
                                        office.settings().on(Setting.DMARC),
                                        office.settings().on(Setting.AUTHENTICATION_LOOPBACK)),
                        office.clock())
                .watchedBy(office.dmarcResults()::note);
    }

    private static @Nullable MilterClient filter(Node.Plan plan, Network network) {
        NodeFile.Filter file = plan.file().filter();
        return file == null
                ? null
                : new MilterClient(
                        network,
                        new MilterSettings(
                                file.address(),
                                MilterSettings.PATIENCE,
                                file.acceptWhenDown(),
                                plan.hostname()));
    }

    static ListenerSettings settings(Service service, SocketAddress address) {
        return switch (service) {
            case SMTP, SUBMISSION, LMTP ->
                    new ListenerSettings(service.key(), address, Security.OFFERED, SMTP_REFUSAL);
            case SUBMISSIONS ->
                    new ListenerSettings(service.key(), address, Security.IMPLICIT, SMTP_REFUSAL);
            case IMAP ->
                    new ListenerSettings(service.key(), address, Security.OFFERED, IMAP_REFUSAL);
            case IMAPS ->
                    new ListenerSettings(service.key(), address, Security.IMPLICIT, IMAP_REFUSAL);
            case POP3 ->
                    new ListenerSettings(
                            service.key(), address, Security.OFFERED, Pop3Server.REFUSAL);
            case POP3S ->
                    new ListenerSettings(
                            service.key(), address, Security.IMPLICIT, Pop3Server.REFUSAL);
            case SIEVE ->
                    new ListenerSettings(
                            service.key(), address, Security.OFFERED, ManageSieveServer.REFUSAL);
            case HTTP, HTTPS, METRICS, ADMIN -> throw unserved(service);
        };
    }

    /// @param stressed whether the listener is so crowded that patience must shorten
    ConnectionHandler handler(Service service, BooleanSupplier stressed) {
        return switch (service) {
            case SMTP -> new SmtpServer(smtp(SmtpRole.RECEPTION), smtp, stressed);
            case SUBMISSION, SUBMISSIONS ->
                    new SmtpServer(smtp(SmtpRole.SUBMISSION), smtp, stressed);
            case LMTP -> new SmtpServer(smtp(SmtpRole.LMTP), smtp, stressed);
            case IMAP, IMAPS -> new ImapServer(imapServices(), imapSettings());
            case POP3, POP3S ->
                    new Pop3Server(
                            new Pop3Services(
                                    office.login(),
                                    office.boxes(),
                                    office.clock(),
                                    office.events(),
                                    new Pop3Services.Extras(null, office.notices())),
                            pop3Settings());
            case SIEVE ->
                    new ManageSieveServer(
                            new ManageSieveServices(
                                    office.login(),
                                    office.scripts(),
                                    office.clock(),
                                    "Facteur " + Version.text()),
                            insecure
                                    ? ManageSieveSettings.STANDARD.withInsecurePlaintextLogin()
                                    : ManageSieveSettings.STANDARD);
            case HTTP, HTTPS, METRICS, ADMIN -> throw unserved(service);
        };
    }

    private SmtpSettings smtp(SmtpRole role) {
        SmtpSettings standard = SmtpSettings.standard(plan.hostname(), role);
        return new SmtpSettings(
                standard.hostname(),
                standard.role(),
                standard.lines(),
                letterBytes,
                standard.counts(),
                standard.times(),
                insecure);
    }

    private ImapServices imapServices() {
        return new ImapServices(
                office.boxes(),
                office.login(),
                () -> new LetterWriter(office.boxes().blobs(), letterBytes),
                office.index(),
                office.clock(),
                new ImapServices.Product("Facteur", Version.text()),
                new ImapServices.Beside(null, jmap));
    }

    private Pop3Settings pop3Settings() {
        Pop3Settings settings =
                Pop3Settings.DEFAULT.withLoginDelay(
                        Duration.ofSeconds(office.settings().number(Setting.POP_LOGIN_DELAY)));
        return insecure ? settings.withInsecurePlaintextLogin() : settings;
    }

    private ImapSettings imapSettings() {
        ImapSettings standard = ImapSettings.STANDARD;
        return new ImapSettings(
                standard.times(),
                standard.errorsBeforeLogin(),
                standard.errorsAfterLogin(),
                letterBytes,
                office.settings().number(Setting.IMAP_MESSAGES),
                insecure);
    }

    private static IllegalArgumentException unserved(Service service) {
        return new IllegalArgumentException(service.key() + " has no handler");
    }

    /// What carries letters out.
    static Relay relay(PostOffice office, Node.Plan plan, Network network) {
        ClientContexts tls = new ClientContexts();
        PeerTrust trust = PeerTrust.standard();
        TransportPolicies policies =
                new TransportPolicies(
                        new TransportPolicies.Names(
                                plan.names().texts(), plan.names().exchangers()),
                        new HttpsFetch(network, tls, trust, HttpsFetch::isGlobal),
                        new PolicyBook(office.store(), office.clock()));
        return new Relay(
                RelaySettings.standard(plan.hostname()),
                new RelayServices(
                        office.queue(),
                        new Bounces(
                                office.delivery(), office.queue(), plan.hostname(), office.clock()),
                        new LocalRetry(
                                office.delivery(), office.boxes(), office.queue(), office.clock()),
                        office.routes(),
                        new RelayServices.Outside(
                                network,
                                plan.names().exchangers(),
                                tls,
                                new Protections(
                                        trust, plan.names().dane(), policies, office.tlsResults())),
                        office.clock()));
    }

    /// Other domains, by the DNS.
    static Node.Names names(NodeFile file) {
        DnsSettings settings = DnsSettings.standard(file.dnsServers());
        return new Node.Names(
                new DnsExchangers(settings, new SecureRandom()),
                new DnsDane(settings, DnsDane.ROOT, InstantSource.system()),
                new DnsTexts(settings),
                new DnsAnswers(settings),
                new DnsLiveRecords(settings));
    }
}
