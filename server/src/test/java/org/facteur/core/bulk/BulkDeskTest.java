package org.facteur.core.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.facteur.base.fault.Refusal;
import org.facteur.core.change.Hints;
import org.facteur.core.mailbox.House;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterEdit;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.mailbox.MailboxName;
import org.facteur.core.shelf.Shelf;
import org.facteur.core.submission.Agenda;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BulkDeskTest {
    private final House house = House.inMemory();
    private final Shelf shelf = new Shelf(house.store(), new Hints(), house::now);
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    @AfterEach
    void close() {
        house.close();
    }

    private BulkDesk desk(Agenda agenda, Executor runs) {
        return new BulkDesk(shelf, house.boxes(), agenda, house::now, runs);
    }

    private List<LetterId> letters(int count) {
        List<LetterId> letters = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            letters.add(house.append(House.letter(i)).letter());
        }
        return letters;
    }

    private MailboxId other() {
        house.box().create(new MailboxName(List.of("Other")), null);
        return house.box().mailboxes().get(new MailboxName(List.of("Other"))).id();
    }

    private static Deed move(MailboxId to) {
        return new Deed(
                LetterEdit.Selection.of(Set.of(to)),
                LetterEdit.Selection.pieces(Map.of(Keyword.SEEN, true)),
                false);
    }

    private int in(MailboxId mailbox) {
        return house.box().view(mailbox).size();
    }

    @Test
    void aDeedIsDoneAndTakenBack() {
        try (Agenda agenda = new Agenda(house.store(), house::now)) {
            BulkDesk desk = desk(agenda, Runnable::run);
            List<LetterId> letters = letters(7);
            MailboxId other = other();
            Bulk done = desk.start(house.box(), letters, move(other));
            assertThat(done.progress().state()).isEqualTo(Bulk.State.DONE);
            assertThat(done.progress().done()).isEqualTo(7);
            assertThat(in(other)).isEqualTo(7);
            LetterBox box = house.box();
            box.catalog()
                    .edit()
                    .run(
                            List.of(
                                    new LetterEdit(
                                            letters.getFirst(),
                                            LetterEdit.Selection.of(Set.of(house.inbox(), other)),
                                            null)));
            desk.undo(box, done.number());
            Bulk undone = desk.find(box.owner(), done.number()).orElseThrow();
            assertThat(undone.progress().state()).isEqualTo(Bulk.State.UNDONE);
            assertThat(undone.progress().refused()).isEqualTo(1);
            assertThat(in(house.inbox())).isEqualTo(7);
            assertThat(in(other)).isEqualTo(1);
        }
    }

    @Test
    void aRestartGoesOnWhereTheProgramEnded() {
        MailboxId other = other();
        long number;
        try (Agenda agenda = new Agenda(house.store(), house::now)) {
            BulkDesk desk = desk(agenda, waiting::add);
            number = desk.start(house.box(), letters(5), move(other)).number();
            assertThat(in(other)).isZero();
        }
        try (Agenda agenda = new Agenda(house.store(), house::now)) {
            BulkDesk desk = desk(agenda, waiting::add);
            house.later(Duration.ofMinutes(2));
            desk.goOn(house.alice().id());
            assertThat(in(other)).isEqualTo(5);
            assertThat(desk.find(house.alice().id(), number).orElseThrow().progress().state())
                    .isEqualTo(Bulk.State.DONE);
        }
    }

    @Test
    void whatHasEndedIsNotTakenBack() {
        try (Agenda agenda = new Agenda(house.store(), house::now)) {
            BulkDesk desk = desk(agenda, Runnable::run);
            Bulk done = desk.start(house.box(), letters(3), Deed.ending());
            assertThat(in(house.inbox())).isZero();
            assertThatThrownBy(() -> desk.undo(house.box(), done.number()))
                    .isInstanceOf(Refusal.class);
        }
    }

    @Test
    void deedsAreForgottenAfterAWeek() {
        try (Agenda agenda = new Agenda(house.store(), house::now)) {
            BulkDesk desk = desk(agenda, Runnable::run);
            MailboxId other = other();
            Bulk old = desk.start(house.box(), letters(1), move(other));
            house.later(Duration.ofDays(8));
            desk.start(house.box(), List.of(), move(other));
            assertThat(desk.find(house.alice().id(), old.number())).isEmpty();
        }
    }
}
