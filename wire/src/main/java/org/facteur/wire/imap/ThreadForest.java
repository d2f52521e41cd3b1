package org.facteur.wire.imap;

import java.util.Arrays;

/// Letters in threads: trees of message numbers or UIDs, in the order in which they are told.
/// Immutable.
///
/// Kept as a list in which each letter comes before those that answer it, with its depth, so that
/// nothing that walks it recurses.
public final class ThreadForest {
    /// Stands for a letter that is not there.
    public static final long MISSING = 0;

    /// No threads.
    public static final ThreadForest EMPTY = new Builder().build();

    private final long[] numbers;
    private final int[] depths;

    private ThreadForest(long[] numbers, int[] depths) {
        this.numbers = numbers;
        this.depths = depths;
    }

    /// How many places there are, missing letters counted.
    public int size() {
        return numbers.length;
    }

    /// The number at a place, or [#MISSING].
    public long number(int place) {
        return numbers[place];
    }

    /// How deep a place lies: 0 begins a thread.
    public int depth(int place) {
        return depths[place];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ThreadForest that
                && Arrays.equals(numbers, that.numbers)
                && Arrays.equals(depths, that.depths);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(numbers) + Arrays.hashCode(depths);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < numbers.length; i++) {
            text.append(i == 0 ? "" : " ").append(numbers[i]).append('@').append(depths[i]);
        }
        return text.toString();
    }

    /// Collects places in order. One thread.
    public static final class Builder {
        private long[] numbers = new long[16];
        private int[] depths = new int[16];
        private int size;

        /// @param number of a letter, or [#MISSING]
        /// @param depth at most one more than that of the place before
        public Builder add(long number, int depth) {
            int deepest = size == 0 ? 0 : depths[size - 1] + 1;
            if (number < 0 || depth < 0 || depth > deepest) {
                throw new IllegalArgumentException("not a place: " + number + " at " + depth);
            }
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, size * 2);
                depths = Arrays.copyOf(depths, size * 2);
            }
            numbers[size] = number;
            depths[size++] = depth;
            return this;
        }

        public ThreadForest build() {
            return new ThreadForest(Arrays.copyOf(numbers, size), Arrays.copyOf(depths, size));
        }
    }
}
