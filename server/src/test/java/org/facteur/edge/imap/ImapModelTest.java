package org.facteur.edge.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.facteur.core.mailbox.KeywordTable;
import org.facteur.core.mailbox.MailboxView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Many connections act at random on one mailbox. Each keeps its own picture from what it is told
/// alone; between rounds all pictures must be what the post office has: as many letters, the same
/// UIDs in the same places, the same flags. No UID ever comes twice.
class ImapModelTest {
    private static final int CLIENTS = Integer.getInteger("facteur.clients", 50);
    private static final int ROUNDS = 4;
    private static final int ACTS = 8;
    private static final int FIRST_LETTERS = 30;
    private static final List<String> FLAGS =
            List.of("\\Seen", "\\Answered", "\\Flagged", "\\Deleted", "\\Draft");
    private static final long SEED = Long.getLong("facteur.seed", 20_260_301L);

    private final Set<Long> given = new ConcurrentSkipListSet<>();
    private final AtomicLong appended = new AtomicLong();

    /// A letter as a client knows it. A UID of 0 is one it was not told.
    private static final class Known {
        long uid;
        Set<String> flags = new TreeSet<>();
    }

    /// One client and its picture of the mailbox.
    private final class Client {
        private final Dialogue dialogue;
        private final RandomGenerator random;
        private final boolean resync;
        private final List<Known> letters = new ArrayList<>();

        Client(TestPost post, RandomGenerator random, boolean resync) throws IOException {
            this.random = random;
            this.resync = resync;
            dialogue = post.alice();
            if (resync) {
                dialogue.ok("ENABLE QRESYNC");
            }
            hear(dialogue.ok("SELECT INBOX"));
            look();
        }

        /// Follows untagged responses in their order.
        private void hear(List<String> answers) {
            for (String answer : answers) {
                if (!answer.startsWith("* ")) {
                    continue;
                }
                String[] words = answer.split(" ", 4);
                if (words.length > 2 && words[2].equals("EXISTS")) {
                    int count = Integer.parseInt(words[1]);
                    assertThat(count).isGreaterThanOrEqualTo(letters.size());
                    while (letters.size() < count) {
                        letters.add(new Known());
                    }
                } else if (words.length > 2 && words[2].equals("EXPUNGE")) {
                    letters.remove(Integer.parseInt(words[1]) - 1);
                } else if (words[1].equals("VANISHED")) {
                    vanish(words[2]);
                } else if (words.length > 3 && words[2].equals("FETCH")) {
                    fetched(letters.get(Integer.parseInt(words[1]) - 1), words[3]);
                }
            }
        }

        private void vanish(String set) {
            Set<Long> gone = new HashSet<>();
            for (String range : set.split(",", -1)) {
                String[] ends = range.split(":", -1);
                for (long uid = Long.parseLong(ends[0]);
                        uid <= Long.parseLong(ends[ends.length - 1]);
                        uid++) {
                    gone.add(uid);
                }
            }
            int before = letters.size();
            // One it was not told is a letter that the last answer could not tell of.
            forget(gone);
            assertThat(letters.size()).isEqualTo(before - gone.size());
        }

        private void forget(Set<Long> gone) {
            for (long uid : gone) {
                boolean known = letters.removeIf(letter -> letter.uid == uid);
                if (!known) {
                    int first = 0;
                    while (letters.get(first).uid != 0) {
                        first++;
                    }
                    letters.remove(first);
                }
            }
        }

        private void fetched(Known letter, String data) {
            int uidAt = data.indexOf("UID ");
            if (uidAt >= 0) {
                int end = uidAt + 4;
                while (end < data.length() && Character.isDigit(data.charAt(end))) {
                    end++;
                }
                long uid = Long.parseLong(data.substring(uidAt + 4, end));
                if (letter.uid != 0) {
                    assertThat(uid).as("a message number means one letter").isEqualTo(letter.uid);
                }
                letter.uid = uid;
            }
            int flagsAt = data.indexOf("FLAGS (");
            if (flagsAt >= 0) {
                String flags = data.substring(flagsAt + 7, data.indexOf(')', flagsAt));
                letter.flags =
                        new TreeSet<>(flags.isEmpty() ? List.of() : List.of(flags.split(" ", -1)));
            }
        }

        /// Asks for what it was not told.
        void look() throws IOException {
            hear(dialogue.ask("UID FETCH 1:* (UID FLAGS)"));
        }

        /// VANISHED names UIDs, so who has it needs them all before the next one.
        void know() throws IOException {
            while (resync && letters.stream().anyMatch(letter -> letter.uid == 0)) {
                look();
            }
        }

        void act() throws IOException {
            know();
            int size = letters.size();
            int choice = random.nextInt(10);
            if (size == 0 || choice == 0) {
                append();
                return;
            }
            int number = 1 + random.nextInt(size);
            long uid = letters.get(number - 1).uid;
            String flag = FLAGS.get(random.nextInt(FLAGS.size()));
            String sign = random.nextBoolean() ? "+" : "-";
            switch (choice) {
                case 1, 2, 3 -> say("STORE " + number + " " + sign + "FLAGS (" + flag + ")");
                case 4 -> say("STORE " + number + " " + sign + "FLAGS.SILENT (" + flag + ")");
                case 5 -> {
                    if (uid != 0) {
                        say("UID STORE " + uid + " +FLAGS (\\Deleted)");
                        say("UID EXPUNGE " + uid);
                    }
                }
                case 6 -> say("FETCH " + number + " (UID FLAGS)");
                case 7 -> copy(number);
                case 8 -> say("EXPUNGE");
                default -> say("NOOP");
            }
        }

