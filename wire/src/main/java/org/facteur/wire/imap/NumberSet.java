package org.facteur.wire.imap;

import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.function.LongConsumer;

/// A set of message numbers or UIDs, sorted and merged into ranges; immutable.
///
/// Numbers are 1 to 4294967295. Memory is 16 octets per range, look-up is logarithmic in the
/// ranges.
public final class NumberSet {
    /// The empty set.
    public static final NumberSet EMPTY = new NumberSet(new long[0]);

    /// first, last, first, last… ascending, with a gap of at least one number between ranges
    private final long[] bounds;

    private NumberSet(long[] bounds) {
        this.bounds = bounds;
    }

    /// The set of these numbers, in any order.
    public static NumberSet of(long... numbers) {
        Builder builder = builder();
        for (long number : numbers) {
            builder.add(number);
        }
        return builder.build();
    }

    /// All numbers from `first` to `last`, both included.
    public static NumberSet range(long first, long last) {
        return builder().addRange(first, last).build();
    }

    /// A collector; adding in ascending order is cheapest.
    public static Builder builder() {
        return new Builder();
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /// How many numbers are in the set.
    public long size() {
        long size = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            size += bounds[i + 1] - bounds[i] + 1;
        }
        return size;
    }

    /// How many ranges the set is made of.
    public int rangeCount() {
        return bounds.length / 2;
    }

    /// The first number of a range, counted from 0 in ascending order.
    public long first(int range) {
        return bounds[2 * range];
    }

    /// The last number of a range, counted from 0 in ascending order.
    public long last(int range) {
        return bounds[2 * range + 1];
    }

    /// The smallest number.
    ///
    /// @throws NoSuchElementException when the set is empty
    public long min() {
        requireSome();
        return bounds[0];
    }

    /// The largest number.
    ///
    /// @throws NoSuchElementException when the set is empty
    public long max() {
        requireSome();
        return bounds[bounds.length - 1];
    }

    private void requireSome() {
        if (bounds.length == 0) {
            throw new NoSuchElementException("an empty set has no numbers");
        }
    }

    public boolean contains(long number) {
        int at = Arrays.binarySearch(bounds, number);
        return at >= 0 || (-at - 1) % 2 == 1;
    }

    /// Hands over every number in ascending order.
    public void forEach(LongConsumer consumer) {
        for (int i = 0; i < bounds.length; i += 2) {
            for (long n = bounds[i]; n <= bounds[i + 1]; n++) {
                consumer.accept(n);
            }
        }
    }

    /// Every number in ascending order; bounded by [#size()], so cut a client's set with
    /// [SequenceSet#within] first.
    public PrimitiveIterator.OfLong iterator() {
        return new Numbers();
    }

    private final class Numbers implements PrimitiveIterator.OfLong {
        private int range;
        private long next = isEmpty() ? 0 : bounds[0];

        @Override
        public boolean hasNext() {
            return range < bounds.length;
        }

        @Override
        public long nextLong() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            long number = next;
            if (number < bounds[range + 1]) {
                next++;
            } else {
                range += 2;
                next = range < bounds.length ? bounds[range] : 0;
            }
            return number;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberSet that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    /// As on the wire: `1:3,7`.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bounds.length; i += 2) {
            if (i > 0) {
                text.append(',');
            }
            text.append(bounds[i]);
            if (bounds[i + 1] != bounds[i]) {
                text.append(':').append(bounds[i + 1]);
            }
        }
        return text.toString();
    }

    /// Collects numbers and ranges in any order. Used by one thread.
    public static final class Builder {
        private long[] bounds = new long[8];
        private int size;
        private boolean sorted = true;

        private Builder() {}

        /// @param number 1 to 4294967295
        public Builder add(long number) {
            return addRange(number, number);
        }

        /// Adds all numbers from `first` to `last`, both included and in either order.
        public Builder addRange(long first, long last) {
            long low = Math.min(first, last);
            long high = Math.max(first, last);
            if (low < 1 || high > SequenceRange.MAX) {
                throw new IllegalArgumentException("not message numbers: " + low + ":" + high);
            }
            if (size > 0 && low >= bounds[size - 2] && low <= bounds[size - 1] + 1) {
                bounds[size - 1] = Math.max(bounds[size - 1], high);
                return this;
            }
            if (size == bounds.length) {
                bounds = Arrays.copyOf(bounds, size * 2);
            }
            sorted &= size == 0 || low > bounds[size - 1];
            bounds[size++] = low;
            bounds[size++] = high;
            return this;
        }

        public NumberSet build() {
            if (size == 0) {
                return EMPTY;
            }
            return new NumberSet(sorted ? Arrays.copyOf(bounds, size) : merged());
        }

        private long[] merged() {
            long[] packed = new long[size / 2];
            for (int i = 0; i < packed.length; i++) {
                // Both ends are unsigned 32 bit: one signed long orders by the first of them once
                // biased.
                packed[i] = ((bounds[2 * i] - 0x8000_0000L) << 32) | bounds[2 * i + 1];
            }
            Arrays.sort(packed);
            long[] result = new long[size];
            int count = 0;
            for (long pair : packed) {
                long low = (pair >> 32) + 0x8000_0000L;
                long high = pair & SequenceRange.MAX;
                if (count > 0 && low <= result[count - 1] + 1) {
                    result[count - 1] = Math.max(result[count - 1], high);
                } else {
                    result[count++] = low;
                    result[count++] = high;
                }
            }
            return Arrays.copyOf(result, count);
        }
    }
}
