package org.facteur.edge.relay;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.facteur.core.report.TlsResults;
import org.facteur.net.tls.PeerTrust;
import org.facteur.net.tls.Protection;
import org.facteur.net.tls.TlsFault;
import org.facteur.wire.address.Domain;
import org.facteur.wire.report.TlsReport;
import org.facteur.wire.sts.StsPolicy;
import org.jspecify.annotations.Nullable;

/// Counts how lines to one server of a domain fare under what the domain asks for. Any thread.
public final class SessionWatch {
    private final TlsResults results;
    private final Domain domain;
    private final Domain host;
    private final TlsReport.Policy policy;
    private final @Nullable Trial trial;

    /// What a policy in testing mode would have asked for (RFC 8461 §5).
    record Trial(StsPolicy policy, PeerTrust trust) {
        Trial {
            Objects.requireNonNull(policy);
            Objects.requireNonNull(trust);
        }
    }

    SessionWatch(
            TlsResults results,
            Domain domain,
            Domain host,
            TlsReport.Policy policy,
            @Nullable Trial trial) {
        this.results = results;
        this.domain = domain;
        this.host = host;
        this.policy = policy;
        this.trial = trial;
    }

    /// A conversation has begun.
    ///
    /// @param chain what the server showed, its own first; empty on a line in the clear
    void opened(InetSocketAddress address, Protection with, List<X509Certificate> chain) {
        if (with instanceof Protection.Clear) {
            // What went wrong before was counted then.
            return;
        }
        if (chain.isEmpty()) {
            failed(address, TlsFault.STARTTLS_NOT_SUPPORTED);
            return;
        }
        Trial wished = trial;
        Optional<TlsFault> fault =
                wished == null
                        ? Optional.empty()
                        : wished.policy().names(host)
                                ? new Protection.Trusted(wished.trust()).fault(chain, host.name())
                                : Optional.of(TlsFault.VALIDATION_FAILURE);
        fault.ifPresentOrElse(
                each -> failed(address, each), () -> results.note(domain, policy, null));
    }

    /// A line did not become what it must be.
    ///
    /// @param address null where none was tried
    void failed(@Nullable InetSocketAddress address, TlsFault fault) {
        results.note(
                domain,
                policy,
                new TlsReport.Failure(
                        fault.keyword(),
                        null,
                        host.name(),
                        address == null ? null : address.getAddress().getHostAddress(),
                        1));
    }
}
