package org.facteur.wire.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.facteur.wire.text.EncodedWords;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.ParameterValue;
import org.jspecify.annotations.Nullable;

/// A part while its letter is being read.
final class PartDraft {
    final @Nullable PartDraft parent;

    /// Whether it is a letter: the outermost, or what a message part holds.
    final boolean letter;

    /// Whether it gets a place in the index.
    final boolean kept;

    final long headerStart;
    final List<PartDraft> children = new ArrayList<>();
    final Set<Ambiguity> ambiguities = EnumSet.noneOf(Ambiguity.class);

    int number;
    int place;
    long bodyStart;
    long linesBefore;
    long end;
    long lines;
    ContentType type = ContentType.TEXT_PLAIN;
    boolean typeGiven;
    PartDetails details = PartDetails.NONE;
    RawFields raw = RawFields.NONE;
    byte @Nullable [] boundary;
    boolean closed;
    boolean anyChild;
    @Nullable Octets envelope;
    @Nullable OctetBuffer capture;

    /// What BODYSTRUCTURE repeats as written.
    record RawFields(
            String encoding,
            byte @Nullable [] id,
            byte @Nullable [] description,
            byte @Nullable [] md5) {
        static final RawFields NONE = new RawFields("7bit", null, null, null);
    }

    PartDraft(@Nullable PartDraft parent, boolean letter, boolean kept, long headerStart) {
        this.parent = parent;
        this.letter = letter;
        this.kept = kept;
        this.headerStart = headerStart;
    }

    /// Takes what the header says.
    void read(HeaderBlock header) {
        readType(header);
        byte @Nullable [] field = header.first("Content-Transfer-Encoding");
        String encoding = field == null ? "" : ParameterValue.parse(field).value();
        TransferEncoding known = TransferEncoding.of(encoding);
        flag(header.count("Content-Type") > 1, Ambiguity.TWO_CONTENT_TYPES);
        flag(header.count("Content-Transfer-Encoding") > 1, Ambiguity.TWO_ENCODINGS);
        flag(known == TransferEncoding.UNKNOWN, Ambiguity.UNKNOWN_ENCODING);
        boolean encoded =
                known == TransferEncoding.BASE64 || known == TransferEncoding.QUOTED_PRINTABLE;
        flag(encoded && (type.isMultipart() || type.isMessage()), Ambiguity.ENCODED_CONTAINER);
        byte @Nullable [] id = header.first("Content-ID");
        byte @Nullable [] description = header.first("Content-Description");
        byte @Nullable [] md5 = header.first("Content-MD5");
        raw = new RawFields(encoding.isEmpty() ? "7bit" : encoding, id, description, md5);
        details =
                new PartDetails(
                        disposition(header.first("Content-Disposition")),
                        known,
                        id == null ? null : latin1(id),
                        description == null ? null : EncodedWords.decode(description),
                        md5 == null ? null : latin1(md5),
                        languages(header.first("Content-Language")),
                        location(header.first("Content-Location")));
    }

    private void flag(boolean condition, Ambiguity ambiguity) {
        if (condition) {
            ambiguities.add(ambiguity);
        }
    }

    private void readType(HeaderBlock header) {
        PartDraft around = parent;
        boolean digest = around != null && around.type.is("multipart", "digest");
        type = digest ? ContentType.MESSAGE : ContentType.TEXT_PLAIN;
        byte @Nullable [] field = header.first("Content-Type");
        if (field == null) {
            return;
        }
        ParameterValue value = ParameterValue.parse(field);
        String text = value.value().toLowerCase(Locale.ROOT);
        int slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1 || !token(text, slash)) {
            flag(!text.equals("text"), Ambiguity.BAD_CONTENT_TYPE);
            type = new ContentType("text", "plain", value.parameters());
            typeGiven = true;
            return;
        }
        type =
                new ContentType(
                        text.substring(0, slash), text.substring(slash + 1), value.parameters());
        typeGiven = true;
        if (type.isMultipart()) {
            flag(value.count("boundary") > 1, Ambiguity.TWO_BOUNDARIES);
            Octets wanted = value.findRaw("boundary").orElse(null);
            boundary = wanted == null ? null : trimmed(wanted.toArray());
        }
    }

    private static byte @Nullable [] trimmed(byte[] boundary) {
        int end = boundary.length;
        while (end > 0 && (boundary[end - 1] == ' ' || boundary[end - 1] == '\t')) {
            end--;
        }
        return end == 0 || end > LetterIndexer.LONGEST_BOUNDARY
                ? null
                : Arrays.copyOf(boundary, end);
    }

    // token := 1*<any (US-ASCII) CHAR except SPACE, CTLs, or tspecials>
    private static boolean token(String text, int slash) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i != slash && (c <= ' ' || c >= 0x7F || "()<>@,;:\\\"/[]?=".indexOf(c) >= 0)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Disposition disposition(byte @Nullable [] field) {
        if (field == null) {
            return null;
        }
        ParameterValue value = ParameterValue.parse(field);
        String kind = value.value().toLowerCase(Locale.ROOT);
        return kind.isEmpty() && value.parameters().isEmpty()
                ? null
                : new Disposition(kind.isEmpty() ? "attachment" : kind, value.parameters());
    }

    // Language-List = Language-Tag *("," Language-Tag)
    private static List<String> languages(byte @Nullable [] field) {
        List<String> tags = new ArrayList<>();
        if (field != null) {
            String rest = latin1(field);
            for (int from = 0; from <= rest.length() && tags.size() < 100; ) {
                int comma = rest.indexOf(',', from);
                int to = comma < 0 ? rest.length() : comma;
                String tag = rest.substring(from, to).strip();
                if (!tag.isEmpty()) {
                    tags.add(tag);
                }
                from = to + 1;
            }
        }
        return tags;
    }

    private static @Nullable String location(byte @Nullable [] field) {
        return field == null ? null : latin1(field).replace(" ", "").replace("\t", "");
    }

    static String latin1(byte @Nullable [] octets) {
        return octets == null ? "" : new String(octets, StandardCharsets.ISO_8859_1);
    }

    Part toPart(String section) {
        return new Part(
                number,
                parent == null ? -1 : parent.number,
                section,
                new PartRange(headerStart, bodyStart, end, lines),
                type,
                details,
                ambiguities);
    }
}
