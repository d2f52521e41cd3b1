package org.facteur.edge.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Several sessions on one mailbox.
class ImapSessionsTest {
    private TestPost post;

    @BeforeEach
    void open() throws IOException {
        post = TestPost.open();
    }

    @AfterEach
    void close() {
        post.close();
    }

    private static void fill(Dialogue dialogue, int letters) throws IOException {
        for (int i = 1; i <= letters; i++) {
            assertThat(dialogue.append("INBOX", Letters.plain("letter " + i, "body " + i)))
                    .startsWith("OK");
        }
    }

    @Test
    void messageNumbersHoldUntilTheSessionIsToldOfAnExpunge() throws IOException {
        try (Dialogue one = post.aliceInInbox();
                Dialogue two = post.aliceInInbox()) {
            fill(one, 3);
            two.ok("NOOP");
            one.ok("STORE 1 +FLAGS.SILENT (\\Deleted)");
            one.ok("EXPUNGE");
            assertThat(two.ok("FETCH 2 (UID BODY.PEEK[TEXT])"))
                    .containsExactly(
                            "* 2 FETCH (UID 2 BODY[TEXT] {8}\r\nbody 2\r\n)", "OK Fetched.");
            assertThat(two.ask("FETCH 1:2 UID"))
                    .containsExactly(
                            "* 2 FETCH (UID 2)", "NO [EXPUNGEISSUED] Some letters are gone.");
            assertThat(two.ok("SEARCH ALL").getFirst()).isEqualTo("* SEARCH 2 3");
            assertThat(two.ok("NOOP")).containsExactly("* 1 EXPUNGE", "OK Nothing done.");
            assertThat(two.ok("FETCH 1 UID")).containsExactly("* 1 FETCH (UID 2)", "OK Fetched.");
        }
    }

    @Test
    void aUidFetchLeavesOutWhatIsGoneAndTellsOfIt() throws IOException {
        try (Dialogue one = post.aliceInInbox();
                Dialogue two = post.aliceInInbox()) {
            fill(one, 2);
            two.ok("NOOP");
            one.ok("STORE 1 +FLAGS.SILENT (\\Deleted)");
            one.ok("EXPUNGE");
            assertThat(two.ok("UID FETCH 1:* FLAGS"))
                    .containsExactly("* 2 FETCH (UID 2 FLAGS ())", "* 1 EXPUNGE", "OK Fetched.");
        }
    }

    @Test
    void aStoreOnLettersThatAreGoneSaysSo() throws IOException {
        try (Dialogue one = post.aliceInInbox();
                Dialogue two = post.aliceInInbox()) {
            fill(one, 2);
            two.ok("NOOP");
            one.ok("STORE 1 +FLAGS.SILENT (\\Deleted)");
            one.ok("EXPUNGE");
            assertThat(two.ask("STORE 1:2 +FLAGS (\\Seen)"))
                    .containsExactly(
                            "* 2 FETCH (FLAGS (\\Seen))",
                            "NO [EXPUNGEISSUED] Some letters are gone.");
        }
    }

    @Test
    void theOthersHearOfFlagsAndNewKeywords() throws IOException {
        try (Dialogue one = post.aliceInInbox();
                Dialogue two = post.aliceInInbox()) {
            fill(one, 1);
            two.ok("NOOP");
            one.ok("STORE 1 +FLAGS.SILENT (\\Flagged urgent)");
            assertThat(two.ok("NOOP"))
                    .hasSize(4)
                    .anyMatch(line -> line.startsWith("* FLAGS (") && line.contains(" urgent)"))
                    .anyMatch(line -> line.startsWith("* OK [PERMANENTFLAGS ("))
                    .contains("* 1 FETCH (FLAGS (\\Flagged urgent))");
            assertThat(one.ok("NOOP")).noneMatch(line -> line.contains("FETCH"));
        }
    }

    @Test
    void aSessionWhoseMailboxIsRemovedEnds() throws IOException {
        try (Dialogue one = post.alice();
                Dialogue two = post.alice()) {
            one.ok("CREATE Soon");
            two.ok("SELECT Soon");
            one.ok("DELETE Soon");
            assertThat(two.ask("NOOP").getFirst()).startsWith("* BYE ");
        }
    }

    @Test
    void aRevokedPasswordEndsTheSession() throws IOException {
        try (Dialogue alice = post.aliceInInbox()) {
            long number = post.credentials.list(post.alice.id()).getFirst().number();
            post.credentials.revoke(post.alice.id(), number);
            assertThat(alice.ask("NOOP").getFirst()).startsWith("* BYE ");
            assertThat(alice.read()).isEmpty();
        }
    }

    @Test
    void copiesAndMovesTellTheUids() throws IOException {
        try (Dialogue alice = post.aliceInInbox()) {
            fill(alice, 3);
            assertThat(alice.result("COPY 1:2 Missing")).startsWith("NO [TRYCREATE]");
            assertThat(alice.result("COPY 1:2 Archive"))
                    .matches("OK \\[COPYUID \\d+ 1:2 1:2\\] Copied\\.");
            List<String> moved = alice.ok("UID MOVE 2:3 Archive");
            assertThat(moved.getFirst()).matches("\\* OK \\[COPYUID \\d+ 2:3 3:4\\] .*");
            assertThat(moved.subList(1, 3)).containsExactly("* 3 EXPUNGE", "* 2 EXPUNGE");
            assertThat(alice.ok("STATUS Archive (MESSAGES UIDNEXT)").getFirst())
                    .isEqualTo("* STATUS Archive (MESSAGES 4 UIDNEXT 5)");
        }
    }

    @Test
    void oneLetterCannotBeCopiedWithoutEnd() throws IOException {
        try (Dialogue alice = post.aliceInInbox()) {
            fill(alice, 1);
            String result = "OK";
            for (int doubling = 0; result.startsWith("OK") && doubling < 12; doubling++) {
                result = alice.result("COPY 1:* INBOX");
            }
            assertThat(result).startsWith("NO [LIMIT]");
        }
    }

    @Test
    void examineChangesNothing() throws IOException {
        try (Dialogue alice = post.alice()) {
            fill(alice, 1);
            assertThat(alice.ok("EXAMINE INBOX").getLast()).startsWith("OK [READ-ONLY]");
            assertThat(alice.result("STORE 1 +FLAGS (\\Seen)")).startsWith("NO [NOPERM]");
            assertThat(alice.ok("FETCH 1 (FLAGS BODY[TEXT])").getFirst()).contains("FLAGS ()");
            alice.ok("CLOSE");
            assertThat(alice.result("FETCH 1 FLAGS")).startsWith("BAD");
        }
    }
}
