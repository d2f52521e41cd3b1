package org.facteur.core.mailbox;

import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is to become of one letter.
///
/// @param mailboxes where it shall lie; null leaves that alone. None at all ends the letter
/// @param keywords which it shall have; null leaves them alone
public record LetterEdit(
        LetterId letter,
        @Nullable Selection<MailboxId> mailboxes,
        @Nullable Selection<Keyword> keywords) {
    /// A set, or a change of one.
    ///
    /// @param all what it shall be; null where it is changed piece by piece
    /// @param pieces what shall be in it (true) or not (false), beside what is
    public record Selection<T>(@Nullable Set<T> all, Map<T, Boolean> pieces) {
        public Selection {
            all = all == null ? null : Set.copyOf(all);
            pieces = Map.copyOf(pieces);
        }

        /// Exactly these.
        public static <T> Selection<T> of(Set<T> all) {
            return new Selection<>(all, Map.of());
        }

        /// These in or out, the others as they are.
        public static <T> Selection<T> pieces(Map<T, Boolean> pieces) {
            return new Selection<>(null, pieces);
        }

        /// What becomes of a set.
        public Set<T> apply(Set<T> before) {
            Set<T> after = new HashSet<>(all == null ? before : all);
            pieces.forEach(
                    (each, in) -> {
                        if (in) {
                            after.add(each);
                        } else {
                            after.remove(each);
                        }
                    });
            return after;
        }

        /// What may come into the set.
        public Set<T> named() {
            Set<T> named = new HashSet<>(pieces.keySet());
            if (all != null) {
                named.addAll(all);
            }
            return named;
        }
    }

    public LetterEdit {
        Objects.requireNonNull(letter);
    }

    /// Ends a letter for good, wherever it lies.
    public static LetterEdit end(LetterId letter) {
        return new LetterEdit(letter, Selection.of(Set.of()), null);
    }

    /// Whether it ends.
    boolean ends() {
        return mailboxes != null
                && mailboxes.all() != null
                && mailboxes.all().isEmpty()
                && mailboxes.pieces().isEmpty();
    }
}
