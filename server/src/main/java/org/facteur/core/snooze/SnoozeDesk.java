package org.facteur.core.snooze;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Language;
import org.facteur.base.word.Sentence;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.mailbox.LetterEdit;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.mailbox.MailboxName;
import org.facteur.core.mailbox.Role;
import org.facteur.core.mailbox.WholeLetter;
import org.facteur.core.shelf.ItemKind;
import org.facteur.core.shelf.Shelf;
import org.facteur.core.shelf.ShelfChanges;
import org.facteur.core.shelf.ShelfItem;
import org.facteur.core.submission.Agenda;

/// Puts letters aside and brings them back. Any thread.
public final class SnoozeDesk {
    /// What the mailbox is for.
    public static final Role ROLE = new Role("snoozed");

    /// How far ahead a letter can be put aside.
    public static final Duration LONGEST = Duration.ofDays(3660);

    private static final Sentence NAME = new Sentence("Snoozed", "À plus tard");

    private final Shelf shelf;
    private final LetterBoxes boxes;
    private final Agenda agenda;
    private final InstantSource clock;

    public SnoozeDesk(Shelf shelf, LetterBoxes boxes, Agenda agenda, InstantSource clock) {
        this.shelf = shelf;
        this.boxes = boxes;
        this.agenda = agenda;
        this.clock = clock;
        agenda.handle(ItemKind.SNOOZE, this::wakeDue);
    }

    public List<Snooze> list(AccountId account) {
        return shelf.list(account, ItemKind.SNOOZE).stream().map(Snooze::decode).toList();
    }

    public Optional<Snooze> find(AccountId account, long number) {
        return shelf.find(account, ItemKind.SNOOZE, number).map(Snooze::decode);
    }

    public Optional<ShelfChanges> changesSince(AccountId account, long version) {
        return shelf.changesSince(account, ItemKind.SNOOZE, version);
    }

    /// Puts a letter aside; one that is aside already gets the new instant.
    ///
    /// @param box the actor's own
    /// @throws Refusal NOT_FOUND for the letter, INVALID for an instant that is past or too far,
    ///   LIMIT
    public Snooze put(LetterBox box, LetterId letter, Instant until, Language language) {
        checkInstant(until);
        WholeLetter whole = box.catalog().find(List.of(letter)).letters().getFirst();
        if (whole == null) {
            throw new Refusal(
                    Refusal.Reason.NOT_FOUND,
                    "There is no such letter.",
                    "Cette lettre n'existe pas.");
        }
        Mailbox aside = mailbox(box, language);
        Optional<Snooze> known =
                list(box.owner()).stream().filter(each -> each.letter().equals(letter)).findFirst();
        if (known.isPresent()) {
            return postpone(box, known.get().number(), until);
        }
        List<MailboxId> from = new ArrayList<>(whole.mailboxes());
        from.remove(aside.id());
        if (from.isEmpty()) {
            from.add(box.inbox());
        }
        agenda.add(until, ItemKind.SNOOZE, box.owner());
        long number =
                shelf.change(
                                box.actor(),
                                box.owner(),
                                items ->
                                        items.add(
                                                ItemKind.SNOOZE,
                                                null,
                                                new Snooze(0, letter, until, from).encode()))
                        .value();
        move(
                box,
                new LetterEdit(
                        letter, LetterEdit.Selection.of(java.util.Set.of(aside.id())), null));
        return new Snooze(number, letter, until, from);
    }

    private void checkInstant(Instant until) {
        Instant now = clock.instant();
        if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST))) {
            throw new Refusal(
                    Refusal.Reason.INVALID,
                    "A letter comes back later than now, within ten years.",
                    "Une lettre revient plus tard que maintenant, d'ici dix ans.");
        }
    }

    private static Mailbox mailbox(LetterBox box, Language language) {
        Optional<Mailbox> known = box.mailboxes().find(ROLE);
        if (known.isPresent()) {
            return known.get();
        }
        MailboxName name = new MailboxName(List.of(NAME.in(language)));
        if (box.mailboxes().find(name).isPresent()) {
            Mailbox same = box.mailboxes().get(name);
            box.assign(same.id(), ROLE);
            return box.mailboxes().get(same.id());
        }
        return box.create(name, ROLE);
    }

    /// Gives a letter another instant.
    ///
    /// @throws Refusal NOT_FOUND, INVALID
    public Snooze postpone(LetterBox box, long number, Instant until) {
        checkInstant(until);
        agenda.add(until, ItemKind.SNOOZE, box.owner());
        return shelf.change(
                        box.actor(),
                        box.owner(),
                        items -> {
                            Snooze known =
                                    items.find(ItemKind.SNOOZE, number)
                                            .map(Snooze::decode)
                                            .orElseThrow(SnoozeDesk::unknown);
                            Snooze later = new Snooze(number, known.letter(), until, known.from());
                            items.put(ItemKind.SNOOZE, number, later.encode());
                            return later;
                        })
                .value();
    }

    private static Refusal unknown() {
        return new Refusal(
                Refusal.Reason.NOT_FOUND, "There is no such snooze.", "Ce report n'existe pas.");
    }

    /// Brings a letter back now.
    ///
    /// @throws Refusal NOT_FOUND
    public void wake(LetterBox box, long number) {
        Snooze snooze = find(box.owner(), number).orElseThrow(SnoozeDesk::unknown);
        bring(box, snooze, false);
    }

    /// Brings everything back that is due in an account. One that cannot come back holds up no
    /// other.
    ///
    /// @throws Refusal when there was one; it is tried again
    void wakeDue(AccountId account) {
        LetterBox box = boxes.open(Actor.system(account, Door.SYSTEM));
        Instant now = clock.instant();
        Refusal last = null;
        for (ShelfItem item : shelf.list(account, ItemKind.SNOOZE)) {
            Snooze snooze = Snooze.decode(item);
            if (!snooze.until().isAfter(now)) {
                try {
                    bring(box, snooze, true);
                } catch (Refusal refused) {
                    last = refused;
                }
            }
        }
        if (last != null) {
            throw last;
        }
    }

    /// The letter first, so that it is never lost sight of; doing it again changes nothing.
    private void bring(LetterBox box, Snooze snooze, boolean unread) {
        WholeLetter letter = box.catalog().find(List.of(snooze.letter())).letters().getFirst();
        MailboxId aside = box.mailboxes().find(ROLE).map(Mailbox::id).orElse(null);
        if (letter != null && aside != null && letter.mailboxes().contains(aside)) {
            Map<MailboxId, Boolean> places = new HashMap<>();
            for (MailboxId each : snooze.from()) {
                if (box.mailboxes().find(each).isPresent()) {
                    places.put(each, true);
                }
            }
            if (places.isEmpty()) {
                places.put(box.inbox(), true);
            }
            places.put(aside, false);
            move(
                    box,
                    new LetterEdit(
                            snooze.letter(),
                            LetterEdit.Selection.pieces(places),
                            unread
                                    ? LetterEdit.Selection.pieces(Map.of(Keyword.SEEN, false))
                                    : null));
        }
        shelf.change(
                box.actor(),
                box.owner(),
                items -> {
                    if (items.find(ItemKind.SNOOZE, snooze.number()).isPresent()) {
                        items.remove(ItemKind.SNOOZE, snooze.number());
                    }
                    return true;
                });
    }

    private static void move(LetterBox box, LetterEdit edit) {
        Refusal refusal = box.catalog().edit().run(List.of(edit)).refusals().get(edit.letter());
        if (refusal != null) {
            throw refusal;
        }
    }
}
