package org.facteur.core.mailbox;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// What somebody may do with a mailbox. Immutable.
public record Rights(Set<Right> set) {
    public static final Rights NONE = new Rights(EnumSet.noneOf(Right.class));
    public static final Rights ALL = new Rights(EnumSet.allOf(Right.class));

    /// Reading and nothing more.
    public static final Rights READING = new Rights(EnumSet.of(Right.LOOKUP, Right.READ));

    /// Reading, marking, putting in and taking out letters.
    public static final Rights WRITING =
            new Rights(
                    EnumSet.of(
                            Right.LOOKUP,
                            Right.READ,
                            Right.SEEN,
                            Right.WRITE,
                            Right.INSERT,
                            Right.DELETE_LETTERS,
                            Right.EXPUNGE));

    public Rights {
        set = Set.copyOf(set);
    }

    /// Reads letters as IMAP writes them; `c` and `d` of old clients stand for `k` and `xte` (RFC
    /// 4314 §2.1.1).
    ///
    /// @return empty when a letter means nothing
    public static Optional<Rights> parse(String letters) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        for (int i = 0; i < letters.length(); i++) {
            switch (letters.charAt(i)) {
                case 'c' -> rights.add(Right.CREATE);
                case 'd' -> {
                    rights.add(Right.DELETE_MAILBOX);
                    rights.add(Right.DELETE_LETTERS);
                    rights.add(Right.EXPUNGE);
                }
                default -> {
                    Right known = find(letters.charAt(i));
                    if (known == null) {
                        return Optional.empty();
                    }
                    rights.add(known);
                }
            }
        }
        return Optional.of(new Rights(rights));
    }

    private static @org.jspecify.annotations.Nullable Right find(char letter) {
        for (Right right : Right.values()) {
            if (right.letter() == letter) {
                return right;
            }
        }
        return null;
    }

    public boolean has(Right right) {
        return set.contains(right);
    }

    public boolean isEmpty() {
        return set.isEmpty();
    }

    public Rights with(Rights more) {
        EnumSet<Right> all = EnumSet.noneOf(Right.class);
        all.addAll(set);
        all.addAll(more.set);
        return new Rights(all);
    }

    public Rights without(Rights less) {
        EnumSet<Right> rest = EnumSet.noneOf(Right.class);
        rest.addAll(set);
        rest.removeAll(less.set);
        return new Rights(rest);
    }

    /// The keyword bits these rights let somebody change.
    public long changeable() {
        long mask = 0;
        if (has(Right.SEEN)) {
            mask |= KeywordTable.SEEN;
        }
        if (has(Right.DELETE_LETTERS)) {
            mask |= KeywordTable.DELETED;
        }
        if (has(Right.WRITE)) {
            mask |= ~(KeywordTable.SEEN | KeywordTable.DELETED);
        }
        return mask;
    }

    /// The letters, in the order of [Right].
    @Override
    public String toString() {
        StringBuilder letters = new StringBuilder();
        for (Right right : Right.values()) {
            if (set.contains(right)) {
                letters.append(right.letter());
            }
        }
        return letters.toString();
    }
}
