package org.facteur.edge.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// CONDSTORE and QRESYNC (RFC 7162).
class ImapResyncTest {
    private TestPost post;

    @BeforeEach
    void open() throws IOException {
        post = TestPost.open();
        try (Dialogue alice = post.alice()) {
            for (int i = 1; i <= 5; i++) {
                alice.append("INBOX", Letters.plain("letter " + i, "body"));
            }
        }
    }

    @AfterEach
    void close() {
        post.close();
    }

    private static long number(List<String> answers, String code) {
        for (String answer : answers) {
            int at = answer.indexOf("[" + code + " ");
            if (at >= 0) {
                int from = at + code.length() + 2;
                return Long.parseLong(answer.substring(from, answer.indexOf(']', from)));
            }
        }
        throw new AssertionError("no " + code + " in " + answers);
    }

    @Test
    void whoWasAwayLearnsWhatVanishedAndWhatChanged() throws IOException {
        try (Dialogue alice = post.alice()) {
            List<String> opened = alice.ok("SELECT INBOX (CONDSTORE)");
            long validity = number(opened, "UIDVALIDITY");
            long modSeq = number(opened, "HIGHESTMODSEQ");
            alice.ok("STORE 2,4 +FLAGS.SILENT (\\Deleted)");
            alice.ok("EXPUNGE");
            alice.ok("STORE 1 +FLAGS.SILENT (\\Flagged)");
            alice.ok("LOGOUT");
            try (Dialogue back = post.alice()) {
                assertThat(back.result("SELECT INBOX (QRESYNC (" + validity + " 1))"))
                        .startsWith("BAD");
                assertThat(back.ok("ENABLE QRESYNC").getFirst()).isEqualTo("* ENABLED QRESYNC");
                List<String> again =
                        back.ok("SELECT INBOX (QRESYNC (" + validity + " " + modSeq + " 1:5))");
                assertThat(again).contains("* VANISHED (EARLIER) 2,4");
                assertThat(again)
                        .filteredOn(line -> line.contains(" FETCH "))
                        .singleElement()
                        .asString()
                        .startsWith("* 1 FETCH (UID 1 FLAGS (\\Flagged) MODSEQ (");
                assertThat(back.ok("UID FETCH 1:* (FLAGS) (CHANGEDSINCE " + modSeq + " VANISHED)"))
                        .contains("* VANISHED (EARLIER) 2,4")
                        .filteredOn(line -> line.contains(" FETCH "))
                        .hasSize(1);
                back.ok("STORE 1:2 +FLAGS.SILENT (\\Deleted)");
                assertThat(back.ok("EXPUNGE").getFirst()).isEqualTo("* VANISHED 1,3");
            }
        }
    }

    @Test
    void aConditionalStoreLeavesWhatHasChangedAlone() throws IOException {
        try (Dialogue one = post.alice();
                Dialogue two = post.aliceInInbox()) {
            long modSeq = number(one.ok("SELECT INBOX (CONDSTORE)"), "HIGHESTMODSEQ");
            two.ok("STORE 2 +FLAGS (\\Seen)");
            List<String> answers =
                    one.ok("STORE 1:3 (UNCHANGEDSINCE " + modSeq + ") +FLAGS.SILENT (\\Answered)");
            assertThat(answers.getLast()).startsWith("OK [MODIFIED 2]");
            assertThat(answers)
                    .anyMatch(line -> line.startsWith("* 1 FETCH (UID 1 MODSEQ ("))
                    .anyMatch(line -> line.startsWith("* 3 FETCH (UID 3 MODSEQ ("))
                    .anyMatch(line -> line.startsWith("* 2 FETCH (UID 2 FLAGS (\\Seen) MODSEQ ("));
            assertThat(one.ok("SEARCH MODSEQ " + (modSeq + 1)).getFirst())
                    .matches("\\* SEARCH 1 2 3 \\(MODSEQ \\d+\\)");
        }
    }

    @Test
    void rev2SpeaksInUtf8AndExtendedSearch() throws IOException {
        try (Dialogue alice = post.alice()) {
            alice.ok("CREATE \"Et&AOk-\"");
            assertThat(alice.ok("LIST \"\" Et*").getFirst()).endsWith("Et&AOk-");
            alice.ok("ENABLE IMAP4rev2");
            assertThat(alice.ok("LIST \"\" Et*").getFirst()).endsWith("\"Et\u00c3\u00a9\"");
            assertThat(alice.ok("SELECT INBOX"))
                    .contains("* LIST (\\HasNoChildren) \"/\" INBOX")
                    .noneMatch(line -> line.endsWith("RECENT"));
            assertThat(alice.ok("SEARCH UID 2:3").getFirst())
                    .matches("\\* ESEARCH \\(TAG \"?c\\d+\"?\\) ALL 2:3");
            assertThat(alice.ok("SEARCH RETURN (SAVE) SUBJECT \"letter 4\"")).hasSize(1);
            assertThat(alice.ok("FETCH $ UID").getFirst()).isEqualTo("* 4 FETCH (UID 4)");
        }
    }
}
