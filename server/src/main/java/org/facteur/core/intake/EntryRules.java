package org.facteur.core.intake;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Set;
import org.facteur.wire.address.Domain;
import org.facteur.wire.mime.MailDate;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// What a door does to the header of letters that come in by it.
///
/// Marks that only this server may set are removed, so that whoever reads them later reads the
/// truth: `Return-Path` (RFC 5321 §4.4), `Delivered-To`, fields that begin with `X-Facteur-`, and
/// `Authentication-Results` that bear our name (RFC 8601 §5).
///
/// @param removed names of further fields that are removed, in lower case
/// @param judge our name in `Authentication-Results`; null where the peer may write these
/// @param completion what is added where it is missing; null for nothing
public record EntryRules(
        Set<String> removed, @Nullable Domain judge, @Nullable Completion completion) {
    private static final Set<String> MARKS = Set.of("return-path", HeaderGate.DELIVERED_TO);
    private static final String OURS = "x-facteur-";

    /// Blind copies stay blind, even where a program forgot (RFC 5322 §3.6.3).
    private static final Set<String> BLIND = Set.of("bcc", "resent-bcc");

    /// Date and Message-ID for a letter that has none (RFC 6409 §8.2, RFC 6409 §8.3).
    ///
    /// @param id unique for ever; atoms and dots
    public record Completion(String id, Domain host, Instant date) {
        public Completion {
            Objects.requireNonNull(id);
            Objects.requireNonNull(host);
            Objects.requireNonNull(date);
        }

        byte[] dateField() {
            return ("Date: "
                            + MailDate.format(
                                    date.atZone(ZoneId.systemDefault())
                                            .toOffsetDateTime()
                                            .withNano(0))
                            + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        }

        byte[] idField() {
            return ("Message-ID: <" + id + "@" + host + ">\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }

    public EntryRules {
        removed = Set.copyOf(removed);
    }

    /// For letters from strangers.
    public static EntryRules reception(Domain host) {
        return new EntryRules(Set.of(), host, null);
    }

    /// For letters from a mail server beside us, which may have judged them in our name.
    public static EntryRules trusted() {
        return new EntryRules(Set.of(), null, null);
    }

    /// For letters of our own people.
    public static EntryRules submission(Completion completion) {
        return new EntryRules(BLIND, completion.host(), completion);
    }

    /// Whether a field goes, whatever it says.
    ///
    /// @param name in lower case
    boolean removes(String name) {
        return MARKS.contains(name) || name.startsWith(OURS) || removed.contains(name);
    }

    /// Whether an `Authentication-Results` field claims to be ours.
    ///
    /// @param server the name it begins with
    boolean forged(String server) {
        if (judge == null) {
            return false;
        }
        String utf8 =
                new String(server.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        String bare = utf8.strip();
        bare = bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
        try {
            return Domain.parse(bare).equals(judge);
        } catch (SyntaxFault _) {
            return false;
        }
    }
}
