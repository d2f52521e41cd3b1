package org.facteur.edge.relay;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.facteur.core.queue.Smarthost;
import org.facteur.core.report.TlsResults;
import org.facteur.net.dns.DaneRecords;
import org.facteur.net.dns.MailExchangers.Exchanger;
import org.facteur.net.tls.PeerTrust;
import org.facteur.net.tls.Protection;
import org.facteur.net.tls.TlsFault;
import org.facteur.wire.address.Domain;
import org.facteur.wire.report.TlsReport;
import org.facteur.wire.sts.StsPolicy;
import org.jspecify.annotations.Nullable;

/// What lines to servers must be: what a smarthost was set to, else what signed DNS or the domain's
/// policy says, else what the server offers; and never less than a letter asks for. Any thread.
public final class Protections implements RelayServices.Protector {
    private static final int SMTP_PORT = 25;

    private static final List<Protection> CLEAR = List.of(new Protection.Clear());

    private final PeerTrust trust;
    private final DaneRecords dane;
    private final @Nullable TransportPolicies policies;
    private final @Nullable TlsResults results;

    /// @param policies of domains; null where nobody is asked
    public Protections(PeerTrust trust, DaneRecords dane, @Nullable TransportPolicies policies) {
        this(trust, dane, policies, null);
    }

    /// @param policies of domains; null where nobody is asked
    /// @param results where it is counted how lines fare; null for nowhere
    public Protections(
            PeerTrust trust,
            DaneRecords dane,
            @Nullable TransportPolicies policies,
            @Nullable TlsResults results) {
        this.trust = Objects.requireNonNull(trust);
        this.dane = Objects.requireNonNull(dane);
        this.policies = policies;
        this.results = results;
    }

    /// What the certificates of trusted authorities allow, without DANE and policies.
    public Protections(PeerTrust trust) {
        this(trust, DaneRecords.NONE, null);
    }

    @Override
    public RelayServices.Guard of(Way way, Exchanger exchanger) {
        Smarthost smarthost = way.smarthost();
        if (smarthost != null) {
            return new RelayServices.Guard.Lines(
                    switch (smarthost.security()) {
                        case IMPLICIT, REQUIRED -> List.of(new Protection.Trusted(trust));
                        case OFFERED -> offered(way);
                        case NONE -> way.key().requireTls() ? offered(way) : CLEAR;
                    });
        }
        Domain domain = Domain.parse(way.key().next());
        return switch (dane.find(domain, exchanger.host(), SMTP_PORT)) {
            case DaneRecords.Failed(String why) -> {
                SessionWatch watch = watch(domain, exchanger, plain(TlsReport.Policy.TLSA, domain));
                if (watch != null) {
                    watch.failed(null, TlsFault.DNSSEC_INVALID);
                }
                yield new RelayServices.Guard.Nothing("4.7.5", why);
            }
            case DaneRecords.None _ -> byPolicy(way, domain, exchanger);
            case DaneRecords.Found(var records) ->
                    new RelayServices.Guard.Lines(
                            List.of(anchored(records, domain, exchanger.host())),
                            watch(
                                    domain,
                                    exchanger,
                                    new TlsReport.Policy(
                                            TlsReport.Policy.TLSA,
                                            records.stream().map(Protections::text).toList(),
                                            domain.name(),
                                            List.of())));
        };
    }

    private static TlsReport.Policy plain(String type, Domain domain) {
        return new TlsReport.Policy(type, List.of(), domain.name(), List.of());
    }

    private @Nullable SessionWatch watch(
            Domain domain, Exchanger exchanger, TlsReport.Policy policy) {
        TlsResults counted = results;
        return counted == null
                ? null
                : new SessionWatch(counted, domain, exchanger.host(), policy, null);
    }

    private @Nullable SessionWatch watch(Domain domain, Exchanger exchanger, StsPolicy policy) {
        TlsResults counted = results;
        return counted == null
                ? null
                : new SessionWatch(
                        counted,
                        domain,
                        exchanger.host(),
                        new TlsReport.Policy(
                                TlsReport.Policy.STS,
                                policy.lines(),
                                domain.name(),
                                policy.patterns()),
                        policy.mode() == StsPolicy.Mode.TESTING
                                ? new SessionWatch.Trial(policy, trust)
                                : null);
    }

    /// A record as zone files have it.
    private static String text(DaneRecords.Tlsa record) {
        return record.usage()
                + " "
                + record.selector()
                + " "
                + record.matching()
                + " "
                + HexFormat.of().formatHex(record.data().toArray());
    }

    /// MTA-STS counts where there is no DANE (RFC 8461 §2).
    private RelayServices.Guard byPolicy(Way way, Domain domain, Exchanger exchanger) {
        TransportPolicies known = policies;
        StsPolicy policy = known == null ? null : known.find(domain).orElse(null);
        if (policy == null || policy.mode() == StsPolicy.Mode.NONE) {
            return new RelayServices.Guard.Lines(
                    offered(way), watch(domain, exchanger, plain(TlsReport.Policy.NONE, domain)));
        }
        SessionWatch watch = watch(domain, exchanger, policy);
        if (policy.mode() == StsPolicy.Mode.TESTING) {
            return new RelayServices.Guard.Lines(offered(way), watch);
        }
        if (policy.names(exchanger.host())) {
            return new RelayServices.Guard.Lines(List.of(new Protection.Trusted(trust)), watch);
        }
        if (watch != null) {
            watch.failed(null, TlsFault.VALIDATION_FAILURE);
        }
        return new RelayServices.Guard.Nothing(
                "4.7.5", exchanger.host() + " is not a server the policy of " + domain + " names");
    }

    private List<Protection> offered(Way way) {
        return way.key().requireTls()
                ? List.of(new Protection.Trusted(trust))
                : List.of(new Protection.Opportunistic(), new Protection.Clear());
    }

    /// Malformed records are no records, but where there are any the line must be encrypted (RFC
    /// 7672 §2.2).
    private static Protection anchored(List<DaneRecords.Tlsa> records, Domain domain, Domain host) {
        List<Protection.Anchor> usable = new ArrayList<>();
        for (DaneRecords.Tlsa each : records) {
            if (Protection.Anchor.usable(
                    each.usage(), each.selector(), each.matching(), each.data().length())) {
                usable.add(
                        new Protection.Anchor(
                                each.usage(), each.selector(), each.matching(), each.data()));
            }
        }
        return new Protection.Anchored(usable, List.of(host.name(), domain.name()));
    }
}
