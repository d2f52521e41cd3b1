package org.facteur.wire.imap;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Reads one command held in memory.
///
/// Commands come in pieces on a connection: [ImapCommandAssembler] puts them together, handles
/// APPEND, whose letters are not kept, and calls this. Stateless but for what the constructor was
/// given; may be shared between threads.
public final class ImapParser {
    /// A client's name for itself has at most so many fields (RFC 2971 §3.3).
    private static final int ID_FIELDS = 30;

    private static final int ID_FIELD_OCTETS = 30;
    private static final int ID_VALUE_OCTETS = 1024;

    /// The commands in which a string, and so a literal, may stand.
    private static final Set<String> WITH_STRINGS =
            Set.of(
                    "ID",
                    "LOGIN",
                    "SELECT",
                    "EXAMINE",
                    "CREATE",
                    "DELETE",
                    "RENAME",
                    "SUBSCRIBE",
                    "UNSUBSCRIBE",
                    "LIST",
                    "LSUB",
                    "STATUS",
                    "APPEND",
                    "SEARCH",
                    "SORT",
                    "THREAD",
                    "FETCH",
                    "COPY",
                    "MOVE",
                    "GETQUOTA",
                    "GETQUOTAROOT",
                    "SETQUOTA",
                    "GETACL",
                    "SETACL",
                    "DELETEACL",
                    "LISTRIGHTS",
                    "MYRIGHTS",
                    "GETMETADATA",
                    "SETMETADATA",
                    "NOTIFY",
                    "ESEARCH",
                    "REPLACE",
                    "UID");

    private final ImapLimits.Grammars limits;
    private final ImapDialect dialect;

    public ImapParser(ImapLimits.Grammars limits, ImapDialect dialect) {
        this.limits = limits;
        this.dialect = dialect;
    }

    /// Reads a whole command other than APPEND.
    ///
    /// @param octets its lines joined by CRLF, literals in their places, no CRLF at the end
    /// @throws SyntaxFault when it breaks the grammar or a limit
    public TaggedCommand parse(byte[] octets) {
        ImapCursor cursor = new ImapCursor(octets, limits, dialect);
        String tag = cursor.tag();
        cursor.space();
        ImapCommand command = command(cursor);
        cursor.end();
        return new TaggedCommand(tag, command);
    }

    /// The tag a line begins with, or null when it begins with none: for the answer to a line that
    /// is otherwise unreadable.
    @Nullable String findTag(byte[] line) {
        ImapCursor cursor = new ImapCursor(line, limits, dialect);
        try {
            String tag = cursor.tag();
            return cursor.peek() == ' ' || cursor.atEnd() ? tag : null;
        } catch (SyntaxFault _) {
            return null;
        }
    }

    /// Checks that the command begun by a line is one in which a literal may stand, before the
    /// client is asked to send it.
    ///
    /// @return its first word, behind UID the second
    /// @throws SyntaxFault when it is not
    String checkLiteralAllowed(byte[] line) {
        ImapCursor cursor = new ImapCursor(line, limits, dialect);
        cursor.tag();
        cursor.space();
        String verb = cursor.keyword();
        if (!WITH_STRINGS.contains(verb)) {
            throw cursor.fault("a command with a string in it", Grammar.BASE);
        }
        return verb.equals("UID") && cursor.take(' ') ? cursor.keyword() : verb;
    }

    boolean allows(ImapLeniency leniency) {
        return dialect.allows(leniency);
    }

    ImapCursor cursor(byte[] octets) {
        return new ImapCursor(octets, limits, dialect);
    }

    /// `command = tag SP (command-any / command-auth / command-nonauth / command-select) CRLF`
    private static ImapCommand command(ImapCursor cursor) {
        String verb = cursor.keyword();
        return switch (verb) {
            case "CAPABILITY" -> new ImapCommand.Capability();
            case "NOOP" -> new ImapCommand.Noop();
            case "LOGOUT" -> new ImapCommand.Logout();
            case "STARTTLS" -> new ImapCommand.StartTls();
            case "NAMESPACE" -> new ImapCommand.Namespace();
            case "IDLE" -> new ImapCommand.Idle();
            case "UNAUTHENTICATE" -> new ImapCommand.Unauthenticate();
            case "GETJMAPACCESS" -> new ImapCommand.GetJmapAccess();
            case "CHECK" -> new ImapCommand.Check();
            case "CLOSE" -> new ImapCommand.Close();
            case "UNSELECT" -> new ImapCommand.Unselect();
            case "EXPUNGE" -> new ImapCommand.Expunge();
            case "UIDBATCHES" -> batches(cursor);
            case "UID" -> uid(cursor);
            case "SEARCH" -> new SearchParser(cursor).search(false);
            case "SORT" -> new SearchParser(cursor).sort(false);
            case "THREAD" -> new SearchParser(cursor).thread(false);
            case "FETCH" -> new FetchParser(cursor).fetch(false);
            case "STORE" -> store(cursor, false);
            case "COPY" -> copy(cursor, false);
            case "MOVE" -> move(cursor, false);
            case "ID" -> id(cursor);
            case "LOGIN" -> login(cursor);
            case "AUTHENTICATE" -> authenticate(cursor);
            case "ENABLE" -> enable(cursor);
            case "COMPRESS" -> compress(cursor);
            case "NOTIFY" -> new NotifyParser(cursor).command();
            case "ESEARCH" -> new SearchParser(cursor).multiSearch();
            default -> {
                ImapCommand sharing = SharingCommandParser.command(verb, cursor);
                yield sharing == null ? MailboxCommandParser.command(verb, cursor) : sharing;
            }
        };
    }

