package org.facteur.core.mailbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.facteur.core.account.AccountId;
import org.facteur.wire.mime.Listing;
import org.jspecify.annotations.Nullable;

/// Keeps what is known of letters, by account and bounded in octets; read when first asked for:
/// from what was made of the letters before ([FactRows]), else from the letters. Any thread.
final class FactShelf {
    /// About what a letter takes; to see beforehand that something will not fit.
    private static final int LETTER_BYTES = 200;

    /// How many letters are read for a caller that has another way.
    private static final int FEW = 2_000;

    private final Cache<AccountId, Known> accounts;
    private final long mostBytes;

    /// @param mostBytes of all accounts; one of them gets at most three quarters
    FactShelf(long mostBytes) {
        this.mostBytes = mostBytes / 4 * 3;
        this.accounts =
                Caffeine.newBuilder()
                        .maximumWeight(mostBytes)
                        .<AccountId, Known>weigher(
                                (_, known) -> (int) Math.min(Integer.MAX_VALUE, known.weight))
                        .build();
    }

    /// What is known of one account.
    private static final class Known {
        private final ReentrantLock lock = new ReentrantLock();
        private final FactDictionaries dictionaries = new FactDictionaries();
        private @Nullable FactRun[] runs = new FactRun[0];
        private volatile long weight = 100;
        private volatile @Nullable LetterFacts latest;
        private long runBytes;
    }

    /// The facts of all letters of a view.
    ///
    /// @param rows of the same account
    /// @param always also when many letters must be read for that
    /// @return empty when they are too many to be kept, or too many to be read now
    Optional<LetterFacts> find(LetterBox box, FactRows rows, MailboxView view, boolean always) {
        if ((long) view.size() * LETTER_BYTES > mostBytes) {
            return Optional.empty();
        }
        Known known = accounts.getIfPresent(box.owner());
        if (known == null) {
            if (!always && view.size() > FEW) {
                return Optional.empty();
            }
            known = new Known();
        }
        LetterFacts latest = known.latest;
        if (latest != null && complete(latest, view)) {
            return Optional.of(latest);
        }
        known.lock.lock();
        try {
            BitSet wanted = missing(known, view);
            if (!always && (long) wanted.cardinality() * FactRun.LENGTH > FEW + FactRun.LENGTH) {
                return Optional.empty();
            }
            for (int run = wanted.nextSetBit(0); run >= 0; run = wanted.nextSetBit(run + 1)) {
                if (known.weight > mostBytes) {
                    return Optional.empty();
                }
                new Reading(box, rows, known, run).run();
            }
            rows.flush();
            LetterFacts fresh = new LetterFacts(known.runs.clone(), known.dictionaries);
            known.latest = fresh;
            known.weight = known.runBytes + known.dictionaries.weightBytes();
            accounts.put(box.owner(), known);
            return Optional.of(fresh);
        } finally {
            known.lock.unlock();
        }
    }

    /// Forgets an account that is no more.
    void forget(AccountId account) {
        accounts.invalidate(account);
    }

    private static boolean complete(LetterFacts facts, MailboxView view) {
        for (int i = 0; i < view.size(); i++) {
            if (!facts.knows(view.letter(i))) {
                return false;
            }
        }
        return true;
    }

    /// Runs of which letters are wanted that were not read yet.
    private static BitSet missing(Known known, MailboxView view) {
        BitSet runs = new BitSet();
        for (int i = 0; i < view.size(); i++) {
            long letter = view.letter(i).number();
            int run = (int) (letter / FactRun.LENGTH);
            FactRun there = run < known.runs.length ? known.runs[run] : null;
            if (there == null || there.upTo() < letter) {
                runs.set(run);
            }
        }
        return runs;
    }

    /// Reads a run, or what is new in it, a row or its letters at a time.
    private static final class Reading {
        private final LetterBox box;
        private final FactRows rows;
        private final Known known;
        private final int run;
        private final FactChunk chunk;
        private final FactRun.Growing growing;
        private final List<Long> made = new ArrayList<>();
        private long upTo;

        Reading(LetterBox box, FactRows rows, Known known, int run) {
            this.box = box;
            this.rows = rows;
            this.known = known;
            this.run = run;
            this.chunk = new FactChunk(known.dictionaries);
            if (run >= known.runs.length) {
                known.runs =
                        Arrays.copyOf(known.runs, Math.max(run + 1, known.runs.length * 3 / 2));
            }
            FactRun before = known.runs[run];
            this.growing =
                    before == null
                            ? new FactRun.Growing(known.dictionaries)
                            : new FactRun.Growing(known.dictionaries, before);
            this.upTo = before == null ? (long) run * FactRun.LENGTH - 1 : before.upTo();
        }

        void run() {
            long first = (long) run * FactRun.LENGTH;
            long end = first + FactRun.LENGTH;
            Map<Long, byte[]> kept = rows.read(first, end);
            for (long start = first; start < end; start += FactChunk.LENGTH) {
                if (upTo < start + FactChunk.LENGTH - 1) {
                    piece(start, kept.get(start / FactChunk.LENGTH));
                }
            }
            FactRun before = known.runs[run];
            FactRun after = growing.done(upTo);
            known.runs[run] = after;
            known.runBytes += after.weightBytes() - (before == null ? 0 : before.weightBytes());
            known.weight = known.runBytes + known.dictionaries.weightBytes();
            for (long start : made) {
                int from = (int) (start % FactRun.LENGTH);
                rows.keep(
                        start / FactChunk.LENGTH,
                        letters(after, start, from),
                        chunk.encode(after, from));
            }
        }

        private static Set<Long> letters(FactRun run, long start, int from) {
            Set<Long> letters = new HashSet<>();
            for (int i = 0; i < FactChunk.LENGTH; i++) {
                if (run.has(from + i, FactRun.THERE)) {
                    letters.add(start + i);
                }
            }
            return letters;
        }

        private void piece(long start, byte @Nullable [] row) {
            long end = start + FactChunk.LENGTH;
            if (row != null && upTo < start) {
                chunk.decode(row, (int) (start % FactRun.LENGTH), growing);
                upTo = end - 1;
                return;
            }
            for (Letter letter : box.lettersBetween(Math.max(0, upTo), end, FactChunk.LENGTH)) {
                growing.add(letter, Listing.decodeSummary(box.listingOctets(letter)));
                upTo = letter.id().number();
            }
            if (rows.complete(end)) {
                upTo = end - 1;
                made.add(start);
            }
        }
    }
}
