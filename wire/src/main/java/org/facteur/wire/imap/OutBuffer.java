package org.facteur.wire.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.facteur.wire.text.ModifiedUtf7;
import org.facteur.wire.text.Octets;

/// Octets on their way to a sink, with the small words of IMAP. Used by one thread.
final class OutBuffer {
    private static final byte[] NONE = new byte[0];
    private static final int SIZE = 16 << 10;

    /// The buffer of a long answer, so that it goes to the sink in fewer pieces.
    private static final int LARGE = 64 << 10;

    /// Pieces after which an answer is long.
    private static final int SHORT = 4;

    private static final int LONGEST_QUOTED = 1000;

    private final ByteTarget sink;
    private byte[] buffer = NONE;
    private int size;
    private int pieces;
    private boolean utf8;

    OutBuffer(ByteTarget sink, boolean utf8) {
        this.sink = sink;
        this.utf8 = utf8;
    }

    boolean utf8() {
        return utf8;
    }

    void utf8(boolean on) {
        utf8 = on;
    }

    void flush() throws IOException {
        if (size > 0) {
            sink.write(buffer, 0, size);
            size = 0;
            pieces++;
        }
    }

    /// Writes all and gives the buffer back.
    void rest() throws IOException {
        flush();
        buffer = NONE;
        pieces = 0;
    }

    private void room(int octets) throws IOException {
        if (buffer.length - size < octets) {
            if (buffer.length == 0) {
                buffer = new byte[SIZE];
            } else {
                flush();
                if (pieces == SHORT) {
                    buffer = new byte[LARGE];
                }
            }
        }
    }

    void octet(char c) throws IOException {
        room(1);
        buffer[size++] = (byte) c;
    }

    @SuppressWarnings("deprecation") // the one copy of ASCII that allocates nothing
    void ascii(String text) throws IOException {
        int from = 0;
        while (from < text.length()) {
            room(1);
            int count = Math.min(text.length() - from, buffer.length - size);
            text.getBytes(from, from + count, buffer, size);
            size += count;
            from += count;
        }
    }

    void octets(byte[] octets) throws IOException {
        octets(octets, 0, octets.length);
    }

    void octets(byte[] octets, int start, int length) throws IOException {
        if (length > SIZE) {
            flush();
            sink.write(octets, start, length);
        } else {
            room(length);
            System.arraycopy(octets, start, buffer, size, length);
            size += length;
        }
    }

    /// @param value 0 to 99
    void twoDigits(int value) throws IOException {
        octet((char) ('0' + value / 10));
        octet((char) ('0' + value % 10));
    }

    /// Octets without a copy of their own.
    void octets(Octets octets) throws IOException {
        if (octets.length() > SIZE) {
            octets(octets.toArray());
            return;
        }
        room(octets.length());
        octets.writeTo(
                (from, offset, length) -> System.arraycopy(from, offset, buffer, size, length));
        size += octets.length();
    }

    void crlf() throws IOException {
        room(2);
        buffer[size++] = '\r';
        buffer[size++] = '\n';
    }

