package org.facteur.wire.sieve;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.facteur.wire.mime.HeaderText;
import org.facteur.wire.mime.Part;
import org.facteur.wire.sieve.SieveLetter.Field;
import org.facteur.wire.text.EncodedWords;
import org.facteur.wire.text.HeaderFolding;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// The letter as a run has changed it so far, and the part a loop is at. Used by one thread.
final class LetterState {
    private static final int LARGEST_HEADER = 512 * 1024;
    private static final int MOST_FIELDS = 2_000;

    /// Fields that say how a body is written, and go with it.
    private static final Set<String> ABOUT_BODY =
            Set.of(
                    "content-type",
                    "content-transfer-encoding",
                    "content-disposition",
                    "content-id",
                    "content-description",
                    "mime-version");

    private final SieveLetter letter;
    private @Nullable List<Field> edited;
    private final Map<Integer, Octets> replaced = new HashMap<>();
    private final List<Enclosure> enclosures = new ArrayList<>();
    private @Nullable Part part;
    private @Nullable EditedLetter known;

    /// What a letter was put into.
    ///
    /// @param before header and first part, up to the letter
    /// @param after what ends it
    private record Enclosure(Octets before, Octets after) {}

    LetterState(SieveLetter letter) {
        this.letter = letter;
    }

    SieveLetter letter() {
        return letter;
    }

    /// The part the innermost loop is at; null outside loops.
    @Nullable Part part() {
        return part;
    }

    void enter(@Nullable Part next) {
        part = next;
    }

    /// The letter's header as it is now.
    List<Field> fields() {
        List<Field> changed = edited;
        return changed == null ? letter.fields() : changed;
    }

    private List<Field> own() {
        List<Field> changed = edited;
        if (changed == null) {
            int before = letter.prefixFields().size();
            changed = new ArrayList<>(letter.fields());
            // What stands before the letter is not the script's to write.
            changed.subList(0, before).clear();
        }
        return new ArrayList<>(changed);
    }

    /// Puts a field at the top, or at the bottom.
    void add(String name, String value, boolean last) {
        List<Field> fields = own();
        Field field;
        try {
            String encoded =
                    EncodedWords.encode(
                            new HeaderText(Variables.cut(oneLine(value), 4_000)).value(),
                            name.length() + 2);
            field =
                    new Field(
                            name,
                            HeaderFolding.fold(name, encoded).getBytes(StandardCharsets.UTF_8));
        } catch (SyntaxFault _) {
            throw new ScriptFault(new Position(0, 0), SieveComplaint.BAD_VALUE, value);
        }
        if (last) {
            fields.addLast(field);
        } else {
            fields.addFirst(field);
        }
        checkSize(fields);
        set(fields);
    }

    private static void checkSize(List<Field> fields) {
        long octets = fields.stream().mapToLong(field -> field.raw().length).sum();
        if (octets > LARGEST_HEADER || fields.size() > MOST_FIELDS) {
            throw new ScriptFault(
                    new Position(0, 0), SieveComplaint.TOO_MANY, Integer.toString(MOST_FIELDS));
        }
    }

    private static String oneLine(String value) {
        StringBuilder line = new StringBuilder(value.length());
        value.codePoints()
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .forEach(line::appendCodePoint);
        return line.toString().strip();
    }

    /// Takes fields away.
    ///
    /// @param gone of [#ownFields()]
    void delete(Set<Field> gone) {
        List<Field> fields = own();
        fields.removeIf(gone::contains);
        set(fields);
    }

    /// Fields that scripts may touch.
    List<Field> ownFields() {
        List<Field> changed = edited;
        if (changed == null) {
            set(own());
            known = null;
            changed = edited;
        }
        return changed == null ? List.of() : changed;
    }

    private void set(List<Field> fields) {
        edited = List.copyOf(fields);
        known = null;
    }

