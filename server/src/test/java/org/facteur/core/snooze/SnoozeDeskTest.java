package org.facteur.core.snooze;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.facteur.base.word.Language;
import org.facteur.core.change.Hints;
import org.facteur.core.mailbox.House;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.LetterEdit;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.shelf.Shelf;
import org.facteur.core.submission.Agenda;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SnoozeDeskTest {
    private final House house = House.inMemory();
    private final Shelf shelf = new Shelf(house.store(), new Hints(), house::now);

    @AfterEach
    void close() {
        house.close();
    }

    private SnoozeDesk desk(Agenda agenda) {
        return new SnoozeDesk(shelf, house.boxes(), agenda, house::now);
    }

    @Test
    void aLetterComesBackUnreadAlsoAfterARestart() {
        LetterId letter = house.append(House.letter(1)).letter();
        house.box()
                .catalog()
                .edit()
                .run(
                        List.of(
                                new LetterEdit(
                                        letter,
                                        null,
                                        LetterEdit.Selection.pieces(Map.of(Keyword.SEEN, true)))));
        try (Agenda agenda = new Agenda(house.store(), house::now)) {
            desk(agenda)
                    .put(
                            house.box(),
                            letter,
                            house.now().plus(Duration.ofHours(1)),
                            Language.FRENCH);
        }
        assertThat(house.box().view(house.inbox()).size()).isZero();
        try (Agenda agenda = new Agenda(house.store(), house::now)) {
            SnoozeDesk desk = desk(agenda);
            house.later(Duration.ofMinutes(59));
            desk.wakeDue(house.alice().id());
            assertThat(house.box().view(house.inbox()).size()).isZero();
            house.later(Duration.ofMinutes(2));
            desk.wakeDue(house.alice().id());
            assertThat(house.box().view(house.inbox()).size()).isEqualTo(1);
            assertThat(house.box().catalog().find(List.of(letter)).letters().getFirst().keywords())
                    .doesNotContain(Keyword.SEEN);
            assertThat(desk.list(house.alice().id())).isEmpty();
        }
    }

    @Test
    void aLetterThatWasMovedStaysAndOneThatIsGoneIsForgotten() {
        LetterId moved = house.append(House.letter(1)).letter();
        LetterId gone = house.append(House.letter(2)).letter();
        try (Agenda agenda = new Agenda(house.store(), house::now)) {
            SnoozeDesk desk = desk(agenda);
            desk.put(house.box(), moved, house.now().plusSeconds(60), Language.ENGLISH);
            desk.put(house.box(), gone, house.now().plusSeconds(60), Language.ENGLISH);
            house.box()
                    .catalog()
                    .edit()
                    .run(
                            List.of(
                                    new LetterEdit(
                                            moved,
                                            LetterEdit.Selection.of(
                                                    Set.of(
                                                            house.box()
                                                                    .mailboxes()
                                                                    .find(
                                                                            org.facteur.core.mailbox
                                                                                    .Role.TRASH)
                                                                    .orElseThrow()
                                                                    .id())),
                                            null),
                                    LetterEdit.end(gone)));
            house.later(Duration.ofMinutes(2));
            desk.wakeDue(house.alice().id());
            assertThat(house.box().view(house.inbox()).size()).isZero();
            assertThat(desk.list(house.alice().id())).isEmpty();
        }
    }
}