    /// A number of 0 or more.
    void number(long value) throws IOException {
        room(20);
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int i = size + digits - 1; i >= size; i--) {
            buffer[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
    }

    void supply(OctetSupply supply) throws IOException {
        if (supply instanceof OctetSupply.Given(var octets)) {
            octets(octets);
            return;
        }
        flush();
        Counted counted = new Counted(sink, supply.length());
        supply.writeTo(counted);
        if (counted.left != 0) {
            throw new IOException("a literal ended early");
        }
    }

    /// Lets exactly so many octets pass.
    private static final class Counted implements ByteTarget {
        private final ByteTarget sink;
        private long left;

        Counted(ByteTarget sink, long left) {
            this.sink = sink;
            this.left = left;
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            if (length > left) {
                throw new IOException("a literal is longer than announced");
            }
            left -= length;
            sink.write(octets, offset, length);
        }
    }

    /// `nstring`, as a literal unless it is empty.
    void literal(OctetSupply supply, boolean binary) throws IOException {
        if (supply.length() == 0) {
            ascii("\"\"");
            return;
        }
        ascii(binary ? "~{" : "{");
        number(supply.length());
        ascii("}\r\n");
        supply(supply);
    }

    /// `string`, quoted where it can be, else a literal. A NUL cannot be sent and becomes `?`.
    void string(String text) throws IOException {
        if (isQuotable(text)) {
            quoted(text);
        } else {
            literal(
                    OctetSupply.of(
                            Octets.copyOf(
                                    text.replace('\0', '?').getBytes(StandardCharsets.UTF_8))),
                    false);
        }
    }

    /// Whether a text can stand in quotes here.
    private boolean isQuotable(String text) {
        return isQuotable(text, utf8);
    }

    static boolean isQuotable(String text, boolean utf8) {
        if (text.length() > LONGEST_QUOTED) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n' || c == 0 || (c >= 128 && !utf8)) {
                return false;
            }
        }
        return true;
    }

    private void quoted(String text) throws IOException {
        octet('"');
        if (Utf8.isAscii(text)) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '"' || c == '\\') {
                    octet('\\');
                }
                octet(c);
            }
        } else {
            for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
                if (b == '"' || b == '\\') {
                    octet('\\');
                }
                octet((char) b);
            }
        }
        octet('"');
    }

    /// `nstring / literal8`: quoted where it can be, else a literal, with `~` where it holds NUL.
    void value(Octets octets) throws IOException {
        boolean quotable = octets.length() <= LONGEST_QUOTED;
        boolean binary = false;
        for (int i = 0; i < octets.length(); i++) {
            byte b = octets.at(i);
            quotable &= b >= ' ' && b < 127;
            binary |= b == 0;
        }
        if (quotable) {
            quoted(new String(octets.toArray(), StandardCharsets.US_ASCII));
        } else {
            literal(OctetSupply.of(octets), binary);
        }
    }

    /// `astring`: an atom where it can be and cannot be taken for NIL, else a string.
    void astring(String text) throws IOException {
        if (isAstringAtom(text)) {
            ascii(text);
        } else {
            string(text);
        }
    }

    /// `mailbox`, as the session spells it.
    void mailbox(String name) throws IOException {
        astring(utf8 ? name : ModifiedUtf7.encode(name));
    }

    static boolean isAstringAtom(String text) {
        if (text.isEmpty() || text.equalsIgnoreCase("NIL")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128 || !Grammar.isAstringChar((byte) text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// `atom`, of a name that must be one.
    void atom(String text) throws IOException {
        if (!Grammar.isAtom(text)) {
            throw new IllegalArgumentException("not an atom");
        }
        ascii(text);
    }

    void atoms(List<String> atoms) throws IOException {
        for (String atom : atoms) {
            octet(' ');
            atom(atom);
        }
    }

    /// `flag-list`
    void flags(List<Flag> flags) throws IOException {
        octet('(');
        for (int i = 0; i < flags.size(); i++) {
            if (i > 0) {
                octet(' ');
            }
            ascii(flags.get(i).name());
        }
        octet(')');
    }

    /// `uid-set`
    void set(NumberSet set) throws IOException {
        for (int i = 0; i < set.rangeCount(); i++) {
            if (i > 0) {
                octet(',');
            }
            number(set.first(i));
            if (set.last(i) != set.first(i)) {
                octet(':');
                number(set.last(i));
            }
        }
    }

    /// `sequence-set`
    void set(SequenceSet set) throws IOException {
        if (set.saved()) {
            octet('$');
        }
        for (int i = 0; i < set.ranges().size(); i++) {
            if (i > 0) {
                octet(',');
            }
            SequenceRange range = set.ranges().get(i);
            sequenceNumber(range.first());
            if (range.last() != range.first()) {
                octet(':');
                sequenceNumber(range.last());
            }
        }
    }

    private void sequenceNumber(long number) throws IOException {
        if (number == SequenceRange.STAR) {
            octet('*');
        } else {
            number(number);
        }
    }

    /// `partial-range`
    void partialRange(PartialRange range) throws IOException {
        ascii(range.first() + ":" + range.last());
    }

    /// `section`
    void section(Section section) throws IOException {
        octet('[');
        part(section.part());
        if (section.text() != Section.Text.ALL) {
            if (!section.part().isEmpty()) {
                octet('.');
            }
            ascii(section.text().keyword());
        }
        if (section.text().takesFields()) {
            ascii(" (");
            for (int i = 0; i < section.fields().size(); i++) {
                if (i > 0) {
                    octet(' ');
                }
                astring(section.fields().get(i));
            }
            octet(')');
        }
        octet(']');
    }

    /// `section-part`
    void part(List<Integer> part) throws IOException {
        for (int i = 0; i < part.size(); i++) {
            if (i > 0) {
                octet('.');
            }
            number(part.get(i));
        }
    }
}
