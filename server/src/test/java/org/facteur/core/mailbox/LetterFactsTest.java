package org.facteur.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.facteur.store.kv.Partition;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is known of letters without reading them again.
class LetterFactsTest {
    private final House house = House.inMemory();

    @AfterEach
    void check() {
        house.close();
    }

    private void letter(String from, String subject, String date, String more) {
        house.append(
                "From: "
                        + from
                        + "\r\nSubject: "
                        + subject
                        + "\r\nDate: "
                        + date
                        + "\r\n"
                        + more
                        + "\r\nwords\r\n");
    }

    private MailboxView view() {
        return house.box().view(house.inbox());
    }

    private LetterFacts facts() {
        return house.box().findFacts(view()).orElseThrow();
    }

    @Test
    void textsAreFoundAnywhereAndWithoutCase() {
        letter("Ada <ada@x.example>", "Été au verger", "Wed, 01 Jul 2026 23:30:00 -0200", "");
        letter("bob@x.example", "verger", "", "Cc: Ada <ada@x.example>\r\n");
        LetterFacts facts = facts();
        MailboxView view = view();
        LetterFacts.Containing summer =
                facts.containing(LetterFacts.Text.SUBJECT, TextForms.searched("ÉTÉ"));
        assertThat(summer.in(view.letter(0))).isEqualTo(LetterFacts.Found.YES);
        assertThat(summer.in(view.letter(1))).isEqualTo(LetterFacts.Found.NO);
        LetterFacts.Containing ada = facts.containing(LetterFacts.Text.FROM, "a <ada@");
        assertThat(ada.in(view.letter(0))).isEqualTo(LetterFacts.Found.YES);
        assertThat(ada.in(view.letter(1))).isEqualTo(LetterFacts.Found.NO);
        assertThat(facts.containing(LetterFacts.Text.CC, "").in(view.letter(0)))
                .isEqualTo(LetterFacts.Found.YES);
        assertThat(ada.in(new LetterId(99))).isEqualTo(LetterFacts.Found.UNKNOWN);
    }

    @Test
    void daysAreThoseOfTheSender() {
        letter("a@x.example", "one", "Wed, 01 Jul 2026 23:30:00 -0200", "");
        letter("a@x.example", "two", "never", "");
        LetterFacts facts = facts();
        LetterId first = view().letter(0);
        assertThat(facts.dated(first)).isTrue();
        assertThat(facts.sentDay(first)).isEqualTo(java.time.LocalDate.of(2026, 7, 1).toEpochDay());
        assertThat(facts.dated(view().letter(1))).isFalse();
        assertThat(facts.sentSecond(view().letter(1), 7)).isEqualTo(7);
    }

