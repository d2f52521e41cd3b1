package org.facteur.core.mailbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.facteur.core.account.AccountId;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;

/// Which letter belongs to which thread, in memory, for those who group many letters. Any thread.
///
/// A letter's thread never changes and numbers of letters only grow, so that what is known stays
/// true and only new letters are looked up. Letters that are no more stay known until the account
/// is forgotten.
final class ThreadBook {
    private static final long WEIGHT_BYTES = 64L << 20;
    private static final int NEW_ROWS = 500;

    private final Cache<AccountId, Threads> known =
            Caffeine.newBuilder()
                    .maximumWeight(WEIGHT_BYTES)
                    .<AccountId, Threads>weigher((_, threads) -> 64 + 4 * threads.back.length)
                    .build();

    /// The threads of an account at one moment.
    ///
    /// @param upTo the greatest letter that is known
    /// @param back how far before a letter's number that of its thread is; -1 for no letter
    private record Threads(long upTo, int[] back) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /// Looks letters up.
    interface Lookup {
        /// @return empty for a letter that never was, or was gone before somebody looked
        OptionalLong find(long letter);
    }

    Lookup of(AccountId account, Partition partition) {
        Threads before = known.getIfPresent(account);
        Threads now = partition.read(view -> refreshed(view, before));
        if (!now.equals(before)) {
            known.put(account, now);
        }
        return letter -> {
            int at = letter < now.back.length && letter >= 0 ? now.back[(int) letter] : -1;
            return at < 0 ? OptionalLong.empty() : OptionalLong.of(letter - at);
        };
    }

    private static Threads refreshed(
            ReadView view, @org.jspecify.annotations.Nullable Threads before) {
        if (before != null) {
            List<Row> rows = view.scan(Layout.lettersAfter(before.upTo()), NEW_ROWS);
            if (rows.isEmpty()) {
                return before;
            }
            if (rows.size() < NEW_ROWS) {
                return with(before, rows);
            }
        }
        Gathering all = new Gathering();
        TablePages.forEach(
                view,
                Layout.all(Table.THREADS),
                row -> all.add(Layout.number(row.key(), 1), Layout.number(row.key(), 0)));
        return all.done();
    }

    private static Threads with(Threads before, List<Row> rows) {
        Gathering all = new Gathering(before);
        for (Row row : rows) {
            LetterId id = new LetterId(Layout.number(row.key(), 0));
            all.add(id.number(), Letter.decode(id, row.value()).thread().number());
        }
        return all.done();
    }

    /// One thread.
    private static final class Gathering {
        private int[] back;
        private long upTo;

        Gathering() {
            back = new int[1024];
            Arrays.fill(back, -1);
        }

        Gathering(Threads before) {
            back = before.back();
            upTo = before.upTo();
            if (back.length <= upTo + NEW_ROWS) {
                grow((int) upTo + NEW_ROWS);
            } else {
                back = back.clone();
            }
        }

        private void grow(int atLeast) {
            int old = back.length;
            back = Arrays.copyOf(back, Math.max(atLeast + 1, old + old / 4));
            Arrays.fill(back, old, back.length, -1);
        }

        /// Letters beyond number 2^31 are not grouped.
        void add(long letter, long thread) {
            if (letter >= Integer.MAX_VALUE - NEW_ROWS) {
                return;
            }
            if (letter >= back.length) {
                grow((int) letter);
            }
            back[(int) letter] = (int) (letter - thread);
            upTo = Math.max(upTo, letter);
        }

        Threads done() {
            return new Threads(upTo, back);
        }
    }

    void forget(AccountId account) {
        known.invalidate(account);
    }
}
