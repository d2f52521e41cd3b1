package org.facteur.wire.imap;

import java.util.EnumSet;
import java.util.Set;

/// Which of IMAP's spellings is in force in a session.
///
/// @param utf8 whether strings and mailbox names are UTF-8: after ENABLE IMAP4rev2 or UTF8=ACCEPT
///   (RFC 9051 §6.3.1, RFC 9755 §3); before, names are modified UTF-7 (RFC 3501 §5.1.3)
/// @param leniencies the deviations tolerated
public record ImapDialect(boolean utf8, Set<ImapLeniency> leniencies) {
    public ImapDialect {
        leniencies = Set.copyOf(leniencies);
    }

    /// What a server grants to clients it knows nothing about.
    public static ImapDialect server(boolean utf8) {
        return new ImapDialect(utf8, EnumSet.allOf(ImapLeniency.class));
    }

    /// The grammar and nothing else.
    public static ImapDialect strict(boolean utf8) {
        return new ImapDialect(utf8, Set.of());
    }

    boolean allows(ImapLeniency leniency) {
        return leniencies.contains(leniency);
    }
}
