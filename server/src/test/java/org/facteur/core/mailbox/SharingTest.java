package org.facteur.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.change.ChangeLog;
import org.facteur.core.change.ChangeRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What others may do with somebody's mailboxes.
class SharingTest {
    private final House house = House.inMemory();
    private final Account bob;
    private final Actor guest;
    private final LetterBox own;
    private final Mailbox shared;

    SharingTest() {
        bob = house.person("bob");
        guest = new Actor(bob.id(), 7, Door.IMAP);
        own = house.box();
        shared = own.create(MailboxName.parse("Team/Plans"), null);
    }

    @BeforeEach
    void begin() {
        house.append(own, shared.id(), House.letter(1), Set.of(Keyword.FLAGGED), null);
        house.append(own, house.inbox(), House.letter(2), Set.of(), null);
    }

    @AfterEach
    void check() {
        house.close();
    }

    private static Refusal.Reason refusal(Runnable work) {
        try {
            work.run();
        } catch (Refusal refusal) {
            return refusal.reason();
        }
        throw new AssertionError("nothing was refused");
    }

    private LetterBox guestBox() {
        return house.boxes().open(guest, house.alice().id());
    }

    private void grant(String rights) {
        own.grant(shared.id(), new Grantee.Person(bob.id()), Rights.parse(rights).orElseThrow());
    }

    @Test
    void nothingIsThereForWhoMayNotLook() {
        assertThat(refusal(this::guestBox)).isEqualTo(Refusal.Reason.NOT_FOUND);
        assertThat(house.boxes().shared(guest)).isEmpty();
        grant("r");
        assertThat(refusal(this::guestBox)).isEqualTo(Refusal.Reason.NOT_FOUND);
        grant("lr");
        assertThat(guestBox().mailboxes().shown())
                .extracting(Mailbox::name)
                .containsExactly("Plans");
        assertThat(guestBox().mailboxes().find(MailboxName.INBOX)).isEmpty();
        assertThat(guestBox().mailboxes().find(MailboxName.parse("Team"))).isEmpty();
        assertThat(refusal(() -> guestBox().view(house.inbox())))
                .isEqualTo(Refusal.Reason.NOT_FOUND);
        assertThat(house.boxes().shared(guest))
                .singleElement()
                .satisfies(
                        each ->
                                assertThat(each.address().toString())
                                        .isEqualTo("alice@example.org"));
        grant("");
        assertThat(refusal(this::guestBox)).isEqualTo(Refusal.Reason.NOT_FOUND);
        assertThat(house.boxes().shared(guest)).isEmpty();
    }

    @Test
    void lettersOfOtherMailboxesCannotBeReadByNumber() {
        grant("lr");
        LetterId seen = own.view(shared.id()).letter(0);
        LetterId hidden = own.view(house.inbox()).letter(0);
        assertThat(guestBox().findLetter(seen)).isPresent();
        assertThat(guestBox().findLetter(hidden)).isEmpty();
        assertThat(guestBox().findAnatomy(hidden)).isEmpty();
        assertThat(guestBox().letters(List.of(hidden, seen)).getFirst()).isNull();
    }

