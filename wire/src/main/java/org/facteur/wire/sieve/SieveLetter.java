package org.facteur.wire.sieve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.facteur.wire.mime.Anatomy;
import org.facteur.wire.mime.HeaderBlock;
import org.facteur.wire.mime.HeaderField;
import org.facteur.wire.mime.Part;
import org.facteur.wire.mime.PartDecoder;
import org.facteur.wire.mime.PartText;
import org.facteur.wire.text.ByteSource;
import org.facteur.wire.text.EncodedWords;
import org.facteur.wire.text.HeaderFolding;
import org.facteur.wire.text.MailCharsets;
import org.facteur.wire.text.OctetBuffer;
import org.jspecify.annotations.Nullable;

/// A letter as scripts see it: its header is read when first asked for, its parts one by one.
///
/// Used by one thread; keeps what it has read.
public final class SieveLetter {
    private static final int MOST_FIELDS = 1_000;
    private static final int MOST_HEADER = 1 << 20;

    private final Anatomy anatomy;
    private final byte[] prefix;
    private final Octets source;
    private @Nullable List<Field> fields;
    private final Map<Integer, List<Field>> partFields = new HashMap<>();
    private final Map<Integer, String> texts = new HashMap<>();
    private final Map<Integer, String> contents = new HashMap<>();

    /// Where a letter's octets come from.
    @FunctionalInterface
    public interface Octets {
        /// @return exactly these octets
        byte[] read(long from, int length);
    }

    /// A header field as it lies.
    ///
    /// @param raw the whole field, its line end included; belongs to the record
    @SuppressWarnings("ArrayRecordComponent")
    record Field(String name, byte[] raw) {
        /// The body, unfolded and decoded.
        String text() {
            return EncodedWords.decode(body());
        }

        byte[] body() {
            int colon = 0;
            while (colon < raw.length && raw[colon] != ':') {
                colon++;
            }
            return HeaderFolding.unfold(raw, Math.min(raw.length, colon + 1), raw.length);
        }
    }

    /// @param prefix fields that stand before the letter's own, each ended by CRLF
    public SieveLetter(Anatomy anatomy, byte[] prefix, Octets source) {
        this.anatomy = anatomy;
        this.prefix = prefix.clone();
        this.source = source;
    }

    /// A letter in memory.
    public static SieveLetter of(Anatomy anatomy, byte[] letter) {
        return new SieveLetter(
                anatomy,
                new byte[0],
                (from, length) -> Arrays.copyOfRange(letter, (int) from, (int) from + length));
    }

    Anatomy anatomy() {
        return anatomy;
    }

    long size() {
        return prefix.length + anatomy.size();
    }

    /// The letter's header fields, those of the prefix first.
    List<Field> fields() {
        List<Field> known = fields;
        if (known == null) {
            known = new ArrayList<>(cut(prefix));
            for (HeaderField field : anatomy.fields()) {
                known.add(new Field(field.name(), source.read(field.offset(), field.length())));
            }
            known = List.copyOf(known);
            fields = known;
        }
        return known;
    }

    /// Only the prefix' fields.
    List<Field> prefixFields() {
        return cut(prefix);
    }

    private static List<Field> cut(byte[] header) {
        List<Field> found = new ArrayList<>();
        for (HeaderField field : HeaderBlock.parse(header, MOST_FIELDS).fields()) {
            found.add(
                    new Field(
                            field.name(),
                            Arrays.copyOfRange(
                                    header, field.offset(), field.offset() + field.length())));
        }
        return found;
    }

    /// The header of a part.
    List<Field> fields(Part part) {
        if (part.number() == 0) {
            return fields();
        }
        long start = part.range().headerStart();
        int length = (int) Math.min(MOST_HEADER, part.range().bodyStart() - start);
        return partFields.computeIfAbsent(part.number(), number -> cut(source.read(start, length)));
    }

    /// Octets as they lie, as text, at most so many.
    String raw(long from, long to, int most) {
        byte[] octets = source.read(from, Math.clamp(to - from, 0, most));
        return new String(
                octets,
                MailCharsets.isUtf8(octets, 0, octets.length)
                        ? StandardCharsets.UTF_8
                        : StandardCharsets.ISO_8859_1);
    }

    byte[] octets(long from, long to) {
        return source.read(from, Math.toIntExact(to - from));
    }

    /// A part's body with its encoding and, for text, its charset undone.
    String content(Part part, int most) {
        return contents.computeIfAbsent(
                part.number(),
                number -> {
                    byte[] plain = decoded(part, most);
                    return part.type().isText()
                            ? MailCharsets.decode(
                                    plain,
                                    0,
                                    plain.length,
                                    part.type().find("charset").orElse(null))
                            : new String(
                                    plain,
                                    MailCharsets.isUtf8(plain, 0, plain.length)
                                            ? StandardCharsets.UTF_8
                                            : StandardCharsets.ISO_8859_1);
                });
    }

    private byte[] decoded(Part part, int most) {
        OctetBuffer plain = new OctetBuffer(most);
        PartDecoder decoder = new PartDecoder(body(part), part.details().encoding());
        byte[] piece = new byte[8192];
        try {
            int count = decoder.read(piece, 0, piece.length);
            while (count > 0 && !plain.overflowed()) {
                plain.accept(piece, 0, count);
                count = decoder.read(piece, 0, piece.length);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return plain.toArray();
    }

    /// A text part as a person reads it.
    String text(Part part, int most) {
        return texts.computeIfAbsent(
                part.number(),
                number -> {
                    try {
                        return PartText.read(part, body(part), most);
                    } catch (IOException impossible) {
                        throw new UncheckedIOException(impossible);
                    }
                });
    }

    private ByteSource body(Part part) {
        long[] at = {part.range().bodyStart()};
        long end = part.range().end();
        return (target, offset, length) -> {
            int count = (int) Math.min(length, end - at[0]);
            if (count <= 0) {
                return -1;
            }
            byte[] octets = source.read(at[0], count);
            System.arraycopy(octets, 0, target, offset, count);
            at[0] += count;
            return count;
        };
    }
}