    /// Gives the part a loop is at, or the whole letter, another body (RFC 5703 §5).
    ///
    /// @param entity with the fields that describe it
    void replace(Octets entity) {
        Part at = part;
        known = null;
        if (at == null || at.number() == 0) {
            List<Field> fields = new ArrayList<>(own());
            fields.removeIf(field -> ABOUT_BODY.contains(lower(field.name())));
            edited = List.copyOf(fields);
            replaced.clear();
            replaced.put(0, whole(entity));
        } else {
            replaced.put(at.number(), entity);
        }
    }

    private static String lower(String name) {
        return name.toLowerCase(java.util.Locale.ROOT);
    }

    private static Octets whole(Octets entity) {
        OctetBuffer out = new OctetBuffer(entity.length() + 64);
        return out.appendLatin1("MIME-Version: 1.0\r\n").append(entity).toOctets();
    }

    /// Puts the letter into another (RFC 5703 §6).
    ///
    /// @param header of the new letter, each field whole
    void enclose(List<byte[]> header, String text) {
        String boundary = "=_enclosed-" + enclosures.size() + "-" + Long.toHexString(letter.size());
        OctetBuffer before = new OctetBuffer(LARGEST_HEADER + 64 * 1024 * 16);
        header.forEach(field -> before.accept(field, 0, field.length));
        before.appendLatin1(
                "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\""
                        + boundary
                        + "\"\r\n\r\n--"
                        + boundary
                        + "\r\n");
        before.append(MimeEntity.plain(text));
        before.appendLatin1("\r\n--" + boundary + "\r\nContent-Type: message/rfc822\r\n\r\n");
        enclosures.add(
                new Enclosure(before.toOctets(), Octets.ofLatin1("\r\n--" + boundary + "--\r\n")));
        known = null;
    }

    /// How often it was put into another.
    int enclosures() {
        return enclosures.size();
    }

    /// The letter as it is now; null while nothing was changed.
    @Nullable EditedLetter snapshot() {
        if (edited == null && replaced.isEmpty() && enclosures.isEmpty()) {
            return null;
        }
        EditedLetter snapshot = known;
        if (snapshot == null) {
            snapshot = new EditedLetter(pieces());
            known = snapshot;
        }
        return snapshot;
    }

    private List<EditedLetter.Piece> pieces() {
        List<EditedLetter.Piece> pieces = new ArrayList<>();
        for (Enclosure enclosure : enclosures.reversed()) {
            pieces.add(new EditedLetter.Piece.New(enclosure.before()));
        }
        long bodyStart = letter.anatomy().root().range().bodyStart();
        List<Field> changed = edited;
        Octets whole = replaced.get(0);
        if (changed == null) {
            pieces.add(new EditedLetter.Piece.Old(0, bodyStart));
        } else {
            OctetBuffer header = new OctetBuffer(LARGEST_HEADER * 4);
            for (Field field : changed) {
                header.accept(field.raw(), 0, field.raw().length);
            }
            if (whole == null) {
                header.appendLatin1("\r\n");
            }
            pieces.add(new EditedLetter.Piece.New(header.toOctets()));
        }
        if (whole == null) {
            body(pieces, bodyStart);
        } else {
            pieces.add(new EditedLetter.Piece.New(whole));
        }
        for (Enclosure enclosure : enclosures) {
            pieces.add(new EditedLetter.Piece.New(enclosure.after()));
        }
        return pieces;
    }

    /// The old body with the parts that were replaced; parts inside such a part go with it.
    private void body(List<EditedLetter.Piece> pieces, long bodyStart) {
        long at = bodyStart;
        Set<Integer> gone = new HashSet<>();
        for (Part each : letter.anatomy().parts()) {
            if (gone.contains(each.parent())) {
                gone.add(each.number());
                continue;
            }
            Octets instead = replaced.get(each.number());
            if (instead != null && each.range().headerStart() >= at) {
                pieces.add(new EditedLetter.Piece.Old(at, each.range().headerStart()));
                pieces.add(new EditedLetter.Piece.New(instead));
                at = each.range().end();
                gone.add(each.number());
            }
        }
        long end = letter.anatomy().size();
        if (at < end) {
            pieces.add(new EditedLetter.Piece.Old(at, end));
        }
    }
}