    /// `uid = "UID" SP (copy / move / fetch / search / sort / store / thread)` / `"UID EXPUNGE" SP
    /// sequence-set`
    private static ImapCommand uid(ImapCursor cursor) {
        cursor.space();
        String verb = cursor.keyword();
        return switch (verb) {
            case "SEARCH" -> new SearchParser(cursor).search(true);
            case "SORT" -> new SearchParser(cursor).sort(true);
            case "THREAD" -> new SearchParser(cursor).thread(true);
            case "FETCH" -> new FetchParser(cursor).fetch(true);
            case "STORE" -> store(cursor, true);
            case "COPY" -> copy(cursor, true);
            case "MOVE" -> move(cursor, true);
            case "EXPUNGE" -> {
                cursor.space();
                yield new ImapCommand.UidExpunge(cursor.sequenceSet());
            }
            default -> throw cursor.fault("a command that takes UIDs", Grammar.BASE);
        };
    }

    /// `uidbatches = "UIDBATCHES" SP nz-number [SP nz-number ":" nz-number]`
    private static ImapCommand batches(ImapCursor cursor) {
        cursor.space();
        long size = cursor.nonZero(SequenceRange.MAX);
        if (cursor.atCommandEnd()) {
            return new ImapCommand.UidBatches(size, null);
        }
        cursor.space();
        long first = cursor.nonZero(SequenceRange.MAX);
        cursor.expect(':');
        long last = cursor.nonZero(SequenceRange.MAX);
        return new ImapCommand.UidBatches(size, new ImapCommand.BatchRange(first, last));
    }

    /// `id = "ID" SP ("(" string SP nstring *(SP string SP nstring) ")" / nil)`
    private static ImapCommand id(ImapCursor cursor) {
        cursor.space();
        List<IdField> fields = new ArrayList<>();
        if (cursor.takeWord("NIL")) {
            return new ImapCommand.Id(fields);
        }
        cursor.expect('(');
        if (!cursor.take(')')) {
            do {
                if (fields.size() == ID_FIELDS) {
                    throw cursor.fault("at most 30 fields", "RFC 2971 §3.3");
                }
                String field = cursor.text(shortEnough(cursor, cursor.string(), ID_FIELD_OCTETS));
                cursor.space();
                @Nullable String value =
                        cursor.takeWord("NIL")
                                ? null
                                : cursor.text(
                                        shortEnough(cursor, cursor.string(), ID_VALUE_OCTETS));
                fields.add(new IdField(field, value));
            } while (cursor.take(' '));
            cursor.expect(')');
        }
        return new ImapCommand.Id(fields);
    }

    private static byte[] shortEnough(ImapCursor cursor, byte[] octets, int limit) {
        if (octets.length > limit) {
            throw cursor.fault("at most " + limit + " octets", "RFC 2971 §3.3");
        }
        return octets;
    }

    /// `login = "LOGIN" SP userid SP password`
    private static ImapCommand login(ImapCursor cursor) {
        cursor.space();
        String user = cursor.text(cursor.astring());
        cursor.space();
        return new ImapCommand.Login(user, cursor.text(cursor.astring()));
    }

    /// `authenticate = "AUTHENTICATE" SP auth-type [SP (base64 / "=")]`
    private static ImapCommand authenticate(ImapCursor cursor) {
        cursor.space();
        String mechanism = cursor.atom().toUpperCase(Locale.ROOT);
        if (cursor.atCommandEnd()) {
            return new ImapCommand.Authenticate(mechanism, null);
        }
        cursor.space();
        if (cursor.take('=')) {
            return new ImapCommand.Authenticate(mechanism, Octets.EMPTY);
        }
        int start = cursor.offset();
        while (isBase64(cursor.peek())) {
            cursor.seek(cursor.offset() + 1);
        }
        return new ImapCommand.Authenticate(
                mechanism, base64(cursor.slice(start, cursor.offset()), start));
    }