    @Test
    void lettersThatComeLaterAreAddedAndRanksStayInOrder() {
        letter("c@x.example", "pears", "", "");
        letter("a@x.example", "Re: apples", "", "Message-ID: <2@x>\r\nReferences: <1@x>\r\n");
        LetterFacts first = facts();
        assertThat(first.ranking(LetterFacts.Key.SUBJECT).of(view().letter(0)))
                .isGreaterThan(first.ranking(LetterFacts.Key.SUBJECT).of(view().letter(1)));
        letter("b@x.example", "melons", "", "Message-ID: <3@x>\r\nIn-Reply-To: <2@x>\r\n");
        LetterFacts facts = facts();
        MailboxView view = view();
        List<Integer> subjects = new ArrayList<>();
        List<Integer> senders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            subjects.add(facts.ranking(LetterFacts.Key.SUBJECT).of(view.letter(i)));
            senders.add(facts.ranking(LetterFacts.Key.FROM).of(view.letter(i)));
        }
        assertThat(subjects).isEqualTo(List.of(2, 0, 1));
        assertThat(senders.get(1)).isLessThan(senders.get(2));
        assertThat(senders.get(2)).isLessThan(senders.get(0));
        assertThat(facts.reply(view.letter(1))).isTrue();
        assertThat(facts.references(view.letter(2)))
                .isEqualTo(new long[] {facts.messageId(view.letter(1))});
        assertThat(facts.messageId(view.letter(0))).isZero();
        assertThat(first.knows(view.letter(2))).isFalse();
    }

    @Test
    void manyLettersReachOverRunsAndKeepTheirOwn() {
        for (int i = 0; i < 1_100; i++) {
            letter("p" + i % 7 + "@x.example", "number " + i, "", "");
        }
        house.box().expunge(house.inbox(), List.of(3L, 600L), false);
        LetterFacts facts = facts();
        MailboxView view = view();
        LetterFacts.Containing exact = facts.containing(LetterFacts.Text.SUBJECT, "number 777");
        for (int i = 0; i < view.size(); i++) {
            assertThat(facts.knows(view.letter(i))).isTrue();
            assertThat(exact.in(view.letter(i)) == LetterFacts.Found.YES)
                    .isEqualTo(view.uid(i) == 778);
        }
    }

    @Test
    void tooManyForTheMemoryThereIsAreNotKept() {
        FactShelf small = new FactShelf(1_000);
        FactRows rows = new FactRows(partition());
        for (int i = 0; i < 10; i++) {
            letter("a@x.example", "number " + i, "", "");
        }
        Optional<LetterFacts> none = small.find(house.box(), rows, view(), true);
        assertThat(none).isEmpty();
    }

    private Partition partition() {
        return house.boxes().partition(house.alice().id());
    }

    /// Rows of the store with what was made of letters.
    private List<Long> kept() {
        return partition()
                .read(
                        view ->
                                view.scan(Layout.all(Table.FACTS), 100).stream()
                                        .map(row -> Layout.number(row.key(), 0))
                                        .toList());
    }

    private void manyLetters(int count) {
        for (int i = 1; i <= count; i++) {
            letter(
                    "Été " + i % 9 + " <p" + i % 7 + "@x.example>",
                    i % 3 == 0 ? "Re: number " + (i - 1) : "number " + i,
                    i % 5 == 0 ? "" : "Wed, 01 Jul 2026 23:30:" + (10 + i % 50) + " +0530",
                    "Message-ID: <"
                            + i
                            + "@x>\r\n"
                            + (i % 3 == 0 ? "References: <" + (i - 1) + "@x> <0@y>\r\n" : "")
                            + "To: "
                            + ("q" + i % 11 + "@y.example, ").repeat(i % 4)
                            + "last@y.example\r\n");
        }
    }

    /// Everything that can be asked of all letters.
    private List<Object> answers() {
        LetterFacts facts = facts();
        MailboxView view = view();
        List<Object> answers = new ArrayList<>();
        for (int i = 0; i < view.size(); i++) {
            LetterId id = view.letter(i);
            answers.add(facts.dated(id));
            answers.add(facts.sentSecond(id, -5));
            answers.add(facts.dated(id) ? facts.sentDay(id) : 0);
            answers.add(facts.thread(id));
            answers.add(facts.reply(id));
            answers.add(facts.messageId(id));
            answers.add(Arrays.toString(facts.references(id)));
            for (LetterFacts.Key key : LetterFacts.Key.values()) {
                answers.add(facts.ranking(key).of(id));
            }
            for (LetterFacts.Text text : LetterFacts.Text.values()) {
                answers.add(facts.containing(text, "p3").in(id));
                answers.add(facts.containing(text, "q1").in(id));
            }
        }
        return answers;
    }

    @Test
    void whatWasMadeOfLettersIsKept() {
        manyLetters(300);
        List<Object> fromLetters = answers();
        assertThat(kept()).containsExactly(0L, 1L);
        house.boxes().facts().forget(house.alice().id());
        assertThat(answers()).isEqualTo(fromLetters);
        manyLetters(90);
        List<Object> more = answers();
        assertThat(kept()).containsExactly(0L, 1L, 2L);
        house.boxes().facts().forget(house.alice().id());
        assertThat(answers()).isEqualTo(more);
    }

    @Test
    void whatIsKeptIsReadInPlaceOfTheLetters() {
        manyLetters(200);
        assertThat(answers()).isNotEmpty();
        FactDictionaries texts = new FactDictionaries();
        FactRun.Growing growing = new FactRun.Growing(texts);
        FactChunk chunk = new FactChunk(texts);
        byte[] row = partition().read(view -> view.find(Layout.facts(0)).orElseThrow());
        chunk.decode(row, 0, growing);
        int other = texts.all().getFirst().number("as it was kept");
        FactRun.Growing changed = new FactRun.Growing(texts);
        FactRun known = growing.done(127);
        for (int at = 1; at < FactChunk.LENGTH; at++) {
            changed.begin(at, known.bits(at), known.sent(at), known.zone(at));
            changed.ids(known.thread(at), known.id(at));
            for (int column = 0; column < FactRun.COLUMNS; column++) {
                changed.text(column, column == FactRun.SUBJECT ? other : known.text(column, at));
            }
            changed.end();
        }
        byte[] octets = chunk.encode(changed.done(127), 0);
        partition()
                .write(
                        tx -> {
                            tx.put(Layout.facts(0), octets);
                            return true;
                        });
        house.boxes().facts().forget(house.alice().id());
        LetterFacts.Containing kept = facts().containing(LetterFacts.Text.SUBJECT, "it was kept");
        assertThat(kept.in(view().letter(5))).isEqualTo(LetterFacts.Found.YES);
        assertThat(kept.in(view().letter(150))).isEqualTo(LetterFacts.Found.NO);
    }

    @Test
    void lettersThatEndTakeWhatWasMadeOfThemAlong() {
        manyLetters(300);
        assertThat(answers()).isNotEmpty();
        house.box().expunge(house.inbox(), List.of(5L), false);
        assertThat(kept()).containsExactly(1L);
        house.boxes().facts().forget(house.alice().id());
        List<Object> fromLetters = answers();
        assertThat(kept()).containsExactly(0L, 1L);
        house.boxes().facts().forget(house.alice().id());
        assertThat(answers()).isEqualTo(fromLetters);
    }

    @Test
    void numbersAreSortedAsTheJdkWould() {
        SplittableRandom random = new SplittableRandom(5);
        for (int length : new int[] {0, 1, 2, 11, 12, 13, 24, 25, 100, 1_000, 1_537}) {
            int[] values = random.ints(length, 0, 50).toArray();
            int[] order = new int[length];
            Arrays.setAll(order, i -> i);
            IntSort.sort(order, (left, right) -> Integer.compare(values[left], values[right]));
            List<Integer> expected = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                expected.add(i);
            }
            expected.sort(java.util.Comparator.comparingInt(i -> values[i]));
            assertThat(order).containsExactly(expected.stream().mapToInt(i -> i).toArray());
        }
    }

    @Test
    void mailboxesMadeOneByOneAreNamedAsIfReadAnew() {
        LetterBox box = house.box();
        SplittableRandom random = new SplittableRandom(9);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String parent =
                    names.isEmpty() || random.nextInt(3) == 0
                            ? ""
                            : names.get(random.nextInt(names.size())) + "/";
            String name = parent + "m" + i;
            if (name.split("/", -1).length < 10) {
                box.create(MailboxName.parse(name), null);
                names.add(name);
            }
        }
        String first = names.getFirst();
        box.rename(MailboxName.parse(first), MailboxName.parse("elsewhere/" + first));
        box.create(MailboxName.parse("elsewhere/" + first + "/late"), null);
        Set<String> known = new java.util.TreeSet<>();
        box.mailboxes()
                .all()
                .forEach(each -> known.add(box.mailboxes().name(each.id()).toString()));
        Set<String> anew = new java.util.TreeSet<>();
        MailboxTree tree =
                house.store().partition(house.alice().id().partition()).read(BoxImage::readTree);
        tree.all().forEach(each -> anew.add(tree.name(each.id()).toString()));
        assertThat(known).isEqualTo(anew).contains("elsewhere/" + first + "/late");
    }
}
