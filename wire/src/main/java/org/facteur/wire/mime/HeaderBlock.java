package org.facteur.wire.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.facteur.wire.text.HeaderFolding;
import org.jspecify.annotations.Nullable;

/// A header cut into its fields (RFC 5322 §2.2), lines ended by CRLF or LF.
///
/// Lines that are no field and follow none are left out: an mbox `From ` line, leading blanks.
/// Reads the array it was given, which must not change. Safe for any thread.
public final class HeaderBlock {
    private final byte[] octets;
    private final List<HeaderField> fields;

    private HeaderBlock(byte[] octets, List<HeaderField> fields) {
        this.octets = octets;
        this.fields = fields;
    }

    // fields = *(field-name ":" unstructured CRLF)
    /// Reads a header up to its blank line or its end; offsets count from its first octet.
    ///
    /// @param mostFields further fields are left out
    public static HeaderBlock parse(byte[] octets, int mostFields) {
        List<HeaderField> fields = new ArrayList<>();
        int at = 0;
        int start = -1;
        int colon = 0;
        while (at < octets.length) {
            int end = lineEnd(octets, at);
            boolean continued = octets[at] == ' ' || octets[at] == '\t';
            if (!continued) {
                add(octets, start, colon, at, fields);
                start = -1;
                if (isBlank(octets, at, end) || fields.size() >= mostFields) {
                    break;
                }
                int sign = colonOf(octets, at, end);
                if (sign >= 0) {
                    start = at;
                    colon = sign;
                }
            }
            at = end;
        }
        add(octets, start, colon, Math.min(at, octets.length), fields);
        return new HeaderBlock(octets, List.copyOf(fields));
    }

    private static void add(
            byte[] octets, int start, int colon, int end, List<HeaderField> fields) {
        if (start >= 0) {
            int nameEnd = colon;
            while (octets[nameEnd - 1] == ' ' || octets[nameEnd - 1] == '\t') {
                nameEnd--;
            }
            String name = new String(octets, start, nameEnd - start, StandardCharsets.US_ASCII);
            fields.add(new HeaderField(name, start, end - start, colon + 1 - start));
        }
    }

    static int lineEnd(byte[] octets, int from) {
        int i = from;
        while (i < octets.length && octets[i] != '\n') {
            i++;
        }
        return Math.min(i + 1, octets.length);
    }

    static boolean isBlank(byte[] octets, int from, int to) {
        return (to - from == 1 && octets[from] == '\n')
                || (to - from == 2 && octets[from] == '\r' && octets[from + 1] == '\n');
    }

    // field-name = 1*ftext    ftext = %d33-57 / %d59-126
    /// Where a line's colon stands, or -1 when the line begins no field. Blanks before the colon
    /// are taken, as RFC 5322 §4.5 has it.
    static int colonOf(byte[] octets, int from, int to) {
        int i = from;
        while (i < to && octets[i] > ' ' && octets[i] < 0x7F && octets[i] != ':') {
            i++;
        }
        int name = i;
        while (i < to && (octets[i] == ' ' || octets[i] == '\t')) {
            i++;
        }
        return name > from && i < to && octets[i] == ':' ? i : -1;
    }

    /// In order.
    public List<HeaderField> fields() {
        return fields;
    }

    /// How many fields have this name, in any case.
    public int count(String name) {
        int count = 0;
        for (HeaderField field : fields) {
            count += field.name().equalsIgnoreCase(name) ? 1 : 0;
        }
        return count;
    }

    /// The unfolded body of the first field of this name, in any case.
    public Optional<byte[]> find(String name) {
        return Optional.ofNullable(first(name));
    }

    byte @Nullable [] first(String name) {
        for (HeaderField field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return unfolded(field);
            }
        }
        return null;
    }

    /// The unfolded bodies of all fields of this name, in order.
    public List<byte[]> findAll(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(this::unfolded)
                .toList();
    }

    /// The body of a field of this header as it was written: what stands behind the colon, line
    /// ends included.
    public byte[] raw(HeaderField field) {
        return Arrays.copyOfRange(
                octets, field.offset() + field.valueStart(), field.offset() + field.length());
    }

    /// The unfolded body of a field of this header.
    public byte[] unfolded(HeaderField field) {
        return HeaderFolding.unfold(
                octets, field.offset() + field.valueStart(), field.offset() + field.length());
    }
}
