package org.facteur.core.mailbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.facteur.core.account.AccountId;
import org.facteur.wire.mime.Listing;
import org.jspecify.annotations.Nullable;

/// Keeps what is known of letters, by account and bounded in octets; read when first asked for. Any
/// thread.
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
    /// @param always also when many letters must be read for that
    /// @return empty when they are too many to be kept, or too many to be read now
    Optional<LetterFacts> find(LetterBox box, MailboxView view, boolean always) {
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
                read(box, known, run);
            }
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

    private static void read(LetterBox box, Known known, int run) {
        if (run >= known.runs.length) {
            known.runs = Arrays.copyOf(known.runs, Math.max(run + 1, known.runs.length * 3 / 2));
        }
        FactRun before = known.runs[run];
        FactRun.Growing growing =
                before == null
                        ? new FactRun.Growing(known.dictionaries)
                        : new FactRun.Growing(known.dictionaries, before);
        long first = (long) run * FactRun.LENGTH;
        long upTo = before == null ? first - 1 : before.upTo();
        List<Letter> letters =
                box.lettersBetween(Math.max(0, upTo), first + FactRun.LENGTH, FactRun.LENGTH);
        for (Letter letter : letters) {
            growing.add(letter, Listing.decodeSummary(box.listingOctets(letter)));
            upTo = letter.id().number();
        }
        FactRun after = growing.done(upTo);
        known.runs[run] = after;
        known.runBytes += after.weightBytes() - (before == null ? 0 : before.weightBytes());
        known.weight = known.runBytes + known.dictionaries.weightBytes();
    }
}
