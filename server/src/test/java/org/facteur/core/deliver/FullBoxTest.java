package org.facteur.core.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.facteur.base.event.EventSink;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Language;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Directory;
import org.facteur.core.account.DirectoryEditor;
import org.facteur.core.account.Door;
import org.facteur.core.account.Profile;
import org.facteur.core.account.Quota;
import org.facteur.core.change.Hints;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.mailbox.LetterContent;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.core.mailbox.Role;
import org.facteur.core.queue.Queue;
import org.facteur.core.queue.RetrySchedule;
import org.facteur.core.sieve.Scripts;
import org.facteur.store.kv.EngineStore;
import org.facteur.store.kv.Store;
import org.facteur.store.memory.MemoryEngine;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.sieve.SieveLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Boxes that are full, letters to their owners, and copies of what is sent.
class FullBoxTest {
    private static final EmailAddress ALICE = EmailAddress.parse("alice@example.org");

    private Instant now = Instant.parse("2030-01-01T12:00:00Z");
    private final Store store = new EngineStore(new MemoryEngine(), new Random(1), () -> now);
    private final Directory directory = new Directory(store);
    private final DirectoryEditor editor = new DirectoryEditor(directory, () -> now);
    private final LetterBoxes boxes =
            new LetterBoxes(store, directory, new Hints(), () -> now, 10_000_000);
    private final Queue queue =
            new Queue(store, () -> now, () -> RetrySchedule.DEFAULT, EventSink.NONE);
    private final Delivery strict =
            new Delivery(
                    directory,
                    new Delivery.Boxes(
                            boxes,
                            new Scripts(store, new Hints(), () -> now, SieveLimits.STANDARD)),
                    queue,
                    () -> now,
                    EventSink.NONE);
    private final QuotaGrace grace =
            new QuotaGrace(
                    store,
                    directory,
                    boxes,
                    () -> now,
                    () -> new QuotaGrace.Rule(50, Duration.ofDays(7)));
    private final Delivery kind = strict.with(grace);
    private final OwnerNotices notices = new OwnerNotices(kind, directory, () -> now);
    private Account alice;

    @BeforeEach
    void person() {
        editor.addDomain(Domain.parse("example.org"), null);
        alice = editor.addAccount(ALICE, "Alice", Language.FRENCH);
        boxes.prepare(alice.id(), Language.FRENCH);
        editor.setQuota(alice.id(), new Quota(1_000_000, 4));
        alice = directory.getAccount(alice.id());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private LetterBox box() {
        return boxes.open(Actor.system(alice.id(), Door.IMAP));
    }

    private List<String> letters(Role role) {
        LetterBox box = box();
        MailboxView view = box.view(box.mailboxes().find(role).orElseThrow().id());
        return java.util.stream.IntStream.range(0, view.size())
                .mapToObj(i -> box.findLetter(view.letter(i)).orElseThrow())
                .map(
                        letter -> {
                            try (LetterContent content = box.content(letter)) {
                                return new String(
                                        content.read(0, (int) content.size()),
                                        StandardCharsets.UTF_8);
                            }
                        })
                .toList();
    }

    private void bring(Delivery delivery, Function<NewLetter, Consignment> consignment) {
        byte[] octets =
                "From: joe@elsewhere.example\r\nSubject: hello\r\n\r\nHello\r\n"
                        .getBytes(StandardCharsets.US_ASCII);
        try (LetterWriter writer = new LetterWriter(boxes.blobs(), 1_000_000)) {
            writer.write(octets, 0, octets.length);
            try (NewLetter letter = writer.finish()) {
                delivery.accept(consignment.apply(letter));
            }
        }
    }

    private Consignment toAlice(NewLetter letter) {
        return new Consignment(
                letter,
                Envelope.plain(
                        EmailAddress.parse("joe@elsewhere.example"), List.of(ALICE), null, false),
                new byte[0],
                false,
                now,
                List.of(),
                null);
    }

    private void fill(Delivery delivery, int letters) {
        for (int i = 0; i < letters; i++) {
            bring(delivery, this::toAlice);
        }
    }

    @Test
    void withoutGraceAFullBoxRefuses() {
        fill(strict, 4);
        assertThatThrownBy(() -> fill(strict, 1)).isInstanceOf(Refusal.class);
        assertThat(strict.quotaNow(alice)).isEqualTo(alice.quota());
    }

    @Test
    void withGraceItTakesSomeMoreAndItsOwnerIsToldOnce() {
        fill(kind, 5);
        grace.review(notices);
        grace.review(notices);
        List<String> inbox = letters(Role.INBOX);
        assertThat(inbox).hasSize(6);
        assertThat(inbox.getLast().replace("=\r\n", ""))
                .contains("Votre_bo=C3=AEte_aux_lettres_est_pleine")
                .contains("Auto-Submitted: auto-generated")
                .contains("8 janvier 2030")
                .startsWith("Return-Path: <>\r\n");
        assertThatThrownBy(() -> fill(kind, 1)).isInstanceOf(Refusal.class);
    }

    @Test
    void graceEndsAfterSomeDays() {
        fill(kind, 5);
        now = now.plus(Duration.ofDays(7).plusSeconds(1));
        assertThatThrownBy(() -> fill(kind, 1)).isInstanceOf(Refusal.class);
        assertThat(kind.quotaNow(alice)).isEqualTo(alice.quota());
    }

    @Test
    void whoMakesRoomHasGraceAgain() {
        fill(kind, 5);
        LetterBox box = box();
        MailboxView view = box.view(box.inbox());
        box.expunge(box.inbox(), List.of(view.uid(0), view.uid(1), view.uid(2)), false);
        now = now.plus(Duration.ofDays(8));
        grace.review(notices);
        fill(kind, 4);
        assertThat(letters(Role.INBOX)).hasSize(6);
    }

    @Test
    void ownersAreToldOfADeviceThatDeletesMuchOnceADay() {
        Actor device = new Actor(alice.id(), 2, Door.POP3);
        notices.deviceDeletesMuch(device, "vieux PC", 60, 2);
        notices.deviceDeletesMuch(device, "vieux PC", 90, 2);
        assertThat(letters(Role.INBOX))
                .singleElement()
                .asString()
                .contains("Un_appareil_a_supprim")
                .contains("vieux PC");
    }

    @Test
    void sentLettersAreKeptForWhoAskedForIt() {
        Function<NewLetter, Consignment> submitted =
                letter ->
                        new Consignment(
                                letter,
                                Envelope.plain(
                                        ALICE,
                                        List.of(EmailAddress.parse("joe@elsewhere.example")),
                                        alice.id(),
                                        false),
                                new byte[0],
                                false,
                                now,
                                List.of(),
                                null);
        bring(strict, submitted);
        assertThat(letters(Role.SENT)).isEmpty();
        editor.setProfile(alice.id(), new Profile("Alice", Language.FRENCH, null, true));
        bring(strict, submitted);
        assertThat(letters(Role.SENT)).singleElement().asString().startsWith("From: joe");
        LetterBox box = box();
        MailboxView view = box.view(box.mailboxes().find(Role.SENT).orElseThrow().id());
        assertThat(view.keywords(0)).isNotZero();
        editor.setQuota(alice.id(), new Quota(1_000_000, 1));
        bring(strict, submitted);
        assertThat(letters(Role.SENT)).hasSize(1);
    }
}
