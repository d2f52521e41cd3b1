package org.facteur.core.mailbox;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// Different texts, each once and numbered from 0, in UTF-8 one after the other. Grows only.
///
/// One thread writes; others read what was there when [#shown] was called.
final class FactTexts {
    private static final int FIRST_ROOM = 1024;
    private static final int FREE = -1;

    private byte[] octets = new byte[FIRST_ROOM * 16];
    private int[] starts = new int[FIRST_ROOM + 1];
    private int count;
    private int[] table = emptyTable(FIRST_ROOM * 2);
    private @Nullable Shown last;

    private static int[] emptyTable(int length) {
        int[] table = new int[length];
        Arrays.fill(table, FREE);
        return table;
    }

    /// The number of a text, new or known.
    int number(String text) {
        return number(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A text by its number; the octets are the caller's.
    byte[] octets(int number) {
        return Arrays.copyOfRange(octets, starts[number], starts[number + 1]);
    }

    /// As above, in UTF-8.
    int number(byte[] added) {
        int slot = slot(added);
        if (table[slot] != FREE) {
            return table[slot];
        }
        int start = starts[count];
        if (octets.length - start < added.length) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 3 / 2, start + added.length));
        }
        System.arraycopy(added, 0, octets, start, added.length);
        if (count + 2 > starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 3 / 2);
        }
        starts[count + 1] = start + added.length;
        table[slot] = count++;
        if (count * 2 > table.length) {
            rehash();
        }
        return count - 1;
    }

    private int slot(byte[] text) {
        int slot = home(text, 0, text.length);
        while (table[slot] != FREE) {
            int known = table[slot];
            if (Arrays.equals(octets, starts[known], starts[known + 1], text, 0, text.length)) {
                return slot;
            }
            slot = (slot + 1) % table.length;
        }
        return slot;
    }

    private void rehash() {
        table = emptyTable(table.length * 2);
        for (int i = 0; i < count; i++) {
            int slot = home(octets, starts[i], starts[i + 1]);
            while (table[slot] != FREE) {
                slot = (slot + 1) % table.length;
            }
            table[slot] = i;
        }
    }

    private int home(byte[] text, int from, int to) {
        return (int) Math.floorMod(FactHash.of(text, from, to), (long) table.length);
    }

    /// What is there now, for any thread.
    Shown shown() {
        Shown known = last;
        if (known == null || known.count != count) {
            known = new Shown(octets, starts, count, known);
            last = known;
        }
        return known;
    }

    /// About how much memory this takes, in octets.
    long weightBytes() {
        Shown known = last;
        return octets.length
                + 4L * starts.length
                + 4L * table.length
                + (known == null ? 0 : known.weightBytes());
    }

    /// The texts there were at one moment. Immutable but for what it remembers; any thread.
    static final class Shown {
        private final byte[] octets;
        private final int[] starts;
        private final int count;

        /// The numbers in order of their texts, from an earlier moment: a beginning.
        private volatile int @Nullable [] earlier;

        private volatile int @Nullable [] ranks;

        private Shown(byte[] octets, int[] starts, int count, @Nullable Shown before) {
            this.octets = octets;
            this.starts = starts;
            this.count = count;
            this.earlier = before == null ? null : before.ordered();
        }

        private int @Nullable [] ordered() {
            int[] known = ranks;
            if (known == null) {
                return earlier;
            }
            int[] order = new int[known.length];
            for (int i = 0; i < known.length; i++) {
                order[known[i]] = i;
            }
            return order;
        }

        /// The place of each text among all of them, by their octets.
        int[] ranks() {
            int[] known = ranks;
            if (known != null) {
                return known;
            }
            int[] before = earlier;
            int sorted = before == null ? 0 : before.length;
            int[] fresh = new int[count - sorted];
            for (int i = 0; i < fresh.length; i++) {
                fresh[i] = sorted + i;
            }
            IntSort.sort(fresh, this::compare);
            int[] order = before == null ? fresh : IntSort.merged(before, fresh, this::compare);
            int[] made = new int[count];
            for (int i = 0; i < count; i++) {
                made[order[i]] = i;
            }
            ranks = made;
            earlier = null;
            return made;
        }

        /// The number of a text; -1 when it is not there. Looks at all.
        int find(String text) {
            byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < count; i++) {
                if (starts[i + 1] - starts[i] == wanted.length
                        && Arrays.equals(
                                octets, starts[i], starts[i + 1], wanted, 0, wanted.length)) {
                    return i;
                }
            }
            return -1;
        }

        private int compare(int left, int right) {
            return Arrays.compareUnsigned(
                    octets,
                    starts[left],
                    starts[left + 1],
                    octets,
                    starts[right],
                    starts[right + 1]);
        }

        /// Which texts contain another.
        BitSet containing(String text) {
            byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
            BitSet found = new BitSet(count);
            if (wanted.length == 0) {
                found.set(0, count);
                return found;
            }
            int number = 0;
            int end = starts[count];
            int at = find(wanted, 0, end);
            while (at >= 0) {
                while (starts[number + 1] <= at) {
                    number++;
                }
                if (at + wanted.length <= starts[number + 1]) {
                    found.set(number);
                    at = starts[number + 1] - 1;
                }
                at = find(wanted, at + 1, end);
            }
            return found;
        }

        private int find(byte[] wanted, int from, int end) {
            byte first = wanted[0];
            int last = end - wanted.length;
            for (int at = from; at <= last; at++) {
                if (octets[at] == first
                        && Arrays.equals(
                                octets, at, at + wanted.length, wanted, 0, wanted.length)) {
                    return at;
                }
            }
            return -1;
        }

        private long weightBytes() {
            int[] known = ranks;
            int[] before = earlier;
            return 4L * ((known == null ? 0 : known.length) + (before == null ? 0 : before.length));
        }
    }
}
