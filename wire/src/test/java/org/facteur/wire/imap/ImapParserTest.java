package org.facteur.wire.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class ImapParserTest {
    private static final ImapParser LENIENT =
            new ImapParser(ImapLimits.AFTER_LOGIN.grammar(), ImapDialect.server(false));
    private static final ImapParser STRICT =
            new ImapParser(ImapLimits.AFTER_LOGIN.grammar(), ImapDialect.strict(false));
    private static final ImapParser UTF8 =
            new ImapParser(ImapLimits.AFTER_LOGIN.grammar(), ImapDialect.strict(true));

    private static ImapCommand strict(String line) {
        return STRICT.parse(Pieces.octets("a1 " + line)).command();
    }

    private static SequenceSet set(long... firstsAndLasts) {
        SequenceRange[] ranges = new SequenceRange[firstsAndLasts.length / 2];
        for (int i = 0; i < ranges.length; i++) {
            ranges[i] = new SequenceRange(firstsAndLasts[2 * i], firstsAndLasts[2 * i + 1]);
        }
        return new SequenceSet(false, List.of(ranges));
    }

    private static MailboxPath box(String name) {
        return new MailboxPath(name);
    }

    /// Examples of RFC 9051, RFC 3501, RFC 7162, RFC 5258, RFC 6154, RFC 4959, RFC 9394, RFC 8970.
    static final List<Arguments> EXAMPLES =
            List.of(
                    Arguments.of("CAPABILITY", new ImapCommand.Capability()),
                    Arguments.of("noop", new ImapCommand.Noop()),
                    Arguments.of("Logout", new ImapCommand.Logout()),
                    Arguments.of("STARTTLS", new ImapCommand.StartTls()),
                    Arguments.of("LOGIN SMITH SESAME", new ImapCommand.Login("SMITH", "SESAME")),
                    Arguments.of(
                            "LOGIN \"a b\" \"q\\\"\\\\\"", new ImapCommand.Login("a b", "q\"\\")),
                    Arguments.of(
                            "AUTHENTICATE GSSAPI", new ImapCommand.Authenticate("GSSAPI", null)),
                    Arguments.of(
                            "AUTHENTICATE PLAIN dGVzdAB0ZXN0AHRlc3Q=",
                            new ImapCommand.Authenticate(
                                    "PLAIN", Octets.ofLatin1("test\0test\0test"))),
                    Arguments.of(
                            "AUTHENTICATE external =",
                            new ImapCommand.Authenticate("EXTERNAL", Octets.EMPTY)),
                    Arguments.of(
                            "ENABLE CONDSTORE X-GOOD-IDEA",
                            new ImapCommand.Enable(List.of("CONDSTORE", "X-GOOD-IDEA"))),
                    Arguments.of(
                            "SELECT INBOX",
                            new ImapCommand.Select(MailboxPath.INBOX, SelectParameters.NONE)),
                    Arguments.of(
                            "SELECT inbox (CONDSTORE)",
                            new ImapCommand.Select(
                                    MailboxPath.INBOX, new SelectParameters(true, null))),
                    Arguments.of(
                            "SELECT INBOX (QRESYNC (67890007 90060115194045000 41,43:211,214:541))",
                            new ImapCommand.Select(
                                    MailboxPath.INBOX,
                                    new SelectParameters(
                                            false,
                                            new SelectParameters.Resync(
                                                    67890007,
                                                    90060115194045000L,
                                                    NumberSet.builder()
                                                            .add(41)
                                                            .addRange(43, 211)
                                                            .addRange(214, 541)
                                                            .build(),
                                                    null)))),
                    Arguments.of(
                            "EXAMINE foo (QRESYNC (1 2 (1,3 5,9)))",
                            new ImapCommand.Examine(
                                    box("foo"),
                                    new SelectParameters(
                                            false,
                                            new SelectParameters.Resync(
                                                    1,
                                                    2,
                                                    null,
                                                    new SelectParameters.SequenceMatch(
                                                            NumberSet.of(1, 3),
                                                            NumberSet.of(5, 9)))))),
                    Arguments.of(
                            "CREATE owatagusiam/",
                            new ImapCommand.Create(box("owatagusiam"), List.of())),
                    Arguments.of(
                            "CREATE MySpecial (USE (\\Drafts \\Sent))",
                            new ImapCommand.Create(
                                    box("MySpecial"),
                                    List.of(MailboxAttribute.DRAFTS, MailboxAttribute.SENT))),
                    Arguments.of("DELETE foo", new ImapCommand.Delete(box("foo"))),
                    Arguments.of(
                            "RENAME INBOX old-mail",
                            new ImapCommand.Rename(MailboxPath.INBOX, box("old-mail"))),
                    Arguments.of("SUBSCRIBE &U,BTFw-", new ImapCommand.Subscribe(box("台北"))),
                    Arguments.of(
                            "UNSUBSCRIBE #news.comp.mail",
                            new ImapCommand.Unsubscribe(box("#news.comp.mail"))),
                    Arguments.of("NAMESPACE", new ImapCommand.Namespace()),
                    Arguments.of(
                            "STATUS blurdybloop (UIDNEXT MESSAGES)",
                            new ImapCommand.Status(
                                    box("blurdybloop"),
                                    Set.of(StatusItem.UIDNEXT, StatusItem.MESSAGES))),
                    Arguments.of("IDLE", new ImapCommand.Idle()),
                    Arguments.of(
                            "LSUB \"#news.\" \"comp.mail.*\"",
                            new ImapCommand.ListSubscribed("#news.", "comp.mail.*")),
                    Arguments.of("GETQUOTA \"\"", new ImapCommand.GetQuota("")),
                    Arguments.of(
                            "GETQUOTAROOT INBOX", new ImapCommand.GetQuotaRoot(MailboxPath.INBOX)),
                    Arguments.of("COMPRESS DEFLATE", new ImapCommand.Compress("DEFLATE")),
                    Arguments.of("UIDBATCHES 500", new ImapCommand.UidBatches(500, null)),
                    Arguments.of(
                            "UIDBATCHES 2000 3:5",
                            new ImapCommand.UidBatches(2000, new ImapCommand.BatchRange(3, 5))),
                    Arguments.of("UNAUTHENTICATE", new ImapCommand.Unauthenticate()),
                    Arguments.of("CHECK", new ImapCommand.Check()),
                    Arguments.of("CLOSE", new ImapCommand.Close()),
                    Arguments.of("UNSELECT", new ImapCommand.Unselect()),
                    Arguments.of("EXPUNGE", new ImapCommand.Expunge()),
                    Arguments.of(
                            "UID EXPUNGE 3000:3002", new ImapCommand.UidExpunge(set(3000, 3002))),
                    Arguments.of(
                            "COPY 2:4 MEETING",
                            new ImapCommand.Copy(false, set(2, 4), box("MEETING"))),
                    Arguments.of(
                            "UID MOVE 42:69 foo",
                            new ImapCommand.Move(true, set(42, 69), box("foo"))),
                    Arguments.of(
                            "STORE 2:4 +FLAGS (\\Deleted)",
                            new ImapCommand.Store(
                                    false,
                                    set(2, 4),
                                    new FlagChange(
                                            FlagChange.Mode.ADD, false, List.of(Flag.DELETED)),
                                    null)),
                    Arguments.of(
                            "UID STORE 6,4,8 (UNCHANGEDSINCE 12121230045) -flags.silent \\deleted $x",
                            new ImapCommand.Store(
                                    true,
                                    set(6, 6, 4, 4, 8, 8),
                                    new FlagChange(
                                            FlagChange.Mode.REMOVE,
                                            true,
                                            List.of(Flag.DELETED, new Flag("$X"))),
                                    12121230045L)));

    @ParameterizedTest
    @FieldSource("EXAMPLES")
    void readsTheExamplesOfTheStandards(String line, ImapCommand expected) {
        assertThat(strict(line)).isEqualTo(expected);
        assertThat(LENIENT.parse(Pieces.octets("a1 " + line + " ")))
                .isEqualTo(new TaggedCommand("a1", expected));
    }

    private static final SearchKey SMITH = new SearchKey.Contains(SearchKey.Place.FROM, "Smith");

    static final List<Arguments> SEARCHES =
            List.of(
                    Arguments.of(
                            "SEARCH FLAGGED SINCE 1-Feb-1994 NOT FROM \"Smith\"",
                            null,
                            new SearchKey.And(
                                    List.of(
                                            new SearchKey.HasFlag(Flag.FLAGGED),
                                            new SearchKey.Dated(
                                                    SearchKey.Moment.ARRIVED,
                                                    SearchKey.Relation.SINCE,
                                                    LocalDate.of(1994, 2, 1)),
                                            new SearchKey.Not(SMITH)))),
                    Arguments.of(
                            "SEARCH RETURN () 1:*",
                            new SearchResultOptions(Set.of(SearchResultOptions.Option.ALL), null),
                            new SearchKey.Numbers(SequenceSet.EVERYTHING)),
                    Arguments.of(
                            "SEARCH RETURN (SAVE MIN) $",
                            new SearchResultOptions(
                                    Set.of(
                                            SearchResultOptions.Option.SAVE,
                                            SearchResultOptions.Option.MIN),
                                    null),
                            new SearchKey.Numbers(SequenceSet.SAVED)),
                    Arguments.of(
                            "SEARCH RETURN (PARTIAL -1:-100) UNDELETED UNKEYWORD $Junk",
                            new SearchResultOptions(Set.of(), new PartialRange(-1, -100)),
                            new SearchKey.And(
                                    List.of(
                                            new SearchKey.LacksFlag(Flag.DELETED),
                                            new SearchKey.LacksFlag(new Flag("$Junk"))))),
                    Arguments.of("SEARCH CHARSET UTF-8 TEXT {8}\r\nматьОК", null, null),
                    Arguments.of(
                            "SEARCH OR (OR SEEN DRAFT NOT (UID 5 LARGER 3)) HEADER X-A \"\"",
                            null,
                            new SearchKey.Or(
                                    new SearchKey.And(
                                            List.of(
                                                    new SearchKey.Or(
                                                            new SearchKey.HasFlag(Flag.SEEN),
                                                            new SearchKey.HasFlag(Flag.DRAFT)),
                                                    new SearchKey.Not(
                                                            new SearchKey.And(
                                                                    List.of(
                                                                            new SearchKey.Uids(
                                                                                    SequenceSet.of(
                                                                                            5)),
                                                                            new SearchKey.Larger(
                                                                                    3)))))),
                                    new SearchKey.Header("X-A", ""))),
                    Arguments.of(
                            "SEARCH MODSEQ \"/flags/\\\\draft\" all 620162338",
                            null,
                            new SearchKey.ModSeq("/flags/\\draft", 620162338)),
                    Arguments.of(
                            "SEARCH SAVEDBEFORE \"28-Dec-2014\" YOUNGER 3600 EMAILID M6d99",
                            null,
                            new SearchKey.And(
                                    List.of(
                                            new SearchKey.Dated(
                                                    SearchKey.Moment.SAVED,
                                                    SearchKey.Relation.BEFORE,
                                                    LocalDate.of(2014, 12, 28)),
                                            new SearchKey.Younger(3600),
                                            new SearchKey.EmailId("M6d99")))));

    @ParameterizedTest
    @FieldSource("SEARCHES")
    void readsSearches(
            String line, @Nullable SearchResultOptions options, @Nullable SearchKey key) {
        SearchKey expected =
                key == null ? new SearchKey.Contains(SearchKey.Place.TEXT, "мать") : key;
        String sent = key == null ? line.replace("ОК", "") : line;
        assertThat(strict(sent)).isEqualTo(new ImapCommand.Search(false, options, expected));
    }

    @Test
    void refusesUnknownCharsetsByValue() {
        assertThat(strict("UID SEARCH CHARSET koi8-r TEXT x"))
                .isEqualTo(new ImapCommand.SearchInUnknownCharset(true, false, "KOI8-R"));
        assertThat(strict("SEARCH RETURN (MIN SAVE) CHARSET koi8-r TEXT x"))
                .isEqualTo(new ImapCommand.SearchInUnknownCharset(false, true, "KOI8-R"));
    }

    @Test
    void readsFetch() {
        assertThat(
                        strict(
                                "FETCH 2:4 (FLAGS BODY[HEADER.FIELDS (DATE FROM)]<0.512>"
                                        + " BODY.PEEK[1.2.MIME] BINARY.PEEK[4] BINARY.SIZE[1.3]"
                                        + " PREVIEW (LAZY) PREVIEW BODY[] BODY)"))
                .isEqualTo(
                        new ImapCommand.Fetch(
                                false,
                                set(2, 4),
                                List.of(
                                        FetchItem.Word.FLAGS,
                                        new FetchItem.Body(
                                                false,
                                                new Section(
                                                        List.of(),
                                                        Section.Text.HEADER_FIELDS,
                                                        List.of("DATE", "FROM")),
                                                new FetchItem.Slice(0, 512)),
                                        new FetchItem.Body(
                                                true,
                                                new Section(
                                                        List.of(1, 2),
                                                        Section.Text.MIME,
                                                        List.of()),
                                                null),
                                        new FetchItem.Binary(true, List.of(4), null),
                                        new FetchItem.BinarySize(List.of(1, 3)),
                                        new FetchItem.Preview(true),
                                        new FetchItem.Preview(false),
                                        new FetchItem.Body(false, Section.WHOLE, null),
                                        FetchItem.Word.BODY),
                                FetchModifiers.NONE));
        assertThat(strict("UID FETCH 300:500 (FLAGS) (CHANGEDSINCE 12345 VANISHED)"))
                .isEqualTo(
                        new ImapCommand.Fetch(
                                true,
                                set(300, 500),
                                List.of(FetchItem.Word.FLAGS),
                                new FetchModifiers(12345L, true, null)));
        assertThat(strict("UID FETCH 25900:26600 ALL (PARTIAL -1:-100)"))
                .isEqualTo(
                        new ImapCommand.Fetch(
                                true,
                                set(25900, 26600),
                                FetchItem.ALL,
                                new FetchModifiers(null, false, new PartialRange(-1, -100))));
    }

    @Test
    void readsList() {
        assertThat(strict("LIST \"\" \"\""))
                .isEqualTo(
                        new ImapCommand.ListMailboxes(
                                false, Set.of(), "", List.of(""), Set.of(), Set.of(), List.of()));
        assertThat(
                        strict(
                                "LIST (SUBSCRIBED RECURSIVEMATCH) \"\" (% \"Mail/%\") RETURN"
                                        + " (CHILDREN STATUS (MESSAGES UNSEEN) SPECIAL-USE)"))
                .isEqualTo(
                        new ImapCommand.ListMailboxes(
                                true,
                                Set.of(ListSelection.SUBSCRIBED, ListSelection.RECURSIVEMATCH),
                                "",
                                List.of("%", "Mail/%"),
                                Set.of(ListReturn.CHILDREN, ListReturn.SPECIAL_USE),
                                Set.of(StatusItem.MESSAGES, StatusItem.UNSEEN),
                                List.of()));
        assertThat(strict("LIST \"\" % RETURN (MYRIGHTS METADATA (/shared/comment))"))
                .isEqualTo(
                        new ImapCommand.ListMailboxes(
                                true,
                                Set.of(),
                                "",
                                List.of("%"),
                                Set.of(ListReturn.MYRIGHTS),
                                Set.of(),
                                List.of("/shared/comment")));
    }

    /// Examples of RFC 4314, RFC 5464 and RFC 9208.
    @Test
    void readsRightsAndNotes() {
        assertThat(strict("SETACL INBOX/Drafts John -lrsw"))
                .isEqualTo(
                        new ImapCommand.SetAcl(
                                box("INBOX/Drafts"),
                                "John",
                                new RightsChange(RightsChange.Mode.REMOVE, "lrsw")));
        assertThat(strict("SETACL a anyone \"\""))
                .isEqualTo(
                        new ImapCommand.SetAcl(
                                box("a"),
                                "anyone",
                                new RightsChange(RightsChange.Mode.REPLACE, "")));
        assertThat(strict("GETMETADATA INBOX (MAXSIZE 1024) (/shared/comment)"))
                .isEqualTo(strict("GETMETADATA (MAXSIZE 1024) INBOX /shared/comment"));
        assertThat(strict("GETMETADATA (DEPTH infinity) \"\" /private"))
                .isEqualTo(
                        new ImapCommand.GetMetadata(
                                null,
                                List.of("/private"),
                                new MetadataOptions(null, MetadataOptions.Depth.ALL)));
        assertThat(strict("SETMETADATA INBOX (/private/comment ~{3}\r\na\0b /shared/x NIL)"))
                .isEqualTo(
                        new ImapCommand.SetMetadata(
                                MailboxPath.INBOX,
                                List.of(
                                        new MetadataEntry(
                                                "/private/comment", Octets.ofLatin1("a\0b")),
                                        new MetadataEntry("/shared/x", null))));
        assertThat(strict("SETQUOTA \"\" (STORAGE 512)"))
                .isEqualTo(
                        new ImapCommand.SetQuota(
                                "", List.of(new ImapCommand.QuotaLimit("STORAGE", 512))));
    }

    @Test
    void readsId() {
        assertThat(strict("ID (\"name\" \"sodr\" \"vendor\" NIL)"))
                .isEqualTo(
                        new ImapCommand.Id(
                                List.of(new IdField("name", "sodr"), new IdField("vendor", null))));
        assertThat(strict("ID NIL")).isEqualTo(new ImapCommand.Id(List.of()));
    }

    @Test
    void takesPlainTextWhereALeniencySaysSo() {
        assertThat(LENIENT.parse(Pieces.octets("a SELECT A&B")).command())
                .isEqualTo(new ImapCommand.Select(box("A&B"), SelectParameters.NONE));
        assertThat(LENIENT.parse(Pieces.octets("a DELETE \"Envoyés/\"")).command())
                .isEqualTo(new ImapCommand.Delete(box("Envoyés")));
        assertThat(UTF8.parse(Pieces.octets("a DELETE \"Envoyés &AOk-\"")).command())
                .isEqualTo(new ImapCommand.Delete(box("Envoyés &AOk-")));
        assertThatThrownBy(() -> strict("SELECT A&B")).isInstanceOf(SyntaxFault.class);
        assertThatThrownBy(() -> strict("DELETE \"Envoyés\"")).isInstanceOf(SyntaxFault.class);
    }

    @Test
    void takesBlanksAndBackslashesWhereALeniencySaysSo() {
        for (String line :
                List.of(
                        "FETCH 1  (FLAGS   UID )",
                        "STORE  1 +FLAGS (\\Seen )",
                        "STATUS INBOX  (MESSAGES  UNSEEN )",
                        "SEARCH  (SEEN  UNDELETED )  ALL")) {
            String tight = line.replace(" )", ")").replace("   ", " ").replace("  ", " ");
            assertThat(LENIENT.parse(Pieces.octets("a " + line)).command())
                    .isEqualTo(strict(tight));
            assertThatThrownBy(() -> strict(line)).isInstanceOf(SyntaxFault.class);
        }
        assertThat(LENIENT.parse(Pieces.octets("a LOGIN \"D\\user\" \"a\\\"b\\\\c\"")).command())
                .isEqualTo(new ImapCommand.Login("D\\user", "a\"b\\c"));
        assertThatThrownBy(() -> strict("LOGIN \"D\\user\" x")).isInstanceOf(SyntaxFault.class);
    }

    @Test
    void takesSearchedTextsInLatinWhereALeniencySaysSo() {
        byte[] latin = "a SEARCH SUBJECT \"d\u00e9j\u00e0\"".getBytes(StandardCharsets.ISO_8859_1);
        SearchKey wanted = new SearchKey.Contains(SearchKey.Place.SUBJECT, "déjà");
        assertThat(LENIENT.parse(latin).command())
                .isEqualTo(new ImapCommand.Search(false, null, wanted));
        assertThat(LENIENT.parse(Pieces.octets("a SEARCH SUBJECT \"déjà\"")).command())
                .isEqualTo(new ImapCommand.Search(false, null, wanted));
        byte[] named =
                "a SEARCH CHARSET UTF-8 SUBJECT \"d\u00e9j\u00e0\""
                        .getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> LENIENT.parse(named)).isInstanceOf(SyntaxFault.class);
        assertThatThrownBy(() -> UTF8.parse(latin)).isInstanceOf(SyntaxFault.class);
    }

    @Test
    void hidesSecrets() {
        assertThat(strict("LOGIN me secret").toString()).doesNotContain("secret");
        assertThat(strict("AUTHENTICATE PLAIN c2VjcmV0").toString()).doesNotContain("secret");
    }

    static final List<String> MALFORMED =
            List.of(
                    "",
                    " ",
                    "XYZZY",
                    "NOOP x",
                    "LOGIN a",
                    "LOGIN a b c",
                    "LOGIN \"a b",
                    "SELECT",
                    "SELECT \"\"",
                    "SELECT INBOX (",
                    "SELECT INBOX (QRESYNC (0 1))",
                    "SELECT INBOX (QRESYNC (1 1 (1:2 5)))",
                    "SELECT &AAo-",
                    "SELECT a%b",
                    "CREATE x (USE (Sent))",
                    "STATUS x ()",
                    "STATUS x (FOO)",
                    "FETCH 0 FLAGS",
                    "FETCH 1 ()",
                    "FETCH 1 (FLAGS",
                    "FETCH 1 BODY[MIME]",
                    "FETCH 1 BODY[1.]",
                    "FETCH 1 BODY[0]",
                    "FETCH 1 BODY[HEADER.FIELDS ()]",
                    "FETCH 1 BODY[]<0.0>",
                    "FETCH 4294967296 FLAGS",
                    "FETCH 1 FLAGS (VANISHED)",
                    "FETCH 1,,2 FLAGS",
                    "UID FETCH 1 FLAGS (VANISHED)",
                    "UID NOOP",
                    "SEARCH",
                    "SEARCH ()",
                    "SEARCH NOT",
                    "SEARCH OR SEEN",
                    "SEARCH (SEEN",
                    "SEARCH SEEN)",
                    "SEARCH SINCE 31-Feb-2020",
                    "SEARCH SINCE 1-Foo-2020",
                    "SEARCH RETURN (ALL PARTIAL 1:2) ALL",
                    "SEARCH RETURN (PARTIAL 1:-2) ALL",
                    "SEARCH LARGER 9223372036854775808",
                    "SEARCH OLDER 0",
                    "STORE 1 FLAGS (\\Recent)",
                    "STORE 1 FLAGS",
                    "STORE 1 FLAGS (a",
                    "LIST (RECURSIVEMATCH) \"\" *",
                    "LIST \"\" () ",
                    "LIST \"\" * RETURN (FOO)",
                    "AUTHENTICATE PLAIN ab",
                    "AUTHENTICATE PLAIN =ab=",
                    "AUTHENTICATE PLAIN a=bc",
                    "ENABLE",
                    "ID (\"a\")",
                    "ID (\"a\" NIL",
                    "COPY $ ",
                    "EXPUNGE 1",
                    "MOVE 1",
                    "LOGIN {3}\r\nab",
                    "LOGIN {3}ab c",
                    "GETQUOTA",
                    "COMPRESS",
                    "SETACL a b +L",
                    "SETACL a \"\" l",
                    "MYRIGHTS a b",
                    "LISTRIGHTS a",
                    "GETMETADATA a comment",
                    "GETMETADATA a /a*",
                    "GETMETADATA (DEPTH 2) a /a",
                    "GETMETADATA () a /a",
                    "SETMETADATA a /a b",
                    "SETMETADATA a (/a)",
                    "SETMETADATA a (/a/ NIL)",
                    "SETQUOTA a (STORAGE)",
                    "LIST \"\" * RETURN (METADATA)",
                    "NOTIFY",
                    "NOTIFY SET",
                    "NOTIFY SET (SELECTED (MessageNew))",
                    "NOTIFY SET (SELECTED (MailboxName))",
                    "NOTIFY SET (PERSONAL (FlagChange))",
                    "NOTIFY SET (SELECTED NONE) (SELECTED-DELAYED NONE)",
                    "NOTIFY SET (PERSONAL (MessageNew (UID) MessageExpunge))",
                    "NOTIFY SET (MAILBOXES NONE)",
                    "ESEARCH IN () ALL",
                    "ESEARCH IN (SELECTED-DELAYED) ALL",
                    "ESEARCH IN (MAILBOXES) ALL",
                    "REPLACE 1 INBOX",
                    "RENAME a b//",
                    "CREATE a//");

    @ParameterizedTest
    @FieldSource("MALFORMED")
    void refusesWhatIsNotInTheGrammar(String line) {
        assertThatThrownBy(() -> strict(line)).isInstanceOf(SyntaxFault.class);
    }

    @Test
    void keepsItsLimits() {
        refused("SEARCH" + " SEEN".repeat(501));
        refused("SEARCH " + "(".repeat(33) + "SEEN" + ")".repeat(33));
        refused("SEARCH " + "NOT ".repeat(33) + "SEEN");
        refused("FETCH " + "1,".repeat(10_000) + "1 FLAGS");
        refused("FETCH 1 (" + "UID ".repeat(1000) + "UID)");
        refused("CREATE " + "a".repeat(256));
        refused("CREATE " + "a/".repeat(20) + "a");
        refused("ID (" + "\"a\" NIL ".repeat(31) + ")");
        assertThatThrownBy(() -> STRICT.parse(Pieces.octets("t".repeat(65) + " NOOP")))
                .isInstanceOf(SyntaxFault.class);
        assertThat(strict("SEARCH " + "(".repeat(32) + "SEEN" + ")".repeat(32)))
                .isEqualTo(new ImapCommand.Search(false, null, new SearchKey.HasFlag(Flag.SEEN)));
        assertThat(strict("FETCH " + "1,".repeat(9999) + "1 FLAGS")).isNotNull();
    }

    private static void refused(String line) {
        assertThatThrownBy(() -> strict(line)).isInstanceOf(SyntaxFault.class);
    }
}
