package org.facteur.wire.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.facteur.wire.text.ModifiedUtf7;
import org.facteur.wire.text.SyntaxFault;

/// A place in a command or response held in memory, with the readers of IMAP's small words.
///
/// Literals stand in the octets as they came: `{3}`, CRLF, three octets. Used by one thread.
final class ImapCursor {
    private static final int KEYWORD_OCTETS = 64;

    private final byte[] octets;
    private final ImapLimits.Grammars limits;
    private final ImapDialect dialect;
    private int at;

    ImapCursor(byte[] octets, ImapLimits.Grammars limits, ImapDialect dialect) {
        this.octets = octets;
        this.limits = limits;
        this.dialect = dialect;
    }

    ImapLimits.Grammars limits() {
        return limits;
    }

    ImapDialect dialect() {
        return dialect;
    }

    int offset() {
        return at;
    }

    void seek(int offset) {
        at = offset;
    }

    /// Passes over all that is left.
    void skipRest() {
        at = octets.length;
    }

    boolean atEnd() {
        return at >= octets.length;
    }

    /// Whether only what may be ignored is left.
    boolean atCommandEnd() {
        if (dialect.allows(ImapLeniency.TRAILING_SPACE)) {
            int i = at;
            while (i < octets.length && octets[i] == ' ') {
                i++;
            }
            return i >= octets.length;
        }
        return atEnd();
    }

    void end() {
        if (!atCommandEnd()) {
            throw fault("the end of the command", Grammar.BASE);
        }
    }

    SyntaxFault fault(String expected, String section) {
        return SyntaxFault.at(at, expected, section);
    }

    SyntaxFault tooMany(String what) {
        return new SyntaxFault(at, "fewer " + what, null);
    }

    /// The octet to be read next, or -1 at the end.
    int peek() {
        return at < octets.length ? octets[at] & 0xFF : -1;
    }

    boolean take(char c) {
        if (peek() == c) {
            at++;
            return c != ' ' || !dialect.allows(ImapLeniency.EXTRA_SPACE) || spaceBeforeMore();
        }
        return false;
    }

    /// Passes over more blanks.
    ///
    /// @return false where they end a list and separate nothing
    private boolean spaceBeforeMore() {
        while (peek() == ' ') {
            at++;
        }
        return peek() != ')';
    }

    /// Takes a closing parenthesis, and blanks before it where they are tolerated.
    boolean takeClosing() {
        int start = at;
        if (dialect.allows(ImapLeniency.EXTRA_SPACE)) {
            while (peek() == ' ') {
                at++;
            }
        }
        if (take(')')) {
            return true;
        }
        at = start;
        return false;
    }

    void expect(char c) {
        if (!take(c)) {
            throw fault("'" + c + "'", Grammar.BASE);
        }
    }

    /// `SP = %x20`
    void space() {
        if (!take(' ')) {
            throw fault("a space", Grammar.BASE);
        }
    }

    /// A word of letters, digits and `. - _ = /`, in upper case; may be empty.
    String keyword() {
        int start = at;
        while (at < octets.length && isKeywordChar(octets[at])) {
            at++;
            if (at - start > KEYWORD_OCTETS) {
                throw fault("a known word", Grammar.BASE);
            }
        }
        return ascii(start, at).toUpperCase(Locale.ROOT);
    }

    /// The next letters, at most so many, in upper case.
    String keywordOf(int length) {
        int start = at;
        while (at < octets.length
                && at - start < length
                && Grammar.upper(octets[at]) >= 'A'
                && Grammar.upper(octets[at]) <= 'Z') {
            at++;
        }
        return ascii(start, at).toUpperCase(Locale.ROOT);
    }

    private static boolean isKeywordChar(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || Grammar.isDigit(b)
                || b == '.'
                || b == '-'
                || b == '_'
                || b == '='
                || b == '/';
    }

