package org.facteur.wire.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.facteur.wire.text.LineReader;
import org.facteur.wire.text.SyntaxFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImapResponseTest {
    private static String written(boolean utf8, ImapResponse... responses) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImapWriter writer = new ImapWriter(out::write, utf8);
        try {
            for (ImapResponse response : responses) {
                writer.write(response);
            }
            writer.rest();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /// Examples of RFC 9051, RFC 3501, RFC 4315, RFC 7162, RFC 8474, RFC 9208, RFC 9394 as this
    /// writer spells them.
    static final List<String> EXAMPLES =
            List.of(
                    "* OK IMAP4rev2 server ready",
                    "* PREAUTH [CAPABILITY IMAP4rev2 AUTH=PLAIN] hello",
                    "* BYE Autologout; idle for too long",
                    "a1 OK [READ-WRITE] SELECT completed",
                    "a1 NO [TRYCREATE] no such mailbox",
                    "a1 NO [UNKNOWN-CTE] x",
                    "a1 NO [BADCHARSET (US-ASCII UTF-8)] x",
                    "a1 NO [BADCHARSET] x",
                    "a1 BAD command unknown",
                    "* OK [PERMANENTFLAGS (\\Deleted \\Seen \\*)] Limited",
                    "* OK [UIDVALIDITY 3857529045] UIDs valid",
                    "* OK [UIDNEXT 4392] Predicted next UID",
                    "* OK [UNSEEN 12] x",
                    "* OK [HIGHESTMODSEQ 715194045007] x",
                    "* OK [MAILBOXID (F2212ea87-6097-4256-9d51-71338625)] Ok",
                    "a OK [APPENDUID 38505 3955] APPEND completed",
                    "a OK [COPYUID 38505 304,319:320 3956:3958] Done",
                    "a OK [MODIFIED 7,9] Conditional STORE failed",
                    "* OK [X-NEW some text] x",
                    "+ Ready for additional command text",
                    "+ eHk=",
                    "* CAPABILITY IMAP4rev2 LITERAL- QUOTA=RES-STORAGE",
                    "* ENABLED CONDSTORE",
                    "* ID (\"name\" \"Facteur\" \"os\" NIL)",
                    "* ID NIL",
                    "* LIST (\\Noselect) \"/\" \"\"",
                    "* LIST (\\HasNoChildren \\Sent) \"/\" \"Sent Items\"",
                    "* LIST () NIL a",
                    "* LIST () \"/\" NewMailbox (\"OLDNAME\" (OldMailbox))",
                    "* LIST () \"/\" Foo (\"CHILDINFO\" (\"SUBSCRIBED\"))",
                    "* LSUB () \".\" #news.comp.mail.misc",
                    "* NAMESPACE ((\"\" \"/\")) NIL ((\"Shared/\" \"/\")(\"#x\" NIL))",
                    "* STATUS blurdybloop (MESSAGES 231 UIDNEXT 44292)",
                    "* STATUS x (APPENDLIMIT NIL MAILBOXID (Fa))",
                    "* STATUS x ()",
                    "* SEARCH 2 84 882",
                    "* SEARCH",
                    "* SEARCH 2 5 (MODSEQ 917162500)",
                    "* ESEARCH (TAG \"A282\") MIN 2 COUNT 3",
                    "* ESEARCH (TAG \"A285\") UID COUNT 17 ALL 4:18,21,28",
                    "* ESEARCH (TAG \"A\") UID PARTIAL (-1:-100 14,16:50)",
                    "* ESEARCH UID PARTIAL (1:5 NIL)",
                    "* ESEARCH",
                    "* FLAGS (\\Answered \\Flagged $Forwarded)",
                    "* FLAGS ()",
                    "* 23 EXISTS",
                    "* 0 RECENT",
                    "* 44 EXPUNGE",
                    "* VANISHED (EARLIER) 300:310,405,411",
                    "* VANISHED 405",
                    "* QUOTA \"\" (STORAGE 10 512)",
                    "* QUOTAROOT INBOX \"\"",
                    "* 12 FETCH (FLAGS (\\Seen) UID 4827313 RFC822.SIZE 44827 MODSEQ (12121231777))",
                    "* 1 FETCH (INTERNALDATE \"17-Jul-1996 02:44:25 -0700\")",
                    "* 1 FETCH (INTERNALDATE \" 7-Feb-1994 21:52:25 +0530\")",
                    "* 1 FETCH (ENVELOPE (\"Wed\" \"IMAP4\" ((\"T\" NIL \"gray\" \"cac\")) NIL NIL NIL NIL NIL"
                            + " NIL \"<B>\"))",
                    "* 1 FETCH (BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\""
                            + " 1152 23)(\"TEXT\" \"HTML\" NIL NIL NIL \"7BIT\" 4554 73) \"MIXED\"))",
                    "* 1 FETCH (BODY (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 3028 92))",
                    "* 1 FETCH (BODY[HEADER.FIELDS (DATE FROM)]<0> {4}\r\nab\r\n UID 7)",
                    "* 1 FETCH (BODY[] \"\" BODY[3.MIME] NIL BODY[1.2] {1}\r\nx)",
                    "* 1 FETCH (BINARY[1.2]<5> ~{2}\r\n\\x BINARY.SIZE[1] 42 BINARY[] NIL)",
                    "* 1 FETCH (RFC822 {1}\r\na RFC822.HEADER {1}\r\nb RFC822.TEXT NIL)",
                    "* 1 FETCH (EMAILID (M6d99) THREADID (T64b4) THREADID NIL)",
                    "* 1 FETCH (SAVEDATE \"31-Dec-2014 23:59:59 +0000\" SAVEDATE NIL)",
                    "* ACL INBOX Fred rwipsldexta anyone lr",
                    "* ACL INBOX",
                    "* LISTRIGHTS ~/Mail/saved smith la r swicdkxte",
                    "* LISTRIGHTS a b \"\"",
                    "* MYRIGHTS INBOX rwiptsldaex",
                    "* MYRIGHTS a \"\"",
                    "* METADATA \"\" (/shared/comment \"My comment\")",
                    "* METADATA INBOX (/private/comment {3}\r\na\r\n /shared/x NIL)",
                    "* METADATA INBOX (/private/x ~{3}\r\na\0b)",
                    "* METADATA INBOX /shared/comment /private/comment",
                    "* METADATA \"\" /shared/comment",
                    "a OK [METADATA LONGENTRIES 2199] x",
                    "a NO [METADATA MAXSIZE 1024] x",
                    "a NO [METADATA TOOMANY] x",
                    "* ESEARCH (TAG \"tag1\" MAILBOX folder1 UIDVALIDITY 1) UID ALL 4001,4003,4005",
                    "* ESEARCH (MAILBOX folder1 UIDVALIDITY 1) UID COUNT 3",
                    "* 25996 UIDFETCH (FLAGS (\\Seen))",
                    "a NO [BADEVENT (MessageNew FlagChange)] x",
                    "* OK [INPROGRESS (\"A001\" 454 1000)] x",
                    "* OK [INPROGRESS (NIL 7 NIL)] x",
                    "a BAD [UIDREQUIRED] x",
                    "* OK [NOTIFICATIONOVERFLOW] x",
                    "* SORT",
                    "* SORT 5 3 4 1 2",
                    "* SORT 5 3 (MODSEQ 17)",
                    "* THREAD",
                    "* THREAD (2)(3 6 (4 23)(44 7 96))",
                    "* THREAD ((3)(5))(7 8)",
                    "* ESEARCH (TAG \"a\") UID ALL 8,3:4,1",
                    "* 1 FETCH (PREVIEW \"Hello \\\"you\\\"\" PREVIEW NIL)");

    @ParameterizedTest
    @FieldSource("EXAMPLES")
    void readsAndWritesTheExamples(String text) throws IOException {
        for (LineReader lines : Pieces.readers(Pieces.octets(text + "\r\n* 1 EXISTS\r\n"))) {
            ImapReader reader = new ImapReader(lines, 8000, 100_000);
            ImapResponse response = reader.read();
            assertThat(written(false, Objects.requireNonNull(response))).isEqualTo(text + "\r\n");
            assertThat(reader.read()).isEqualTo(new ImapResponse.Exists(1));
            assertThat(reader.read()).isNull();
        }
    }

    @Test
    void readsWhatItMeans() {
        assertThat(ImapReader.parse(Pieces.octets("* ESEARCH (TAG \"a\") UID ALL 1:3"), false))
                .isEqualTo(
                        new ImapResponse.ExtendedSearchData(
                                "a",
                                null,
                                true,
                                new SearchSummary(
                                        null,
                                        null,
                                        null,
                                        SequenceSet.of(NumberSet.of(1, 2, 3)),
                                        null,
                                        null,
                                        null)));
        assertThat(ImapReader.parse(Pieces.octets("* STATUS INBOX (MESSAGES 3)"), false))
                .isEqualTo(
                        new ImapResponse.StatusData(
                                MailboxPath.INBOX, Map.of(StatusItem.MESSAGES, 3L), null));
        assertThat(ImapReader.parse(Pieces.octets("* LIST () \"/\" &U,BTFw-"), false))
                .isEqualTo(ImapResponse.ListData.of(new MailboxPath("台北"), List.of()));
    }

    @Test
    void spellsNamesAsTheSessionDoes() {
        ImapResponse list = ImapResponse.ListData.of(new MailboxPath("Envoyés & \"x\""), List.of());
        assertThat(written(false, list))
                .isEqualTo("* LIST () \"/\" \"Envoy&AOk-s &- \\\"x\\\"\"\r\n");
        assertThat(written(true, list)).isEqualTo("* LIST () \"/\" \"Envoyés & \\\"x\\\"\"\r\n");
    }

    @Test
    void sendsTextsAsLiteralsWhereQuotesCannotHoldThem() {
        ImapResponse preview =
                new ImapResponse.FetchData(1, List.of(new FetchDatum.Preview("é\0\r\n")));
        assertThat(written(false, preview)).isEqualTo("* 1 FETCH (PREVIEW {5}\r\né?\r\n)\r\n");
        assertThat(
                        written(
                                true,
                                new ImapResponse.FetchData(
                                        1, List.of(new FetchDatum.Preview("é")))))
                .isEqualTo("* 1 FETCH (PREVIEW \"é\")\r\n");
    }

    @Test
    void neverLetsATextBreakALine() {
        assertThat(
                        written(
                                false,
                                ImapResponse.Condition.untagged(
                                        ImapResponse.Outcome.OK, null, "[ALERT] a\r\n* BYE é")))
                .isEqualTo("* OK ?ALERT] a??* BYE ?\r\n");
        assertThatThrownBy(
                        () ->
                                new ImapResponse.Condition(
                                        "a\r\n", ImapResponse.Outcome.OK, null, "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> written(false, new ImapResponse.CapabilityData(List.of("A\r\nB"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Flag("a b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void failsWhenASupplyLies() {
        for (long promised : new long[] {1, 3}) {
            OctetSupply supply =
                    new OctetSupply() {
                        @Override
                        public long length() {
                            return promised;
                        }

                        @Override
                        public void writeTo(ByteTarget sink) throws IOException {
                            sink.write(new byte[2], 0, 2);
                        }
                    };
            assertThatThrownBy(
                            () ->
                                    written(
                                            false,
                                            new ImapResponse.FetchData(
                                                    1,
                                                    List.of(
                                                            new FetchDatum.Body(
                                                                    Section.WHOLE, null, supply)))))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void writesManyLettersLineByLine() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImapWriter writer = new ImapWriter(out::write, false);
        List<Flag> seen = List.of(Flag.SEEN);
        for (int i = 1; i <= 5000; i++) {
            writer.fetch(i).uid(i * 7L).flags(seen).modSeq(i).size(10L * i).end();
        }
        writer.flush();
        ImapReader reader =
                new ImapReader(Pieces.readers(out.toByteArray()).getLast(), 8000, 10_000);
        for (int i = 1; i <= 5000; i++) {
            assertThat(reader.read())
                    .isEqualTo(
                            new ImapResponse.FetchData(
                                    i,
                                    List.of(
                                            new FetchDatum.Uid(i * 7L),
                                            new FetchDatum.Flags(seen),
                                            new FetchDatum.ModSeq(i),
                                            new FetchDatum.Size(10L * i))));
        }
        assertThat(reader.read()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "* ",
                "* FOO",
                "OK x",
                "* OK",
                "a PREAUTH x",
                "* 0 EXPUNGE",
                "* 1 FOO",
                "* 1 FETCH",
                "* 1 FETCH ()",
                "* 1 FETCH (FOO 1)",
                "* 1 FETCH (UID 0)",
                "* 1 FETCH (BODY[MIME] NIL)",
                "* 1 FETCH (ENVELOPE (\"a\")",
                "* 1 FETCH (UID 1) ",
                "* LIST ( \"/\" a",
                "* LIST () \"ab\" a",
                "* LIST () \"/\" A&B",
                "* STATUS x (FOO 1)",
                "* NAMESPACE NIL NIL",
                "* NAMESPACE () NIL NIL",
                "* SEARCH 0",
                "* ESEARCH ALL",
                "* VANISHED *",
                "a OK [COPYUID 1 * 1] x",
                "a OK [UIDNEXT 0] x",
                "a OK [ALERT x",
                "* FLAGS (a",
                "* QUOTA x (STORAGE 1)",
                "* 1 FETCH (BODY[] {5}\r\nabc)",
                "* 99999999999 EXISTS",
                "* 1 FETCH (FLAGS (\\))"
            })
    void refusesBrokenResponses(String text) {
        assertThatThrownBy(() -> ImapReader.parse(Pieces.octets(text), false))
                .isInstanceOf(SyntaxFault.class);
    }

    @Test
    void boundsDepth() {
        String deep = "* 1 FETCH (BODY " + "(".repeat(5000) + ")".repeat(5000) + ")";
        assertThatThrownBy(() -> ImapReader.parse(Pieces.octets(deep), false))
                .isInstanceOf(SyntaxFault.class);
    }
}
