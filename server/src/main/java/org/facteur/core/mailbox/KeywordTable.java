package org.facteur.core.mailbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.facteur.base.fault.Refusal;

/// Which bit of an entry's keywords means what in one mailbox. Immutable.
///
/// Bits 0 to 15 mean the same everywhere; 16 to 63 are given in order of first use in the mailbox.
///
/// @param own keywords at bits 16 and up
public record KeywordTable(List<Keyword> own) {
    public static final long SEEN = 1;
    public static final long ANSWERED = 1 << 1;
    public static final long FLAGGED = 1 << 2;
    public static final long DELETED = 1 << 3;
    public static final long DRAFT = 1 << 4;
    public static final KeywordTable EMPTY = new KeywordTable(List.of());

    /// In the order of their bits; the order is stored and only grows, up to 16.
    private static final List<Keyword> SHARED =
            List.of(
                    Keyword.SEEN,
                    Keyword.ANSWERED,
                    Keyword.FLAGGED,
                    Keyword.DELETED,
                    Keyword.DRAFT,
                    Keyword.FORWARDED,
                    new Keyword("$mdnsent"),
                    Keyword.JUNK,
                    Keyword.NOT_JUNK,
                    Keyword.PHISHING,
                    new Keyword("$important"));

    static final int FIRST_OWN = 16;
    private static final int OWN_LIMIT = 48;

    public KeywordTable {
        own = List.copyOf(own);
    }

    /// The bit of a keyword; 0 when the mailbox has never seen it.
    public long bit(Keyword keyword) {
        int shared = SHARED.indexOf(keyword);
        if (shared >= 0) {
            return 1L << shared;
        }
        int at = own.indexOf(keyword);
        return at < 0 ? 0 : 1L << (FIRST_OWN + at);
    }

    /// The bits of those keywords that the mailbox has seen.
    public long bits(Collection<Keyword> keywords) {
        long bits = 0;
        for (Keyword keyword : keywords) {
            bits |= bit(keyword);
        }
        return bits;
    }

    /// This table with room for more keywords.
    ///
    /// @throws Refusal LIMIT when a mailbox would have more than 48 of its own
    public KeywordTable with(Collection<Keyword> keywords) {
        List<Keyword> more = new ArrayList<>(own);
        for (Keyword keyword : keywords) {
            if (!SHARED.contains(keyword) && !more.contains(keyword)) {
                more.add(keyword);
            }
        }
        if (more.size() == own.size()) {
            return this;
        }
        if (more.size() > OWN_LIMIT) {
            throw new Refusal(
                    Refusal.Reason.LIMIT,
                    "A mailbox can hold 48 keywords of its own; this one is full.",
                    "Un dossier admet 48 mots-clés à lui ; celui-ci est plein.");
        }
        return new KeywordTable(more);
    }

    /// Keywords by their bits.
    public Set<Keyword> keywords(long bits) {
        Set<Keyword> keywords = new LinkedHashSet<>();
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            int bit = Long.numberOfTrailingZeros(rest);
            if (bit < SHARED.size()) {
                keywords.add(SHARED.get(bit));
            } else if (bit >= FIRST_OWN && bit - FIRST_OWN < own.size()) {
                keywords.add(own.get(bit - FIRST_OWN));
            }
        }
        return keywords;
    }

    /// All keywords this mailbox can show now: the shared ones and its own.
    public List<Keyword> all() {
        List<Keyword> all = new ArrayList<>(SHARED);
        all.addAll(own);
        return List.copyOf(all);
    }

    /// Whether another keyword may still be added.
    public boolean open() {
        return own.size() < OWN_LIMIT;
    }
}
