package org.facteur.edge.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Large mailboxes by portions: UIDBATCHES (RFC 10022) and MESSAGELIMIT (RFC 9738).
class ImapPortionsTest {
    private static final ImapSettings PLAIN = ImapSettings.STANDARD.withInsecurePlaintextLogin();

    /// With letters in the inbox.
    private static TestPost open(ImapSettings settings, int letters) throws IOException {
        TestPost post = TestPost.open(settings);
        try (Dialogue alice = post.alice()) {
            for (int i = 1; i <= letters; i++) {
                alice.append("INBOX", Letters.plain("letter " + i, "body"));
            }
        }
        return post;
    }

    private static List<String> told(List<String> answers, String word) {
        return answers.stream().filter(line -> line.contains(word)).toList();
    }

    @Test
    void batchesReachFromTheHighestUidToTheFirstWithoutGaps() throws IOException {
        try (TestPost post = open(PLAIN, 0);
                Dialogue alice = post.aliceInInbox()) {
            assertThat(alice.ok("UIDBATCHES 500").getFirst())
                    .matches("\\* UIDBATCHES \\(TAG \"\\w+\"\\)");
            for (int i = 0; i < 1_210; i++) {
                alice.append("INBOX", Letters.plain("letter", "body"));
            }
            alice.ok("STORE 1,601:610 +FLAGS.SILENT (\\Deleted)");
            alice.ok("EXPUNGE");
            assertThat(alice.ok("UIDBATCHES 500").getFirst()).endsWith(") 1210:711,710:201,200:1");
            assertThat(alice.ok("UIDBATCHES 500 2:2").getFirst()).endsWith(") 710:201");
            assertThat(alice.ok("UIDBATCHES 500 2:9").getFirst()).endsWith(") 710:201,200:1");
            assertThat(alice.ok("UIDBATCHES 500 4:9").getFirst()).endsWith("\")");
            assertThat(alice.ok("UIDBATCHES 4000000000").getFirst()).endsWith(") 1210:1");
            assertThat(told(alice.ok("UID FETCH 710:201 (UID)"), "FETCH")).hasSize(500);
        }
    }

    @Test
    void whatMakesNoSenseIsRefusedWithItsReason() throws IOException {
        try (TestPost post = open(PLAIN, 1);
                Dialogue alice = post.alice()) {
            assertThat(alice.result("UIDBATCHES 500")).startsWith("BAD");
            alice.ok("SELECT INBOX");
            assertThat(alice.result("UIDBATCHES 499")).startsWith("NO [TOOFEW]");
            assertThat(alice.result("UIDBATCHES 500 9:2")).startsWith("BAD [CLIENTBUG]");
            assertThat(alice.result("UIDBATCHES 500 1:100000")).startsWith("NO [TOOMANY]");
            for (String wrong : List.of("", " x", " 0", " 500 3", " 500 0:2", " 500 1:*")) {
                assertThat(alice.result("UIDBATCHES" + wrong)).as(wrong).startsWith("BAD");
            }
            assertThat(alice.ok("UID SEARCH RETURN (SAVE) ALL")).hasSize(1);
            alice.ok("UIDBATCHES 500");
            assertThat(told(alice.ok("UID FETCH $ (UID)"), "FETCH")).hasSize(1);
            alice.ok("ENABLE UIDONLY");
            assertThat(alice.ok("UIDBATCHES 500").getFirst()).endsWith(") 1:1");
        }
    }

