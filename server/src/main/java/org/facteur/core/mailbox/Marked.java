package org.facteur.core.mailbox;

import java.util.List;

/// What a change of keywords did.
///
/// @param changed UIDs whose keywords are other than before
/// @param refused UIDs left alone because they changed after the given MODSEQ (RFC 7162 §3.1.3)
/// @param version the account's version that shows it
public record Marked(List<Long> changed, List<Long> refused, long version) {
    public Marked {
        changed = List.copyOf(changed);
        refused = List.copyOf(refused);
    }
}
