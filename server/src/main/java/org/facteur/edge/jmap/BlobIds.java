package org.facteur.edge.jmap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.facteur.core.mailbox.LetterId;

/// Names of octets: `G5` is letter 5 as it lies, `U7` what was uploaded as number 7; `_2` behind a
/// name is part 2 of that, without its transfer encoding, and so on inward.
///
/// A name says nothing of what the octets are, and means something only in its account.
final class BlobIds {
    private static final int DEEPEST = 5;
    private static final int LONGEST = 100;
    private static final int PART_DIGITS = 5;

    /// A name that was read.
    ///
    /// @param letter whether the octets are a letter's; otherwise an upload's
    /// @param parts numbers of parts, from the outermost in
    record Name(boolean letter, long number, List<Integer> parts) {
        Name {
            parts = List.copyOf(parts);
        }
    }

    private BlobIds() {}

    static String of(LetterId letter) {
        return "G" + letter;
    }

    static String ofUpload(long number) {
        return "U" + number;
    }

    static String part(String of, int number) {
        return of + "_" + number;
    }

    static Optional<Name> parse(String id) {
        if (id.length() > LONGEST) {
            return Optional.empty();
        }
        int end = id.indexOf('_');
        String root = end < 0 ? id : id.substring(0, end);
        boolean letter = root.startsWith("G");
        OptionalLong number = ObjectIds.number(letter ? 'G' : 'U', root);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> parts = new ArrayList<>();
        for (int from = end + 1; from > 0 && from <= id.length(); ) {
            int next = id.indexOf('_', from);
            int part = part(next < 0 ? id.substring(from) : id.substring(from, next));
            if (part < 0 || parts.size() == DEEPEST) {
                return Optional.empty();
            }
            parts.add(part);
            from = next + 1;
        }
        return Optional.of(new Name(letter, number.getAsLong(), parts));
    }

    private static int part(String digits) {
        if (digits.isEmpty()
                || digits.length() > PART_DIGITS
                || (digits.length() > 1 && digits.startsWith("0"))) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
