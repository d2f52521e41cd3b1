package org.facteur.wire.mime;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// The stored form of [Anatomy]. Version 1: sizes and offsets as differences, sections not written
/// but told from the tree.
final class AnatomyCodec {
    private static final int VERSION = 1;

    private AnatomyCodec() {}

    static Octets encode(Anatomy anatomy) {
        CodecWriter out = new CodecWriter();
        out.number(VERSION);
        out.number(anatomy.size());
        out.number(anatomy.fields().size());
        int end = 0;
        for (HeaderField field : anatomy.fields()) {
            out.text(field.name());
            out.number(field.offset() - end);
            out.number(field.length());
            out.number(field.valueStart());
            end = field.offset() + field.length();
        }
        out.number(anatomy.parts().size());
        long before = 0;
        for (Part part : anatomy.parts()) {
            part(part, before, out);
            before = part.range().headerStart();
        }
        return out.done();
    }

    private static void part(Part part, long before, CodecWriter out) {
        out.number(part.parent() + 1L);
        PartRange range = part.range();
        out.number(range.headerStart() - before);
        out.number(range.bodyStart() - range.headerStart());
        out.number(range.bodyLength());
        out.number(range.lines());
        out.text(part.type().type());
        out.text(part.type().subtype());
        out.parameters(part.type().parameters());
        PartDetails details = part.details();
        @Nullable Disposition disposition = details.disposition();
        out.text(disposition == null ? null : disposition.kind());
        out.parameters(disposition == null ? List.of() : disposition.parameters());
        out.number(details.encoding().ordinal());
        out.text(details.contentId());
        out.text(details.description());
        out.text(details.md5());
        out.texts(details.languages());
        out.text(details.location());
        long bits = 0;
        for (Ambiguity ambiguity : part.ambiguities()) {
            bits |= 1L << ambiguity.ordinal();
        }
        out.number(bits);
    }

    static Anatomy decode(byte[] octets) {
        CodecReader in = new CodecReader(octets, VERSION);
        long size = in.number();
        int count = in.count();
        List<HeaderField> fields = new ArrayList<>(count);
        long end = 0;
        for (int i = 0; i < count; i++) {
            String name = in.givenText();
            long offset = end + in.small();
            int length = in.small();
            end = offset + length;
            if (end > Math.min(size, Integer.MAX_VALUE)) {
                throw in.fault("a field inside the letter");
            }
            int valueStart = in.small();
            if (valueStart > length) {
                throw in.fault("a value inside its field");
            }
            fields.add(new HeaderField(name, (int) offset, length, valueStart));
        }
        int parts = in.count();
        List<Part> list = new ArrayList<>(parts);
        int[] children = new int[parts];
        for (int i = 0; i < parts; i++) {
            list.add(part(in, list, children, size));
        }
        in.end();
        if (list.isEmpty()) {
            throw in.fault("a part");
        }
        return new Anatomy(size, fields, list);
    }

    private static Part part(CodecReader in, List<Part> before, int[] children, long size) {
        int number = before.size();
        int parent = in.small() - 1;
        if (parent >= number || (parent < 0) != (number == 0)) {
            throw in.fault("a parent before its part");
        }
        long start = (number == 0 ? 0 : before.getLast().range().headerStart()) + in.number();
        long body = start + in.number();
        long end = body + in.number();
        long lines = in.number();
        if (start < 0
                || start > size
                || body < start
                || body > size
                || end < body
                || end > size
                || lines < 0) {
            throw in.fault("a part inside the letter");
        }
        ContentType type = new ContentType(in.givenText(), in.givenText(), in.parameters());
        @Nullable String kind = in.text();
        var parameters = in.parameters();
        PartDetails details =
                new PartDetails(
                        kind == null ? null : new Disposition(kind, parameters),
                        in.one(TransferEncoding.values()),
                        in.text(),
                        in.text(),
                        in.text(),
                        in.texts(),
                        in.text());
        Set<Ambiguity> ambiguities = EnumSet.noneOf(Ambiguity.class);
        long bits = in.number();
        for (Ambiguity ambiguity : Ambiguity.values()) {
            if ((bits >> ambiguity.ordinal() & 1) != 0) {
                ambiguities.add(ambiguity);
            }
        }
        String section =
                number == 0
                        ? section("", true, type, 1)
                        : section(
                                before.get(parent).section(),
                                before.get(parent).type().isMessage(),
                                type,
                                ++children[parent]);
        return new Part(
                number,
                parent,
                section,
                new PartRange(start, body, end, lines),
                type,
                details,
                ambiguities);
    }

    /// A part's IMAP name from that of the part around it.
    ///
    /// @param letter whether the part is a letter: the outermost, or what a message part holds
    static String section(String around, boolean letter, ContentType type, int place) {
        if (letter && type.isMultipart()) {
            return around;
        }
        return around.isEmpty() ? Integer.toString(place) : around + "." + place;
    }
}
