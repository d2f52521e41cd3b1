package org.facteur.edge.imap;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.Assertions;
import org.facteur.net.listen.ScriptedConnection;
import org.facteur.wire.imap.ImapReader;
import org.facteur.wire.text.LineReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole sessions on whatever a client says, in four states. Nothing but answers that a strict
/// reader takes may come of it, and no incident.
class ImapSessionFuzzTest {
    private static TestPost post;

    @BeforeAll
    static void open() throws IOException {
        post = TestPost.open();
        try (Dialogue alice = post.alice()) {
            alice.append("INBOX", Letters.plain("one", "first"));
            alice.append("INBOX", Letters.plain("two", "second"));
        }
    }

    @AfterAll
    static void close() {
        post.close();
    }

    @FuzzTest
    void strangersMaySayAnything(byte[] said) throws IOException {
        hold("", said);
    }

    @FuzzTest
    void peopleMaySayAnything(byte[] said) throws IOException {
        hold(login(), said);
    }

    @FuzzTest
    void readersMaySayAnything(byte[] said) throws IOException {
        hold(login() + "o SELECT INBOX\r\n", said);
    }

    @FuzzTest
    void listenersMaySayAnything(byte[] said) throws IOException {
        hold(
                login()
                        + "o SELECT INBOX\r\no NOTIFY SET STATUS (SELECTED (MessageNew (UID FLAGS)"
                        + " MessageExpunge FlagChange)) (PERSONAL (MailboxName SubscriptionChange"
                        + " MessageNew MessageExpunge FlagChange MailboxMetadataChange))\r\n"
                        + "i IDLE\r\n",
                said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a FETCH 1:* (FLAGS ENVELOPE BODYSTRUCTURE BODY[1]<0.3> BINARY.SIZE[1])\r\n",
                "a FETCH 4294967295 FLAGS\r\na UID FETCH * (PREVIEW SAVEDATE)\r\n",
                "a UID STORE 1:* -FLAGS.SILENT (\\Seen \\Unheard)\r\na SEARCH NOT NOT OR 1 2\r\n",
                "a SEARCH RETURN (SAVE MIN) TEXT x\r\na COPY $ INBOX\r\na UID MOVE 1 INBOX\r\n",
                "a LIST (SUBSCRIBED RECURSIVEMATCH) \"\" (% *) RETURN (STATUS (MESSAGES SIZE))\r\n",
                "a APPEND INBOX (\\Seen) \"01-Jan-2020 00:00:00 +0000\" {4+}\r\nab\r\n\r\n",
                "a APPEND INBOX {0+}\r\n\r\na APPEND INBOX {3}\r\n",
                "a IDLE\r\nNOT DONE\r\na IDLE\r\nDONE\r\na ENABLE QRESYNC IMAP4rev2\r\n",
                "a SELECT INBOX (QRESYNC (1 1 1:5 (1 1)))\r\na CREATE \"&Jjo-!\"\r\n",
                "a CREATE {5+}\r\nx/../\r\na RENAME INBOX a/b\r\na DELETE a\r\na LSUB a %\r\n",
                "a UNAUTHENTICATE\r\na AUTHENTICATE SCRAM-SHA-256\r\nbj1h\r\na LOGIN a {1+}\r\nb\r\n",
                "a FETCH 1 (BODY[HEADER.FIELDS (\"\\\"x\")])\r\na GETQUOTA \"\"\r\na ID NIL\r\n",
                "a FETCH 1 BODY[MIME]\r\na FETCH 1 BODY[1.1.1.TEXT]\r\na FETCH 1 BINARY[1]<9.9>\r\n",
                "a SETACL INBOX anyone lrswipkxtea\r\na GETACL INBOX\r\na MYRIGHTS Users/a@b/c\r\n",
                "a SETMETADATA INBOX (/private/a ~{2+}\r\n\0\n)\r\na GETMETADATA (DEPTH 1) \"\" /shared\r\n",
                "a LIST (SUBSCRIBED) \"\" * RETURN (MYRIGHTS METADATA (/shared/x) STATUS (SIZE))\r\n",
                "a REPLACE 1 INBOX {3+}\r\nabc\r\na UID REPLACE * Drafts (\\Draft) {1+}\r\nx\r\n",
                "a ENABLE UIDONLY\r\na FETCH 1 UID\r\na UID FETCH 1:* (FLAGS)\r\na UID SEARCH 1\r\n",
                "a ESEARCH IN (SUBTREE INBOX PERSONAL) RETURN (COUNT) ALL\r\na ESEARCH 1 $\r\n",
                "a NOTIFY SET (SUBTREE (a b) NONE)\r\na NOTIFY NONE\r\na NOTIFY SET (SELECTED NONE)\r\n",
                "DONE\r\na CREATE n\r\na SUBSCRIBE n\r\na DELETE n\r\na UNSUBSCRIBE n\r\na NOOP\r\n",
                "\r\n \r\na\r\na \r\n* FETCH\r\n+ OK\r\n{3+}\r\nabc\r\n"
            })
    void someThingsClientsSay(String said) throws IOException {
        byte[] octets = said.getBytes(StandardCharsets.ISO_8859_1);
        strangersMaySayAnything(octets);
        peopleMaySayAnything(octets);
        readersMaySayAnything(octets);
        listenersMaySayAnything(octets);
    }

    private static String login() {
        return "l LOGIN " + TestPost.ALICE + " " + post.password + "\r\n";
    }

    private static void hold(String before, byte[] said) throws IOException {
        byte[] start = before.getBytes(StandardCharsets.ISO_8859_1);
        byte[] script = new byte[start.length + said.length];
        System.arraycopy(start, 0, script, 0, start.length);
        System.arraycopy(said, 0, script, start.length, said.length);
        ScriptedConnection connection = new ScriptedConnection(script);
        try {
            new ImapConnection(
                            connection,
                            post.services,
                            ImapSettings.STANDARD.withInsecurePlaintextLogin())
                    .run();
        } catch (EOFException left) {
            // The script ended inside a command.
        }
        check(connection.heard());
    }

    private static void check(byte[] heard) throws IOException {
        String text = new String(heard, StandardCharsets.ISO_8859_1);
        Assertions.assertThat(text).doesNotContain("[SERVERBUG]");
        ByteArrayInputStream in = new ByteArrayInputStream(heard);
        ImapReader reader = new ImapReader(new LineReader(in::read), 1 << 20, 1 << 24);
        reader.utf8(true);
        while (reader.read() != null) {
            // Each response is read, which is all that is asked of it.
        }
    }
}
