package org.facteur.wire.report;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How the lines of one sender to the servers of one domain fared in a time, usually a day (RFC
/// 8460 §4).
///
/// @param id names the report among those of its organization
public record TlsReport(
        String organization,
        String contact,
        String id,
        Instant start,
        Instant end,
        List<PolicyResult> policies) {
    /// Lines under one policy.
    ///
    /// @param successes sessions that were as the policy wants them
    public record PolicyResult(
            Policy policy, long successes, long failures, List<Failure> details) {
        public PolicyResult {
            Objects.requireNonNull(policy);
            details = List.copyOf(details);
            if (successes < 0 || failures < 0) {
                throw new IllegalArgumentException("a count is 0 or more");
            }
        }
    }

    /// What a domain asks of lines to its servers.
    ///
    /// @param type `tlsa`, `sts` or `no-policy-found`
    /// @param lines the policy itself, or the records
    /// @param hosts patterns of mail servers, of `sts`
    public record Policy(String type, List<String> lines, String domain, List<String> hosts) {
        public static final String TLSA = "tlsa";
        public static final String STS = "sts";
        public static final String NONE = "no-policy-found";

        public Policy {
            Objects.requireNonNull(type);
            lines = List.copyOf(lines);
            Objects.requireNonNull(domain);
            hosts = List.copyOf(hosts);
        }
    }

    /// Sessions that failed in one way.
    ///
    /// @param type for example `certificate-expired` (RFC 8460 §4.3)
    /// @param sender our address; null where unknown, as the next two
    public record Failure(
            String type,
            @Nullable String sender,
            @Nullable String host,
            @Nullable String address,
            long count) {
        public Failure {
            Objects.requireNonNull(type);
            if (count < 0) {
                throw new IllegalArgumentException("a count is 0 or more");
            }
        }
    }

    public TlsReport {
        Objects.requireNonNull(organization);
        Objects.requireNonNull(contact);
        Objects.requireNonNull(id);
        Objects.requireNonNull(start);
        Objects.requireNonNull(end);
        policies = List.copyOf(policies);
    }

    public long successes() {
        return policies.stream().mapToLong(PolicyResult::successes).sum();
    }

    public long failures() {
        return policies.stream().mapToLong(PolicyResult::failures).sum();
    }
}