    @Test
    void eachActNeedsItsRight() {
        grant("lr");
        LetterBox box = guestBox();
        Marking seen = Marking.add(Set.of(Keyword.SEEN));
        assertThat(refusal(() -> box.mark(shared.id(), List.of(1L), seen)))
                .isEqualTo(Refusal.Reason.NOT_ALLOWED);
        assertThat(refusal(() -> box.expunge(shared.id(), List.of(1L), true)))
                .isEqualTo(Refusal.Reason.NOT_ALLOWED);
        assertThat(refusal(() -> box.delete(MailboxName.parse("Team/Plans"))))
                .isEqualTo(Refusal.Reason.NOT_ALLOWED);
        assertThat(refusal(() -> box.create(MailboxName.parse("Team/Plans/x"), null)))
                .isEqualTo(Refusal.Reason.NOT_ALLOWED);
        assertThat(refusal(() -> box.create(MailboxName.parse("x"), null)))
                .isEqualTo(Refusal.Reason.NOT_ALLOWED);
        assertThat(refusal(() -> box.grants(shared.id()))).isEqualTo(Refusal.Reason.NOT_ALLOWED);
        assertThat(refusal(() -> box.recoverable(House.NOW, 1)))
                .isEqualTo(Refusal.Reason.NOT_ALLOWED);
        assertThatThrownBy(() -> house.append(box, shared.id(), House.letter(3), Set.of(), null))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void onlyFlagsOneMayChangeChangeAndTheLogKnowsWho() {
        grant("lrs");
        guestBox()
                .mark(
                        shared.id(),
                        List.of(1L),
                        new Marking(
                                Marking.Mode.REPLACE,
                                Set.of(Keyword.SEEN, Keyword.DELETED),
                                Marking.ALWAYS));
        MailboxView view = own.view(shared.id());
        assertThat(view.keywords(0)).isEqualTo(KeywordTable.SEEN | KeywordTable.FLAGGED);
        long version = own.version();
        ChangeRecord last =
                house.store()
                        .partition(house.alice().id().partition())
                        .read(tx -> ChangeLog.after(tx, version - 1, 1))
                        .getFirst();
        assertThat(last.guest()).isEqualTo(bob.id());
        assertThat(last.credential()).isEqualTo(7);
    }

    @Test
    void lettersGoFromOneAccountToAnother() {
        grant("lrswite");
        LetterBox mine = house.boxes().open(guest);
        Mailbox kept = mine.create(MailboxName.parse("Kept"), null);
        Transfer copied = guestBox().copy(shared.id(), List.of(1L), mine, kept.id());
        assertThat(copied.to()).containsExactly(1L);
        Transfer moved = guestBox().move(shared.id(), List.of(1L), mine, kept.id());
        assertThat(moved.to()).containsExactly(2L);
        assertThat(own.view(shared.id()).size()).isZero();
        MailboxView view = mine.view(kept.id());
        assertThat(view.keywords(1)).isEqualTo(KeywordTable.FLAGGED);
        Letter letter = mine.findLetter(view.letter(0)).orElseThrow();
        try (LetterContent content = mine.content(letter)) {
            byte[] octets = content.read(0, (int) content.size());
            assertThat(new String(octets, StandardCharsets.UTF_8)).isEqualTo(House.letter(1));
        }
        assertThat(mine.listing(letter).summary().threadKeys().baseSubject())
                .isEqualToIgnoringCase("letter 1");
        Transfer back = mine.move(kept.id(), List.of(1L, 2L), guestBox(), shared.id());
        assertThat(back.to()).containsExactly(2L, 3L);
    }

    @Test
    void newMailboxesAreSharedAsTheOneAbove() {
        grant("lrk");
        Mailbox below = guestBox().create(MailboxName.parse("Team/Plans/2026"), null);
        assertThat(guestBox().rights(below.id()).toString()).isEqualTo("lrk");
        assertThat(own.mailboxes().find(MailboxName.parse("Team/Plans/2026"))).isPresent();
        own.delete(MailboxName.parse("Team/Plans/2026"));
        assertThat(guestBox().rights(below.id())).isEqualTo(Rights.NONE);
    }

    @Test
    void everybodyMaySeeWhatIsSharedWithEverybody() {
        own.grant(shared.id(), new Grantee.Anyone(), Rights.READING);
        assertThat(house.boxes().shared(guest)).hasSize(1);
        assertThat(guestBox().rights(shared.id())).isEqualTo(Rights.READING);
        own.grant(shared.id(), new Grantee.Anyone(), Rights.NONE);
        assertThat(house.boxes().shared(guest)).isEmpty();
    }

    @Test
    void notesArePrivateOrShared() {
        grant("lr");
        byte[] value = "x".getBytes(StandardCharsets.UTF_8);
        guestBox().annotate(shared.id(), List.of(new NoteChange(false, "/Comment", value)));
        own.annotate(shared.id(), List.of(new NoteChange(true, "/comment", value)));
        assertThat(guestBox().annotations(shared.id())).hasSize(2);
        assertThat(own.annotations(shared.id())).hasSize(1);
        assertThat(guestBox().noteMarks(shared.id()))
                .containsOnlyKeys("/private/comment", "/shared/comment");
        assertThat(
                        refusal(
                                () ->
                                        guestBox()
                                                .annotate(
                                                        shared.id(),
                                                        List.of(
                                                                new NoteChange(
                                                                        true, "/b", value)))))
                .isEqualTo(Refusal.Reason.NOT_ALLOWED);
        assertThat(refusal(() -> new NoteChange(true, "a//b", value)))
                .isEqualTo(Refusal.Reason.INVALID);
        own.delete(MailboxName.parse("Team/Plans"));
        assertThat(own.mailboxes().find(shared.id())).isEqualTo(Optional.empty());
    }

    @Test
    void subscriptionsOutliveTheirMailbox() {
        MailboxName name = MailboxName.parse("Team/Plans");
        own.delete(name);
        assertThat(own.otherSubscriptions()).containsExactly(name);
        own.create(name, null);
        assertThat(own.otherSubscriptions()).isEmpty();
        assertThat(own.mailboxes().get(name).subscribed()).isTrue();
        own.subscribe(name, false);
        own.delete(name);
        assertThat(own.otherSubscriptions()).isEmpty();
    }
}
