package org.facteur.wire.report;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// Who wrote in a domain's name, as one receiver saw it (RFC 9990 §3).
///
/// @param organization who reports
/// @param contact where the reporter is reached; may be empty
/// @param id of the report
public record DmarcReport(
        String organization,
        String contact,
        String id,
        Instant start,
        Instant end,
        Published published,
        List<Row> rows) {
    /// What the domain had published.
    ///
    /// @param strictDkim `adkim=s`
    /// @param strictSpf `aspf=s`
    /// @param policy `p=`, a word
    /// @param subdomains `sp=`, a word
    public record Published(
            String domain,
            boolean strictDkim,
            boolean strictSpf,
            String policy,
            String subdomains,
            boolean testing) {
        public Published {
            Objects.requireNonNull(domain);
            Objects.requireNonNull(policy);
            Objects.requireNonNull(subdomains);
        }
    }

    /// Letters from one source that fared alike.
    ///
    /// @param source the client's address
    /// @param author the domain in From
    /// @param path the domain of the reverse path; empty for none
    public record Row(
            String source,
            long count,
            Evaluated evaluated,
            String author,
            String path,
            List<Proof> proofs) {
        public Row {
            Objects.requireNonNull(source);
            Objects.requireNonNull(evaluated);
            Objects.requireNonNull(author);
            Objects.requireNonNull(path);
            proofs = List.copyOf(proofs);
        }

        /// The same letters, this many.
        public Row counted(long newCount) {
            return new Row(source, newCount, evaluated, author, path, proofs);
        }
    }

    /// What was done with them, and which proofs were the author's own.
    ///
    /// @param disposition `none`, `quarantine` or `reject`
    public record Evaluated(String disposition, boolean dkim, boolean spf) {
        public Evaluated {
            Objects.requireNonNull(disposition);
        }
    }

    /// One proof, whose ever it was.
    ///
    /// @param method `dkim` or `spf`
    /// @param selector empty for SPF
    public record Proof(String method, String domain, String selector, String result) {
        public Proof {
            Objects.requireNonNull(method);
            Objects.requireNonNull(domain);
            Objects.requireNonNull(selector);
            Objects.requireNonNull(result);
        }
    }

    public DmarcReport {
        Objects.requireNonNull(organization);
        Objects.requireNonNull(contact);
        Objects.requireNonNull(id);
        Objects.requireNonNull(start);
        Objects.requireNonNull(end);
        Objects.requireNonNull(published);
        rows = List.copyOf(rows);
    }
}
