package org.facteur.core.mailbox;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// A letter with all places it lies in that its reader may see: what JMAP calls an Email.
///
/// @param lying at least one, none in a hidden mailbox
public record WholeLetter(Letter letter, List<Lying> lying) {
    /// A letter in one mailbox.
    ///
    /// @param received to the second
    public record Lying(MailboxId mailbox, long uid, Set<Keyword> keywords, Instant received) {
        public Lying {
            Objects.requireNonNull(mailbox);
            Objects.requireNonNull(received);
            keywords = Set.copyOf(keywords);
        }
    }

    public WholeLetter {
        Objects.requireNonNull(letter);
        lying = List.copyOf(lying);
    }

    /// Where it lies.
    public Set<MailboxId> mailboxes() {
        Set<MailboxId> all = new LinkedHashSet<>();
        lying.forEach(each -> all.add(each.mailbox()));
        return all;
    }

    /// When it came into the first of these mailboxes.
    public Instant received() {
        return lying.stream().map(Lying::received).min(Instant::compareTo).orElseThrow();
    }

    /// One set of keywords for all places (RFC 8621 §4.1.1): what it has anywhere; but `$seen` only
    /// where it has it everywhere, so that nothing unread is overlooked.
    public Set<Keyword> keywords() {
        Set<Keyword> all = new HashSet<>();
        boolean seen = true;
        for (Lying each : lying) {
            all.addAll(each.keywords());
            seen &= each.keywords().contains(Keyword.SEEN);
        }
        if (!seen) {
            all.remove(Keyword.SEEN);
        }
        return all;
    }
}