    @Test
    void commandsWorkOnTheLatestLettersAndSayWhereTheyStopped() throws IOException {
        try (TestPost post = open(PLAIN.withMessages(3), 5);
                Dialogue alice = post.aliceInInbox()) {
            assertThat(alice.ok("CAPABILITY").getFirst()).contains(" MESSAGELIMIT=3");
            List<String> fetched = alice.ok("FETCH 1:* (UID)");
            assertThat(told(fetched, "FETCH")).hasSize(3).first().asString().startsWith("* 3 ");
            assertThat(fetched.getLast()).startsWith("OK [MESSAGELIMIT 3 3]");
            assertThat(alice.ok("FETCH 1:3 (UID)").getLast()).startsWith("OK Fetched");
            assertThat(alice.ok("UID STORE 1:* +FLAGS.SILENT (\\Seen)").getLast())
                    .startsWith("OK [MESSAGELIMIT 3 3]");
            assertThat(alice.ok("SEARCH SEEN").getFirst()).isEqualTo("* SEARCH 3 4 5");
            List<String> found = alice.ok("SEARCH UNSEEN");
            assertThat(found.getFirst()).isEqualTo("* SEARCH");
            assertThat(found.getLast()).startsWith("OK [MESSAGELIMIT 3 3]");
            List<String> rest = alice.ok("SEARCH UIDBEFORE 3 UNSEEN");
            assertThat(rest.getFirst()).isEqualTo("* SEARCH 1 2");
            assertThat(rest.getLast()).startsWith("OK Searched");
            assertThat(alice.ok("SEARCH UIDAFTER 4").getFirst()).isEqualTo("* SEARCH 5");
            assertThat(alice.ok("UID SEARCH UID 1:2").getFirst()).isEqualTo("* SEARCH 1 2");
        }
    }

    @Test
    void whatCannotBeDoneInPartIsNotDone() throws IOException {
        try (TestPost post = open(PLAIN.withMessages(3), 5);
                Dialogue alice = post.aliceInInbox()) {
            assertThat(alice.result("COPY 1:4 Sent")).startsWith("NO [MESSAGELIMIT 3]");
            assertThat(alice.ok("STATUS Sent (MESSAGES)").getFirst()).endsWith("(MESSAGES 0)");
            assertThat(alice.result("SORT (SUBJECT) UTF-8 ALL")).startsWith("NO [MESSAGELIMIT 3]");
            assertThat(alice.result("THREAD REFERENCES UTF-8 ALL"))
                    .startsWith("NO [MESSAGELIMIT 3]");
            assertThat(alice.ok("SORT (SUBJECT) UTF-8 1:3").getFirst()).isEqualTo("* SORT 1 2 3");
            assertThat(alice.result("UID FETCH 1:* (UID) (PARTIAL 1:4)"))
                    .startsWith("NO [MESSAGELIMIT 3]");
            assertThat(told(alice.ok("UID FETCH 1:* (UID) (PARTIAL -1:-2)"), "FETCH")).hasSize(2);
        }
    }

    @Test
    void lettersMoveAndEndByPortions() throws IOException {
        try (TestPost post = open(PLAIN.withMessages(3), 8);
                Dialogue alice = post.aliceInInbox()) {
            List<String> moved = alice.ok("MOVE 1:4 Sent");
            assertThat(moved.getFirst()).contains("COPYUID").contains(" 2:4 1:3");
            assertThat(moved.getLast()).startsWith("OK [MESSAGELIMIT 3 2]");
            String uids =
                    IntStream.of(1, 5, 6, 7)
                            .mapToObj(String::valueOf)
                            .collect(Collectors.joining(","));
            alice.ok("UID STORE 5:7 +FLAGS.SILENT (\\Deleted)");
            alice.ok("UID STORE 1 +FLAGS.SILENT (\\Deleted)");
            List<String> ended = alice.ok("UID EXPUNGE " + uids + ",8");
            assertThat(told(ended, "EXPUNGE")).hasSize(3);
            assertThat(ended.getLast()).startsWith("OK [MESSAGELIMIT 3 5]");
            assertThat(alice.ok("UID SEARCH ALL").getFirst()).isEqualTo("* SEARCH 1 8");
            alice.ok("ENABLE QRESYNC");
            for (int i = 0; i < 4; i++) {
                alice.append("INBOX", Letters.plain("more", "body"));
            }
            List<String> again = alice.ok("UID MOVE 8:* Sent");
            assertThat(told(again, "MESSAGELIMIT")).singleElement().asString().startsWith("* NO ");
            assertThat(again.getLast()).startsWith("OK [HIGHESTMODSEQ ");
        }
    }
}