    /// Takes a word if it is next, in any case, and not the beginning of a longer one.
    boolean takeWord(String word) {
        int end = at + word.length();
        if (end > octets.length || (end < octets.length && isKeywordChar(octets[end]))) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (Grammar.upper(octets[at + i]) != word.charAt(i)) {
                return false;
            }
        }
        at = end;
        return true;
    }

    /// `tag = 1*<any ASTRING-CHAR except "+">`
    String tag() {
        int start = at;
        while (at < octets.length && Grammar.isTagChar(octets[at])) {
            at++;
        }
        if (at == start) {
            throw fault("a tag", Grammar.BASE);
        }
        if (at - start > limits.tagOctets()) {
            throw new SyntaxFault(start, "a shorter tag", null);
        }
        return ascii(start, at);
    }

    /// `atom = 1*ATOM-CHAR`
    String atom() {
        int start = at;
        while (at < octets.length && Grammar.isAtomChar(octets[at])) {
            at++;
        }
        if (at == start) {
            throw fault("an atom", Grammar.BASE);
        }
        return ascii(start, at);
    }

    String ascii(int from, int to) {
        return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
    }

    byte[] slice(int from, int to) {
        return Arrays.copyOfRange(octets, from, to);
    }

    /// `number = 1*DIGIT`, up to a largest value
    long number(long max) {
        int start = at;
        long value = 0;
        while (at < octets.length && Grammar.isDigit(octets[at])) {
            int digit = octets[at] - '0';
            if (value > (max - digit) / 10) {
                throw fault("a number up to " + max, Grammar.BASE);
            }
            value = value * 10 + digit;
            at++;
        }
        if (at == start) {
            throw fault("a number", Grammar.BASE);
        }
        return value;
    }

    /// `nz-number = digit-nz *DIGIT`, up to a largest value
    long nonZero(long max) {
        if (peek() == '0') {
            throw fault("a number above 0", Grammar.BASE);
        }
        return number(max);
    }

    /// `astring = 1*ASTRING-CHAR / string`
    byte[] astring() {
        return atStringStart() ? string() : run(false);
    }

    /// `list-mailbox = 1*list-char / string`
    byte[] listMailbox() {
        return atStringStart() ? string() : run(true);
    }

    private boolean atStringStart() {
        int next = peek();
        return next == '"' || next == '{';
    }

    private byte[] run(boolean wildcards) {
        int start = at;
        boolean raw = dialect.utf8() || dialect.allows(ImapLeniency.UTF8_BEFORE_ENABLE);
        while (at < octets.length
                && (Grammar.isAstringChar(octets[at])
                        || (wildcards && Grammar.isListChar(octets[at]))
                        || (octets[at] < 0 && raw))) {
            at++;
        }
        if (at == start) {
            throw fault("a string", Grammar.BASE);
        }
        return slice(start, at);
    }

    /// `string = quoted / literal`
    byte[] string() {
        if (peek() == '"') {
            return quoted();
        }
        if (peek() == '{') {
            return literal();
        }
        throw fault("a string", Grammar.BASE);
    }

    /// `quoted = DQUOTE *QUOTED-CHAR DQUOTE`
    private byte[] quoted() {
        at++;
        boolean raw = dialect.utf8() || dialect.allows(ImapLeniency.UTF8_BEFORE_ENABLE);
        int start = at;
        int escapes = 0;
        while (at < octets.length && octets[at] != '"') {
            byte b = octets[at];
            if (b == '\\') {
                if (isEscape(at)) {
                    at++;
                    escapes++;
                } else if (!dialect.allows(ImapLeniency.BARE_BACKSLASH)) {
                    throw fault("a quote or a backslash", Grammar.BASE);
                }
            } else if (b < 0 ? !raw : !Grammar.isQuotedChar(b)) {
                throw fault("a character that may stand in quotes", Grammar.BASE);
            }
            at++;
        }
        if (at >= octets.length) {
            throw fault("a closing quote", Grammar.BASE);
        }
        int end = at++;
        return escapes == 0 ? slice(start, end) : unescaped(start, end, end - start - escapes);
    }

    /// `"\" quoted-specials`
    private boolean isEscape(int place) {
        return place + 1 < octets.length && (octets[place + 1] == '"' || octets[place + 1] == '\\');
    }

    private byte[] unescaped(int start, int end, int length) {
        byte[] out = new byte[length];
        int o = 0;
        for (int i = start; i < end; i++) {
            if (octets[i] == '\\' && isEscape(i)) {
                i++;
            }
            out[o++] = octets[i];
        }
        return out;
    }

    /// `literal = "{" number64 ["+"] "}" CRLF *CHAR8`
    private byte[] literal() {
        at++;
        long size = number(Integer.MAX_VALUE);
        take('+');
        expect('}');
        if (peek() != '\r' || at + 1 >= octets.length || octets[at + 1] != '\n') {
            throw fault("a line end after a literal's size", Grammar.BASE);
        }
        at += 2;
        if (size > octets.length - at) {
            throw fault("a whole literal", Grammar.BASE);
        }
        int start = at;
        at += (int) size;
        return slice(start, at);
    }

    /// Whether all that is left is the announcement of a literal.
    boolean atLiteralAtEnd() {
        byte[] rest = slice(at, octets.length);
        LiteralMark mark = LiteralMark.find(rest);
        return mark != null && mark.start() == 0;
    }

    /// `literal8 = "~{" number64 ["+"] "}" CRLF *OCTET`, or a string without NUL
    byte[] stringOrLiteral8() {
        if (peek() == '~') {
            at++;
            if (peek() != '{') {
                throw fault("a literal", "RFC 3516 §7");
            }
            return literal();
        }
        return string();
    }

    /// A string as text; the octets must be well-formed UTF-8 without NUL.
    String text(byte[] raw) {
        for (byte b : raw) {
            if (b == 0) {
                throw fault("a string without NUL", Grammar.BASE);
            }
        }
        return Utf8.decode(raw, at);
    }

    /// `mailbox = "INBOX" / astring`
    MailboxPath mailbox() {
        return mailbox(astring(), false);
    }

    /// A mailbox name that may end with a separator, as in CREATE (RFC 9051 §6.3.4).
    MailboxPath newMailbox() {
        return mailbox(astring(), true);
    }

    private MailboxPath mailbox(byte[] raw, boolean separatorAllowed) {
        String text = mailboxText(raw);
        int last = text.length() - 1;
        if (last > 0
                && text.charAt(last) == MailboxPath.DELIMITER
                && (separatorAllowed || dialect.allows(ImapLeniency.TRAILING_SEPARATOR))) {
            text = text.substring(0, last);
            if (text.charAt(last - 1) == MailboxPath.DELIMITER) {
                throw fault("one separator at the end at most", "RFC 9051 §6.3.4");
            }
        }
        if (text.isEmpty()) {
            throw fault("a mailbox name", Grammar.BASE);
        }
        MailboxPath name = new MailboxPath(text);
        if (name.depth() > limits.nameDepth()) {
            throw tooMany("levels in a mailbox name");
        }
        return name;
    }

    /// The Unicode of a mailbox name or pattern, without control characters; may be empty.
    String mailboxText(byte[] raw) {
        String text = decodedName(raw);
        if (text.getBytes(StandardCharsets.UTF_8).length > limits.nameOctets()) {
            throw new SyntaxFault(at, "a shorter mailbox name", null);
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw fault("a mailbox name without control characters", "RFC 9051 §5.1");
            }
        }
        return text;
    }

    private String decodedName(byte[] raw) {
        if (dialect.utf8()) {
            return text(raw);
        }
        for (byte b : raw) {
            if (b < 0) {
                if (dialect.allows(ImapLeniency.UTF8_BEFORE_ENABLE)) {
                    return text(raw);
                }
                throw fault("a mailbox name in modified UTF-7", "RFC 3501 §5.1.3");
            }
        }
        try {
            return ModifiedUtf7.decode(raw);
        } catch (SyntaxFault broken) {
            if (dialect.allows(ImapLeniency.PLAIN_AMPERSAND)) {
                return text(raw);
            }
            throw broken;
        }
    }

    /// `sequence-set = (seq-number / seq-range) ["," sequence-set]` / `"$"`
    SequenceSet sequenceSet() {
        if (take('$')) {
            return SequenceSet.SAVED;
        }
        List<SequenceRange> ranges = new ArrayList<>();
        do {
            if (ranges.size() == limits.sequenceRanges()) {
                throw tooMany("ranges in a sequence set");
            }
            long first = sequenceNumber();
            long last = take(':') ? sequenceNumber() : first;
            ranges.add(new SequenceRange(first, last));
        } while (take(','));
        return new SequenceSet(false, ranges);
    }

    /// `seq-number = nz-number / "*"`
    private long sequenceNumber() {
        return take('*') ? SequenceRange.STAR : nonZero(SequenceRange.MAX);
    }

    /// A sequence set without `*`: `known-uids`, `uid-set`.
    NumberSet numberSet() {
        NumberSet.Builder builder = NumberSet.builder();
        int count = 0;
        do {
            if (count++ == limits.sequenceRanges()) {
                throw tooMany("ranges in a set");
            }
            long first = nonZero(SequenceRange.MAX);
            long last = take(':') ? nonZero(SequenceRange.MAX) : first;
            builder.addRange(first, last);
        } while (take(','));
        return builder.build();
    }

    /// `partial-range = nz-number ":" nz-number / MINUS nz-number ":" MINUS nz-number`
    PartialRange partialRange() {
        boolean fromEnd = take('-');
        long first = nonZero(SequenceRange.MAX);
        expect(':');
        if (take('-') != fromEnd) {
            throw fault("two ends of one sign", "RFC 9394 §3.1");
        }
        long last = nonZero(SequenceRange.MAX);
        return fromEnd ? new PartialRange(-first, -last) : new PartialRange(first, last);
    }

    /// `flag = "\Answered" / … / flag-keyword / flag-extension`, not `\Recent`
    Flag flag() {
        Flag flag = anyFlag();
        if (flag.equals(Flag.RECENT)) {
            throw fault("a flag that can be set", "RFC 3501 §9");
        }
        return flag;
    }

    /// `flag-fetch = flag / obsolete-flag-recent`
    Flag anyFlag() {
        return take('\\') ? new Flag("\\" + atom()) : new Flag(atom());
    }

    /// `flag-list = "(" [flag *(SP flag)] ")"`
    List<Flag> flagList() {
        expect('(');
        List<Flag> flags = new ArrayList<>();
        if (!take(')')) {
            do {
                if (flags.size() == limits.listItems()) {
                    throw tooMany("flags");
                }
                flags.add(flag());
            } while (take(' '));
            expect(')');
        }
        return flags;
    }

    /// `objectid = 1*255(ALPHA / DIGIT / "_" / "-")`
    String objectId() {
        int start = at;
        while (at < octets.length
                && at - start < 255
                && isKeywordChar(octets[at])
                && octets[at] != '.'
                && octets[at] != '='
                && octets[at] != '/') {
            at++;
        }
        if (at == start) {
            throw fault("an object id", "RFC 8474 §7");
        }
        return ascii(start, at);
    }
}