        private void say(String command) throws IOException {
            List<String> answers = dialogue.ask(command);
            hear(answers);
            know();
            if (command.contains(".SILENT")) {
                // What it did itself it is not told.
                look();
            }
            assertThat(answers.getLast()).as(command).matches("(OK|NO \\[EXPUNGEISSUED\\]).*");
        }

        private void append() throws IOException {
            String letter = Letters.plain("one", "text");
            List<String> answers =
                    dialogue.ask("APPEND INBOX {" + letter.length() + "+}\r\n" + letter);
            hear(answers);
            give(answers.getLast(), "[APPENDUID ", 1);
        }

        private void copy(int number) throws IOException {
            List<String> answers = dialogue.ask("COPY " + number + " INBOX");
            hear(answers);
            if (answers.getLast().contains("[COPYUID ")) {
                give(answers.getLast(), "[COPYUID ", 2);
            }
        }

        /// Notes the UID a letter was given.
        private void give(String answer, String code, int field) {
            int start = answer.indexOf(code) + code.length();
            String[] fields = answer.substring(start, answer.indexOf(']', start)).split(" ", -1);
            assertThat(given.add(Long.parseLong(fields[field]))).as("a UID came twice").isTrue();
            appended.incrementAndGet();
        }

        /// What it was told of letters it knows must be so; then it asks for the rest.
        void settle(MailboxView view) throws IOException {
            know();
            hear(dialogue.ask("NOOP"));
            assertThat(letters).hasSize(view.size());
            for (int place = 0; place < view.size(); place++) {
                Known letter = letters.get(place);
                if (letter.uid != 0) {
                    assertThat(letter.uid).isEqualTo(view.uid(place));
                    assertThat(letter.flags).isEqualTo(flags(view.keywords(place)));
                }
            }
            look();
        }

        /// Compares its picture with the mailbox as it is.
        void compare(MailboxView view) throws IOException {
            assertThat(letters).hasSize(view.size());
            for (int place = 0; place < view.size(); place++) {
                assertThat(letters.get(place).uid).isEqualTo(view.uid(place));
                assertThat(letters.get(place).flags).isEqualTo(flags(view.keywords(place)));
            }
        }
    }

    private static Set<String> flags(long keywords) {
        Set<String> flags = new TreeSet<>();
        long[] bits = {
            KeywordTable.SEEN,
            KeywordTable.ANSWERED,
            KeywordTable.FLAGGED,
            KeywordTable.DELETED,
            KeywordTable.DRAFT
        };
        for (int i = 0; i < bits.length; i++) {
            if ((keywords & bits[i]) != 0) {
                flags.add(FLAGS.get(i));
            }
        }
        return flags;
    }

    @Test
    void everybodySeesTheSameWhateverOthersDo() throws Exception {
        RandomGenerator seeds = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        try (TestPost post = TestPost.open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try (Dialogue first = post.alice()) {
                for (int i = 0; i < FIRST_LETTERS; i++) {
                    assertThat(first.append("INBOX", Letters.plain("n" + i, "text")))
                            .startsWith("OK");
                    given.add(i + 1L);
                }
            }
            Phaser barrier = new Phaser(CLIENTS);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                RandomGenerator random =
                        RandomGeneratorFactory.of("L64X128MixRandom").create(seeds.nextLong());
                boolean resync = i % 3 == 0;
                all.add(
                        threads.submit(
                                () -> {
                                    live(post, random, resync, barrier);
                                    return true;
                                }));
            }
            @Nullable Throwable failed = null;
            for (Future<?> each : all) {
                try {
                    each.get();
                } catch (ExecutionException ended) {
                    Throwable cause = Objects.requireNonNull(ended.getCause());
                    failed = failed == null ? cause : failed;
                }
            }
            if (failed != null) {
                throw new AssertionError("seed " + SEED, failed);
            }
            MailboxView end = post.box().view(post.box().inbox());
            assertThat(end.state().uidNext()).isEqualTo(FIRST_LETTERS + appended.get() + 1);
            assertThat(end.state().counts().letters()).isEqualTo(end.size());
            Set<Long> left = new TreeSet<>();
            for (int place = 0; place < end.size(); place++) {
                left.add(end.uid(place));
            }
            assertThat(given).containsAll(left);
        }
    }

    private void live(TestPost post, RandomGenerator random, boolean resync, Phaser barrier)
            throws Exception {
        try {
            Client client = new Client(post, random, resync);
            live(post, client, barrier);
        } catch (Exception | AssertionError failed) {
            // Nobody waits for it any more.
            barrier.forceTermination();
            throw failed;
        }
    }

    private static void live(TestPost post, Client client, Phaser barrier) throws Exception {
        try (var _ = client.dialogue) {
            for (int round = 0; round < ROUNDS; round++) {
                barrier.arriveAndAwaitAdvance();
                for (int act = 0; act < ACTS; act++) {
                    client.act();
                }
                if (barrier.arriveAndAwaitAdvance() < 0) {
                    return;
                }
                MailboxView view = post.box().view(post.box().inbox());
                client.settle(view);
                client.compare(view);
            }
        }
    }
}
