package org.facteur.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.DirectoryEditor;
import org.facteur.core.account.PopRule;
import org.facteur.core.account.PopRule.OnDelete;
import org.facteur.core.account.PopRule.Sees;
import org.facteur.core.account.Quota;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PopDropTest {
    private static final long OLD_PC = 2;
    private static final long NEW_PC = 3;

    private final House house = House.inMemory();
    private final LetterBox box = house.box();

    @AfterEach
    void close() {
        house.close();
    }

    private static PopDevice device(long credential, PopRule rule) {
        return new PopDevice(credential, House.NOW, rule, Set.of(1L, OLD_PC, NEW_PC));
    }

    private static PopDevice device(long credential) {
        return device(credential, PopRule.STANDARD);
    }

    private static PopDevice device(long credential, OnDelete onDelete) {
        return device(credential, new PopRule(Sees.INBOX, 0, onDelete));
    }

    private static List<Long> letters(PopDrop drop) {
        return IntStream.range(0, drop.size()).mapToObj(i -> drop.letter(i).number()).toList();
    }

    /// Collects everything a device is offered.
    private PopReceipt takeAll(PopDevice device) {
        PopDrop drop = box.openDrop(device);
        return box.take(drop, IntStream.range(0, drop.size()).mapToObj(drop::letter).toList());
    }

    private List<Long> offered(PopDevice device) {
        return letters(box.openDrop(device));
    }

    private MailboxId mailbox(String name) {
        return box.mailboxes().get(MailboxName.parse(name)).id();
    }

    private int inboxLetters() {
        return box.view(house.inbox()).size();
    }

    @Test
    void twoDevicesEachGetEveryLetterOnce() {
        house.append(House.letter(1));
        house.append(House.letter(2));
        takeAll(device(OLD_PC));
        assertThat(inboxLetters()).isZero();
        house.append(House.letter(3));
        assertThat(offered(device(OLD_PC))).containsExactly(3L);
        assertThat(offered(device(NEW_PC))).containsExactly(1L, 2L, 3L);
        takeAll(device(NEW_PC));
        assertThat(offered(device(NEW_PC))).isEmpty();
        assertThat(offered(device(OLD_PC))).containsExactly(3L);
        assertThat(offered(device(1))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatWasTakenBeforeADeviceWasThereIsNotForIt() {
        house.append(House.letter(1));
        takeAll(device(OLD_PC));
        house.later(Duration.ofDays(1));
        PopDevice late =
                new PopDevice(4, house.now(), PopRule.STANDARD, Set.of(1L, OLD_PC, NEW_PC));
        house.append(House.letter(2));
        assertThat(offered(late)).containsExactly(2L);
    }

    @Test
    void aRestoredLetterIsAsItWasAndNotOfferedAgain() {
        Instant arrived = house.now();
        house.append(
                box,
                mailbox("INBOX"),
                House.letter(1),
                Set.of(Keyword.FLAGGED, new Keyword("project")),
                null);
        house.later(Duration.ofDays(3));
        takeAll(device(OLD_PC));
        List<RecoverableLetter> found = box.recoverable(Instant.EPOCH, 100);
        assertThat(found).hasSize(1);
        RecoverableLetter letter = found.getFirst();
        assertThat(letter.credential()).isEqualTo(OLD_PC);
        assertThat(letter.from()).isEqualTo(MailboxName.INBOX);
        assertThat(letter.received()).isEqualTo(arrived);
        assertThat(letter.taken()).isEqualTo(house.now());
        assertThat(box.restore(List.of(letter.id(), 999L))).containsExactly(letter.id());
        assertThat(box.restore(List.of(letter.id()))).isEmpty();
        MailboxView inbox = box.view(house.inbox());
        assertThat(inbox.size()).isEqualTo(1);
        assertThat(inbox.entry(0).received()).isEqualTo(arrived);
        assertThat(inbox.state().keywords().keywords(inbox.keywords(0)))
                .containsExactlyInAnyOrder(Keyword.FLAGGED, new Keyword("project"));
        assertThat(offered(device(OLD_PC))).isEmpty();
        assertThat(offered(device(NEW_PC))).containsExactly(1L);
        assertThat(box.recoverable(Instant.EPOCH, 100)).isEmpty();
    }

    @Test
    void aLetterGoesBackToAFolderThatIsMadeAgain() {
        box.create(MailboxName.parse("Work/Plans"), null);
        house.append(box, mailbox("Work/Plans"), House.letter(1), Set.of(), null);
        takeAll(device(OLD_PC, new PopRule(Sees.ALL, 0, OnDelete.HIDE)));
        box.delete(MailboxName.parse("Work/Plans"));
        box.restore(List.of(box.recoverable(Instant.EPOCH, 10).getFirst().id()));
        assertThat(box.view(mailbox("Work/Plans")).size()).isEqualTo(1);
    }

    @Test
    void markReadLeavesTheLetterAndOffersItNoMore() {
        house.append(House.letter(1));
        PopReceipt receipt = takeAll(device(OLD_PC, OnDelete.MARK_READ));
        assertThat(receipt.taken()).isEqualTo(1);
        MailboxView inbox = box.view(house.inbox());
        assertThat(inbox.keywords(0)).isEqualTo(KeywordTable.SEEN);
        assertThat(offered(device(OLD_PC))).isEmpty();
        assertThat(offered(device(NEW_PC))).containsExactly(1L);
        assertThat(box.recoverable(Instant.EPOCH, 10)).isEmpty();
    }

    @Test
    void archiveMovesTheLetterAndStillOffersItToOthers() {
        house.append(House.letter(1));
        takeAll(device(OLD_PC, OnDelete.ARCHIVE));
        assertThat(inboxLetters()).isZero();
        assertThat(box.view(mailbox("Archive")).size()).isEqualTo(1);
        assertThat(offered(device(NEW_PC))).containsExactly(1L);
        takeAll(device(NEW_PC));
        assertThat(offered(device(NEW_PC))).isEmpty();
        assertThat(box.view(mailbox("Archive")).size()).isEqualTo(1);
    }

    @Test
    void destroyEndsALetterAtOnceWhenNobodyElseCollects() {
        house.append(House.letter(1));
        takeAll(device(OLD_PC, OnDelete.DESTROY));
        assertThat(box.findLetter(new LetterId(1))).isEmpty();
        assertThat(box.usage().letters()).isZero();
    }

    @Test
    void destroyWaitsForTheOtherDevices() {
        offered(device(NEW_PC));
        house.append(House.letter(1));
        takeAll(device(OLD_PC, OnDelete.DESTROY));
        assertThat(inboxLetters()).isZero();
        assertThat(box.recoverable(Instant.EPOCH, 10)).isEmpty();
        assertThat(offered(device(NEW_PC))).containsExactly(1L);
        takeAll(device(NEW_PC));
        assertThat(box.findLetter(new LetterId(1))).isEmpty();
    }

    @Test
    void aRuleChoosesMailboxesAndDays() {
        house.append(House.letter(1));
        house.append(box, mailbox("Sent"), House.letter(2), Set.of(), null);
        house.append(box, mailbox("Archive"), House.letter(3), Set.of(), null);
        house.append(box, mailbox("Junk"), House.letter(4), Set.of(), null);
        house.append(box, mailbox("Trash"), House.letter(5), Set.of(), null);
        house.append(box, mailbox("Drafts"), House.letter(6), Set.of(), null);
        house.later(Duration.ofDays(10));
        house.append(House.letter(7));
        assertThat(offered(device(OLD_PC))).containsExactly(1L, 7L);
        assertThat(offered(device(OLD_PC, new PopRule(Sees.INBOX_AND_SENT, 0, OnDelete.HIDE))))
                .containsExactly(1L, 2L, 7L);
        assertThat(offered(device(OLD_PC, new PopRule(Sees.ALL, 0, OnDelete.HIDE))))
                .containsExactly(1L, 2L, 3L, 7L);
        assertThat(offered(device(OLD_PC, new PopRule(Sees.ALL, 5, OnDelete.HIDE))))
                .containsExactly(7L);
    }

    @Test
    void aLetterInTwoMailboxesIsOfferedOnceAndTakenFromBoth() {
        Placed placed = house.append(House.letter(1));
        box.copy(house.inbox(), List.of(placed.uid()), mailbox("Archive"));
        PopDevice device = device(OLD_PC, new PopRule(Sees.ALL, 0, OnDelete.HIDE));
        assertThat(offered(device)).containsExactly(1L);
        takeAll(device);
        assertThat(inboxLetters()).isZero();
        assertThat(box.view(mailbox("Archive")).size()).isZero();
        List<Long> ids =
                box.recoverable(Instant.EPOCH, 10).stream().map(RecoverableLetter::id).toList();
        box.restore(ids);
        assertThat(inboxLetters()).isEqualTo(1);
        assertThat(box.view(mailbox("Archive")).size()).isEqualTo(1);
    }

    @Test
    void whatIsHiddenEndsWhenItsTimeIsOver() {
        house.append(House.letter(1));
        takeAll(device(OLD_PC));
        house.later(Duration.ofDays(20));
        house.append(House.letter(2));
        takeAll(device(NEW_PC));
        Instant before = house.now().minus(Duration.ofDays(10));
        assertThat(house.boxes().expireCollected(house.alice().id(), before)).isEqualTo(1);
        assertThat(box.recoverable(Instant.EPOCH, 10)).hasSize(1);
        assertThat(house.boxes().expireCollected(house.alice().id(), house.now())).isZero();
    }

    @Test
    void whatIsHiddenDoesNotFillTheBoxUntilItIsAsMuchAsTheBoxHolds() {
        DirectoryEditor editor = new DirectoryEditor(house.directory(), house::now);
        editor.setQuota(house.alice().id(), new Quota(1_000_000, 2));
        for (int i = 0; i < 4; i++) {
            house.append(House.letter(i));
            takeAll(device(OLD_PC));
        }
        assertThat(box.usage().letters()).isEqualTo(2);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> house.append(House.letter(9)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void whatSomebodyElseMovedMeanwhileIsLeftAlone() {
        Placed placed = house.append(House.letter(1));
        PopDrop drop = box.openDrop(device(OLD_PC));
        box.move(house.inbox(), List.of(placed.uid()), mailbox("Archive"));
        box.take(drop, List.of(drop.letter(0)));
        assertThat(box.view(mailbox("Archive")).size()).isEqualTo(1);
    }

    @Test
    void aDeviceThatTakesFarMoreThanUsualIsNoticedOnceADay() {
        for (int i = 0; i < 300; i++) {
            house.append(House.letter(i));
        }
        PopDrop first = box.openDrop(device(OLD_PC));
        List<LetterId> all =
                new ArrayList<>(IntStream.range(0, 300).mapToObj(first::letter).toList());
        assertThat(box.take(first, all.subList(0, 100)).alarm()).isNull();
        for (int day = 0; day < 60; day++) {
            house.later(Duration.ofDays(1));
            assertThat(box.take(first, List.of(all.get(100 + day))).alarm()).isNull();
        }
        house.later(Duration.ofDays(1));
        PopHabit alarm =
                java.util.Objects.requireNonNull(box.take(first, all.subList(160, 260)).alarm());
        assertThat(alarm.alarmLetters()).isEqualTo(100);
        assertThat(alarm.usual()).isLessThan(10);
        assertThat(box.take(first, all.subList(260, 300)).alarm()).isNull();
        assertThat(box.findHabit(OLD_PC).orElseThrow().everAlarmed()).isTrue();
    }

    @Test
    void aForgottenDeviceStartsAnew() {
        house.append(House.letter(1));
        takeAll(device(OLD_PC, OnDelete.MARK_READ));
        box.forgetDevice(OLD_PC);
        assertThat(box.findHabit(OLD_PC)).isEmpty();
        assertThat(offered(device(OLD_PC))).containsExactly(1L);
    }

    @Test
    void manyLettersGoInSeveralTransactions() {
        for (int i = 0; i < 2_500; i++) {
            house.append("Subject: " + i + "\r\n\r\n");
        }
        assertThat(takeAll(device(OLD_PC)).taken()).isEqualTo(2_500);
        assertThat(inboxLetters()).isZero();
        List<Long> ids =
                box.recoverable(Instant.EPOCH, 5_000).stream().map(RecoverableLetter::id).toList();
        assertThat(box.restore(ids)).hasSize(2_500);
        assertThat(inboxLetters()).isEqualTo(2_500);
        assertThat(offered(device(OLD_PC))).isEmpty();
    }
}
