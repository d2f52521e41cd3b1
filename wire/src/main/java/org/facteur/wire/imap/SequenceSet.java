package org.facteur.wire.imap;

import java.util.ArrayList;
import java.util.List;

/// The messages a client means, by number or by UID, before `*` and `$` are given their meaning.
///
/// @param saved whether this is `$`, the result of the last SEARCH with SAVE (RFC 5182 §2.1);
///   `ranges` is then empty
/// @param ranges what the client listed, in its order, overlapping or not; not empty unless `saved`
public record SequenceSet(boolean saved, List<SequenceRange> ranges) {
    /// `$`.
    public static final SequenceSet SAVED = new SequenceSet(true, List.of());

    /// `1:*`.
    public static final SequenceSet EVERYTHING =
            new SequenceSet(false, List.of(new SequenceRange(1, SequenceRange.STAR)));

    public SequenceSet {
        ranges = List.copyOf(ranges);
        if (saved != ranges.isEmpty()) {
            throw new IllegalArgumentException("a sequence set is $ or at least one range");
        }
    }

    /// The set that lists exactly these numbers; the numbers must not be empty.
    public static SequenceSet of(NumberSet numbers) {
        SequenceRange[] ranges = new SequenceRange[numbers.rangeCount()];
        for (int i = 0; i < ranges.length; i++) {
            ranges[i] = new SequenceRange(numbers.first(i), numbers.last(i));
        }
        return new SequenceSet(false, List.of(ranges));
    }

    /// Numbers in the order given, neighbours that ascend by one joined; at least one.
    public static SequenceSet inOrder(long... numbers) {
        List<SequenceRange> ranges = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= numbers.length; i++) {
            if (i == numbers.length || numbers[i] != numbers[i - 1] + 1) {
                ranges.add(new SequenceRange(numbers[from], numbers[i - 1]));
                from = i;
            }
        }
        return new SequenceSet(false, ranges);
    }

    /// One number alone.
    public static SequenceSet of(long number) {
        return new SequenceSet(false, List.of(SequenceRange.single(number)));
    }

    /// Sorted and merged, with `*` standing for `max` and everything above `max` cut off.
    ///
    /// As RFC 9051 §9 asks, `9:*` in a mailbox whose largest number is 3 means 3.
    ///
    /// @param max the largest number in use, 0 in an empty mailbox: the result is then empty
    /// @throws IllegalStateException for `$`, whose meaning is in the session
    public NumberSet within(long max) {
        if (saved) {
            throw new IllegalStateException("$ is resolved by the session");
        }
        NumberSet.Builder builder = NumberSet.builder();
        for (SequenceRange range : ranges) {
            long high = Math.min(range.high(max), max);
            long low = Math.max(range.low(max), 1);
            if (low <= high) {
                builder.addRange(low, high);
            }
        }
        return builder.build();
    }

    /// Whether a listed number is above `max`: a message number that does not exist, which is an
    /// error in commands that take message numbers and none in those that take UIDs (RFC 9051
    /// §6.4.9).
    public boolean exceeds(long max) {
        for (SequenceRange range : ranges) {
            if (range.high(max) > max) {
                return true;
            }
        }
        return false;
    }
}
