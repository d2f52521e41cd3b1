package org.facteur.edge.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImapBasicsTest {
    private static final String LETTER =
            """
            From: Bob <bob@example.net>
            To: Alice <alice@example.org>
            Subject: =?utf-8?Q?Caf=C3=A9?=
            Date: Tue, 3 Feb 2026 10:00:00 +0100
            Message-ID: <1@example.net>

            Bonjour Alice,
            \tà bientôt.
            """
                    .replace("\n", "\r\n");

    private TestPost post;

    @BeforeEach
    void open() throws IOException {
        post = TestPost.open();
    }

    @AfterEach
    void close() {
        post.close();
    }

    @Test
    void logsInAndOut() throws IOException {
        try (Dialogue alice = post.dial()) {
            assertThat(alice.ok("CAPABILITY").getFirst()).contains("AUTH=PLAIN", "STARTTLS");
            assertThat(alice.result("LOGIN " + TestPost.ALICE + " wrong"))
                    .startsWith("NO [AUTHENTICATIONFAILED]");
            assertThat(alice.ok("LOGIN " + TestPost.ALICE + " " + post.password).getLast())
                    .startsWith("OK [CAPABILITY IMAP4rev2 IMAP4rev1 ");
            assertThat(alice.ask("LOGOUT")).first().asString().startsWith("* BYE");
            assertThat(alice.read()).isEmpty();
        }
    }

    @Test
    void listsTheFirstMailboxes() throws IOException {
        try (Dialogue alice = post.alice()) {
            assertThat(alice.ok("LIST \"\" *"))
                    .contains(
                            "* LIST (\\HasNoChildren) \"/\" INBOX",
                            "* LIST (\\HasNoChildren \\Sent) \"/\" Sent",
                            "* LIST (\\HasNoChildren \\Trash) \"/\" Trash");
            assertThat(alice.ok("LIST \"\" \"\""))
                    .first()
                    .isEqualTo("* LIST (\\Noselect) \"/\" \"\"");
        }
    }

    @Test
    void appendsAndFetches() throws IOException {
        try (Dialogue alice = post.aliceInInbox()) {
            assertThat(alice.append("INBOX", LETTER)).startsWith("OK [APPENDUID ");
            List<String> all = alice.ok("FETCH 1 (FLAGS RFC822.SIZE ENVELOPE BODY[])");
            assertThat(all.getFirst())
                    .startsWith("* 1 FETCH (")
                    .contains("RFC822.SIZE " + LETTER.length())
                    .contains("ENVELOPE (\"Tue, 3 Feb 2026 10:00:00 +0100\"")
                    .contains("BODY[] {" + LETTER.length() + "}\r\n" + LETTER)
                    .contains("FLAGS (\\Seen)");
            assertThat(alice.ok("FETCH 1 BODY.PEEK[HEADER.FIELDS (SUBJECT)]").getFirst())
                    .contains("{34}\r\nSubject: =?utf-8?Q?Caf=C3=A9?=\r\n\r\n)");
            assertThat(alice.ok("FETCH 1 BODY.PEEK[TEXT]<0.7>").getFirst())
                    .isEqualTo("* 1 FETCH (BODY[TEXT]<0> {7}\r\nBonjour)");
        }
    }

    @Test
    void storesFlagsAndExpunges() throws IOException {
        try (Dialogue alice = post.aliceInInbox()) {
            alice.append("INBOX", LETTER);
            alice.append("INBOX", LETTER);
            assertThat(alice.ok("STORE 1:2 +FLAGS (\\Deleted $Forwarded Mine)"))
                    .contains(
                            "* 1 FETCH (FLAGS (\\Deleted $Forwarded mine))",
                            "* 2 FETCH (FLAGS (\\Deleted $Forwarded mine))");
            assertThat(alice.ok("STORE 2 -FLAGS.SILENT (\\Deleted)")).hasSize(1);
            assertThat(alice.ok("EXPUNGE")).containsExactly("* 1 EXPUNGE", "OK Expunged.");
            assertThat(alice.ok("FETCH 1 UID")).first().isEqualTo("* 1 FETCH (UID 2)");
        }
    }

    @Test
    void searches() throws IOException {
        try (Dialogue alice = post.aliceInInbox()) {
            alice.append("INBOX", LETTER);
            alice.append("INBOX", LETTER.replace("Bonjour", "Salut"));
            assertThat(alice.ok("SEARCH BODY salut")).first().isEqualTo("* SEARCH 2");
            assertThat(alice.ok("SEARCH FROM bob@EXAMPLE")).first().isEqualTo("* SEARCH 1 2");
            assertThat(alice.ok("SEARCH CHARSET UTF-8 SUBJECT {5+}\r\ncaf\u00c3\u00a9"))
                    .first()
                    .isEqualTo("* SEARCH 1 2");
            assertThat(alice.ok("UID SEARCH RETURN (MIN MAX COUNT) OR BODY bonjour SEEN"))
                    .first()
                    .asString()
                    .endsWith("UID MIN 1 MAX 1 COUNT 1");
            assertThat(alice.ok("SEARCH SENTON 3-Feb-2026 NOT BODY salut"))
                    .first()
                    .isEqualTo("* SEARCH 1");
        }
    }

    @Test
    void aSearchThatFailsKeepsNothing() throws IOException {
        try (Dialogue alice = post.aliceInInbox()) {
            alice.append("INBOX", LETTER);
            alice.ok("SEARCH RETURN (SAVE) ALL");
            assertThat(alice.ok("FETCH $ UID")).first().isEqualTo("* 1 FETCH (UID 1)");
            assertThat(alice.ask("SEARCH RETURN (SAVE) CHARSET KLINGON ALL"))
                    .last()
                    .asString()
                    .contains("NO [BADCHARSET");
            assertThat(alice.ok("FETCH $ UID")).hasSize(1);
        }
    }

    @Test
    void anIdleSessionHearsOfNewLettersAndOfThoseThatGo() throws IOException {
        try (Dialogue idle = post.aliceInInbox();
                Dialogue busy = post.aliceInInbox()) {
            idle.send("i IDLE\r\n");
            assertThat(idle.read()).startsWith("+ ");
            busy.append("INBOX", LETTER);
            assertThat(idle.read()).isEqualTo("* 1 EXISTS");
            busy.ok("STORE 1 FLAGS (\\Flagged)");
            assertThat(idle.read()).isEqualTo("* 1 FETCH (FLAGS (\\Flagged))");
            busy.ok("STORE 1 +FLAGS.SILENT (\\Deleted)");
            assertThat(idle.read()).isEqualTo("* 1 FETCH (FLAGS (\\Flagged \\Deleted))");
            busy.ok("EXPUNGE");
            assertThat(idle.read()).isEqualTo("* 1 EXPUNGE");
            idle.send("DONE\r\n");
            assertThat(idle.read()).startsWith("i OK");
        }
    }
}
