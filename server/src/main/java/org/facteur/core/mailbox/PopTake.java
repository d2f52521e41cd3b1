package org.facteur.core.mailbox;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.facteur.store.layout.Layout;
import org.jspecify.annotations.Nullable;

/// One transaction of a POP device's QUIT: what deleting one letter does under the device's rule.
/// One thread.
final class PopTake {
    private final BoxTransaction box;
    private final PopDrop drop;
    private final Set<MailboxId> seen;
    private final long credential;
    private @Nullable MailboxId target;
    private @Nullable MailboxTree tree;

    PopTake(BoxTransaction box, PopDrop drop) {
        this.box = box;
        this.drop = drop;
        this.seen = Set.copyOf(drop.mailboxes());
        this.credential = drop.device().credential();
    }

    /// @return whether the device did not have the letter before
    boolean take(LetterId letter) {
        boolean fresh = PopTaken.add(box.tx(), credential, letter);
        List<Places.Place> places =
                box.tx()
                        .find(Layout.places(letter.number()))
                        .map(Places::decode)
                        .map(Places::list)
                        .orElse(List.of());
        for (Places.Place place : List.copyOf(places)) {
            // What somebody else has moved away meanwhile is left alone.
            if (seen.contains(place.mailbox())) {
                box.entry(place.mailbox(), place.uid()).ifPresent(entry -> act(place, entry));
            }
        }
        endIfCondemned(letter);
        return fresh;
    }

    private void act(Places.Place place, Entry entry) {
        switch (drop.device().rule().onDelete()) {
            case HIDE -> move(place, entry, Collected.Fate.KEPT);
            case MARK_READ -> markRead(place, entry);
            case ARCHIVE -> move(place, entry, Collected.Fate.ARCHIVED);
            case DESTROY -> {
                if (awaited(entry.letter())) {
                    move(place, entry, Collected.Fate.CONDEMNED);
                } else {
                    box.remove(place.mailbox(), entry);
                    new LetterRows(box).leave(entry.letter(), place.mailbox(), place.uid());
                }
            }
        }
    }

    private void markRead(Places.Place place, Entry entry) {
        long bits =
                box.keywordsFor(place.mailbox(), Set.of(Keyword.SEEN)).bits(Set.of(Keyword.SEEN));
        if (!entry.has(bits)) {
            box.mark(place.mailbox(), entry, entry.keywords() | bits);
        }
    }

    private void move(Places.Place place, Entry entry, Collected.Fate fate) {
        MailboxId to = target(fate);
        if (to.equals(place.mailbox())) {
            return;
        }
        Collected.Origin origin =
                new Collected.Origin(place.mailbox(), tree().name(place.mailbox()).segments());
        Long uid = EntryEditor.moveOne(box, place.mailbox(), place.uid(), to);
        if (uid == null) {
            return;
        }
        Collected collected =
                new Collected(
                        credential,
                        box.now(),
                        entry.letter(),
                        new Places.Place(to, uid),
                        origin,
                        fate,
                        entry.sizeBytes());
        box.tx().put(collected.key(), collected.encode());
    }

    /// The hidden mailbox or the archive; made where it is missing.
    private MailboxId target(Collected.Fate fate) {
        MailboxId known = target;
        if (known == null) {
            known =
                    switch (fate) {
                        case KEPT, CONDEMNED -> FirstMailboxes.collected(box).id();
                        case ARCHIVED -> archive();
                    };
            target = known;
        }
        return known;
    }

    private MailboxId archive() {
        Optional<Mailbox> archive = FirstMailboxes.find(box, Role.ARCHIVE);
        return archive.isPresent()
                ? archive.get().id()
                : MailboxEditor.ensure(box, MailboxName.parse("Archive"));
    }

    private MailboxTree tree() {
        MailboxTree known = tree;
        if (known == null) {
            known = box.tree();
            tree = known;
        }
        return known;
    }

    /// Whether another device that collects has not taken a letter yet.
    private boolean awaited(LetterId letter) {
        return drop.device().others().stream()
                .filter(other -> other != credential)
                .filter(other -> PopHabit.find(box.tx(), other).isPresent())
                .anyMatch(other -> !PopTaken.has(box.tx(), other, letter));
    }

    /// Ends a letter that another device condemned and that nobody waits for any more.
    private void endIfCondemned(LetterId letter) {
        List<Collected> condemned = drop.condemned(letter);
        if (condemned.isEmpty() || awaited(letter)) {
            return;
        }
        for (Collected each : condemned) {
            if (box.tx().find(each.key()).isPresent()) {
                box.tx().delete(each.key());
                end(box, each);
            }
        }
    }

    /// Ends the hidden entry of a collected letter.
    ///
    /// @return whether it was there
    static boolean end(BoxTransaction box, Collected collected) {
        MailboxId mailbox = collected.place().mailbox();
        Entry entry =
                box.findMailbox(mailbox)
                        .flatMap(known -> box.entry(mailbox, collected.place().uid()))
                        .filter(known -> known.letter().equals(collected.letter()))
                        .orElse(null);
        if (entry == null) {
            return false;
        }
        box.remove(mailbox, entry);
        new LetterRows(box).leave(entry.letter(), mailbox, entry.uid());
        return true;
    }
}