    private static boolean isBase64(int c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/'
                || c == '=';
    }

    /// What a client answers to a challenge: `base64 CRLF`, or `*` to give up (RFC 9051 §6.2.2).
    ///
    /// @return the octets, or null when the client gave up
    /// @throws SyntaxFault when the line is neither
    public static @Nullable Octets parseSaslResponse(byte[] line) {
        if (line.length == 1 && line[0] == '*') {
            return null;
        }
        return base64(line, 0);
    }

    /// `base64 = *(4base64-char) [base64-terminal]`
    static Octets base64(byte[] text, int offset) {
        int padding = 0;
        for (int i = 0; i < text.length; i++) {
            if (!isBase64(text[i] & 0xFF) || (padding > 0 && text[i] != '=')) {
                throw SyntaxFault.at(offset + i, "base64", Grammar.BASE);
            }
            padding += text[i] == '=' ? 1 : 0;
        }
        if (text.length % 4 != 0 || padding > 2) {
            throw SyntaxFault.at(offset + text.length, "base64 in whole groups", Grammar.BASE);
        }
        return Octets.copyOf(Base64.getDecoder().decode(text));
    }

    /// `enable = "ENABLE" 1*(SP capability)`
    private static ImapCommand enable(ImapCursor cursor) {
        List<String> capabilities = new ArrayList<>();
        do {
            cursor.space();
            if (capabilities.size() == cursor.limits().listItems()) {
                throw cursor.tooMany("capabilities");
            }
            capabilities.add(cursor.atom().toUpperCase(Locale.ROOT));
        } while (!cursor.atCommandEnd());
        return new ImapCommand.Enable(capabilities);
    }

    /// `compress = "COMPRESS" SP algorithm`
    private static ImapCommand compress(ImapCursor cursor) {
        cursor.space();
        return new ImapCommand.Compress(cursor.atom().toUpperCase(Locale.ROOT));
    }

    /// `store = "STORE" SP sequence-set [SP store-modifiers] SP store-att-flags`
    private static ImapCommand store(ImapCursor cursor, boolean uid) {
        cursor.space();
        SequenceSet messages = cursor.sequenceSet();
        cursor.space();
        Long unchangedSince = null;
        if (cursor.take('(')) {
            if (!cursor.takeWord("UNCHANGEDSINCE")) {
                throw cursor.fault("UNCHANGEDSINCE", "RFC 7162 §7");
            }
            cursor.space();
            unchangedSince = cursor.number(Long.MAX_VALUE);
            cursor.expect(')');
            cursor.space();
        }
        return new ImapCommand.Store(uid, messages, flagChange(cursor), unchangedSince);
    }

    /// `store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP (flag-list / (flag *(SP flag)))`
    private static FlagChange flagChange(ImapCursor cursor) {
        FlagChange.Mode mode =
                cursor.take('+')
                        ? FlagChange.Mode.ADD
                        : cursor.take('-') ? FlagChange.Mode.REMOVE : FlagChange.Mode.REPLACE;
        String word = cursor.keyword();
        boolean silent = word.equals("FLAGS.SILENT");
        if (!silent && !word.equals("FLAGS")) {
            throw cursor.fault("FLAGS", Grammar.BASE);
        }
        cursor.space();
        if (cursor.peek() == '(') {
            return new FlagChange(mode, silent, cursor.flagList());
        }
        List<Flag> flags = new ArrayList<>();
        flags.add(cursor.flag());
        while (!cursor.atCommandEnd()) {
            cursor.space();
            if (flags.size() == cursor.limits().listItems()) {
                throw cursor.tooMany("flags");
            }
            flags.add(cursor.flag());
        }
        return new FlagChange(mode, silent, flags);
    }

    /// `copy = "COPY" SP sequence-set SP mailbox`
    private static ImapCommand copy(ImapCursor cursor, boolean uid) {
        cursor.space();
        SequenceSet messages = cursor.sequenceSet();
        cursor.space();
        return new ImapCommand.Copy(uid, messages, cursor.mailbox());
    }

    /// `move = "MOVE" SP sequence-set SP mailbox`
    private static ImapCommand move(ImapCursor cursor, boolean uid) {
        cursor.space();
        SequenceSet messages = cursor.sequenceSet();
        cursor.space();
        return new ImapCommand.Move(uid, messages, cursor.mailbox());
    }

    /// A table from the words of an enum, as on the wire, to its constants.
    static <E extends Enum<E>> Map<String, E> words(E[] constants, Function<E, String> keyword) {
        Map<String, E> words = new HashMap<>();
        for (E constant : constants) {
            words.put(keyword.apply(constant), constant);
        }
        return Map.copyOf(words);
    }
}
