package org.facteur.core.intake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.text.HeaderFolding;
import org.facteur.wire.text.OctetSink;
import org.facteur.wire.text.SyntaxFault;

/// Holds a letter's header back until it is whole, then lets it pass as [EntryRules] want it; what
/// comes behind passes at once. One thread, one letter.
///
/// The header ends where [org.facteur.wire.mime.LetterIndexer] ends it: at a blank line, or before
/// a line that is no field.
final class HeaderGate {
    static final String DELIVERED_TO = "delivered-to";
    private static final String RESULTS = "authentication-results";
    private static final int FIRST_OCTETS = 4096;
    private static final int NAME_BYTES = 80;
    private static final int MARK_BYTES = 400;
    private static final int MOST_MARKS = 50;

    private final EntryRules rules;
    private final OctetSink out;
    private final int limit;
    private final List<EmailAddress> deliveredTo = new ArrayList<>();
    private byte[] held = new byte[FIRST_OCTETS];
    private int length;

    /// Where the line begins that is not whole yet.
    private int line;

    /// How far line ends were looked for.
    private int scanned;

    /// How far the kept fields reach; what lies between this and `line` is gone.
    private int kept;

    /// Where the last field begins among the kept, -1 for none.
    private int field = -1;

    private boolean open;
    private boolean dated;
    private boolean named;

    /// @param limit the largest header, in octets
    HeaderGate(EntryRules rules, int limit, OctetSink out) {
        this.rules = rules;
        this.limit = limit;
        this.out = out;
    }

    /// Where the letter had been delivered before it came here, as its own fields said.
    List<EmailAddress> deliveredTo() {
        return List.copyOf(deliveredTo);
    }

    /// @throws SyntaxFault for a larger header
    void write(byte[] octets, int offset, int count) {
        if (open) {
            out.accept(octets, offset, count);
            return;
        }
        if (held.length - length < count) {
            held = Arrays.copyOf(held, Math.max(2 * held.length, length + count));
        }
        System.arraycopy(octets, offset, held, length, count);
        length += count;
        scan();
        if (!open && length > limit) {
            throw new SyntaxFault(length, "a header of at most " + limit + " octets", null);
        }
    }

    /// The letter has ended.
    void finish() {
        if (!open) {
            if (line < length) {
                take(length);
            }
            endField();
            complete();
            pass();
        }
    }

    private void scan() {
        for (int at = scanned; at < length; at++) {
            if (held[at] == '\n' && !take(at + 1)) {
                endField();
                complete();
                pass();
                return;
            }
        }
        scanned = length;
    }

    /// Takes one whole line of the header.
    ///
    /// @return false when the header ended before it
    private boolean take(int end) {
        byte first = held[line];
        boolean continued = first == ' ' || first == '\t';
        if (!continued) {
            boolean blank = first == '\n' || (first == '\r' && end - line == 2);
            if (blank || (colon(line, end) < 0 && !mboxLine())) {
                return false;
            }
            endField();
            field = kept;
        }
        keep(end);
        return true;
    }

    private void keep(int end) {
        if (kept != line) {
            System.arraycopy(held, line, held, kept, end - line);
        }
        kept += end - line;
        line = end;
    }

    private boolean mboxLine() {
        return line == 0
                && length > 5
                && new String(held, 0, 6, StandardCharsets.ISO_8859_1).contains("From ");
    }

    // field-name = 1*ftext    ftext = %d33-57 / %d59-126
    private int colon(int from, int to) {
        int i = from;
        while (i < to && held[i] > ' ' && held[i] < 0x7F && held[i] != ':') {
            i++;
        }
        int name = i;
        while (i < to && (held[i] == ' ' || held[i] == '\t')) {
            i++;
        }
        return name > from && i < to && held[i] == ':' ? i : -1;
    }

    /// The last field is whole: it stays or goes.
    private void endField() {
        int start = field;
        field = -1;
        if (start < 0) {
            return;
        }
        int colon = colon(start, kept);
        if (colon < 0 || colon - start > NAME_BYTES) {
            return;
        }
        String name =
                new String(held, start, colon - start, StandardCharsets.US_ASCII)
                        .strip()
                        .toLowerCase(Locale.ROOT);
        dated |= name.equals("date");
        named |= name.equals("message-id");
        if (name.equals(DELIVERED_TO)) {
            remember(colon + 1);
        }
        if (rules.removes(name)
                || (name.equals(RESULTS) && rules.forged(firstToken(value(colon + 1))))) {
            kept = start;
        }
    }

    private byte[] value(int from) {
        return HeaderFolding.unfold(held, from, kept);
    }

    private void remember(int from) {
        if (deliveredTo.size() < MOST_MARKS && kept - from <= MARK_BYTES) {
            try {
                String text = new String(value(from), StandardCharsets.UTF_8).strip();
                deliveredTo.add(EmailAddress.parse(text));
            } catch (SyntaxFault none) {
                // No address: nobody's mark.
            }
        }
    }

    // authres-header-field = "Authentication-Results:" authres-payload    authres-payload = [CFWS]
    // authserv-id [ CFWS authres-version ] ( no-result / 1*resinfo ) [CFWS] CRLF
    /// The first word of a value, comments before it left out.
    private static String firstToken(byte[] value) {
        int depth = 0;
        int at = 0;
        while (at < value.length) {
            byte b = value[at];
            if (depth > 0 && b == '\\') {
                at++;
            } else if (b == '(') {
                depth++;
            } else if (b == ')') {
                depth = Math.max(0, depth - 1);
            } else if (depth == 0 && b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                break;
            }
            at++;
        }
        StringBuilder token = new StringBuilder();
        boolean quoted = false;
        for (; at < value.length; at++) {
            char c = (char) (value[at] & 0xFF);
            if (quoted && c == '\\' && at + 1 < value.length) {
                token.append((char) (value[++at] & 0xFF));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c <= ' ' || c == ';' || c == '(')) {
                break;
            } else {
                token.append(c);
            }
        }
        return token.toString();
    }

    /// Adds what is missing behind the last field.
    private void complete() {
        EntryRules.Completion completion = rules.completion();
        if (completion == null) {
            return;
        }
        if (kept > 0 && held[kept - 1] != '\n') {
            insert(new byte[] {'\r', '\n'});
        }
        if (!dated) {
            insert(completion.dateField());
        }
        if (!named) {
            insert(completion.idField());
        }
    }

    private void insert(byte[] octets) {
        int room = line - kept;
        if (room < octets.length) {
            int more = octets.length - room;
            if (held.length - length < more) {
                held = Arrays.copyOf(held, length + more);
            }
            System.arraycopy(held, line, held, line + more, length - line);
            line += more;
            length += more;
        }
        System.arraycopy(octets, 0, held, kept, octets.length);
        kept += octets.length;
    }

    private void pass() {
        open = true;
        if (kept > 0) {
            out.accept(held, 0, kept);
        }
        if (length > line) {
            out.accept(held, line, length - line);
        }
        held = new byte[0];
    }
}
