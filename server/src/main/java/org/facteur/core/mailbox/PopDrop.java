package org.facteur.core.mailbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.PopRule;
import org.facteur.store.kv.KeyRange;
import org.facteur.store.kv.ReadView;
import org.facteur.store.layout.Layout;

/// The letters a POP device is offered, as they are at one moment: those of the mailboxes its rule
/// shows, and those that other devices took out of them, less what it has taken itself. Immutable;
/// counted from 0, oldest first.
///
/// A device that has taken nothing and sees the inbox alone shares the inbox's view; any other
/// costs 16 octets a letter.
public final class PopDrop {
    private final PopDevice device;
    private final List<MailboxView> views;

    /// The letters, or null for all those of the only view.
    private final long @org.jspecify.annotations.Nullable [] letters;

    private final long[] sizes;
    private final long sizeBytes;

    /// What other devices condemned and this one is still offered.
    private final List<Collected> condemned;

    private record Offered(long letter, long sizeBytes) {}

    private PopDrop(PopDevice device, List<MailboxView> views, List<Offered> chosen, Taken taken) {
        this.device = device;
        this.views = views;
        this.letters = chosen.stream().mapToLong(Offered::letter).toArray();
        this.sizes = chosen.stream().mapToLong(Offered::sizeBytes).toArray();
        this.sizeBytes = Arrays.stream(sizes).sum();
        this.condemned =
                taken.byOthers().stream()
                        .filter(each -> each.fate() == Collected.Fate.CONDEMNED)
                        .toList();
    }

    private PopDrop(PopDevice device, MailboxView view) {
        this.device = device;
        this.views = List.of(view);
        this.letters = null;
        this.sizes = new long[0];
        this.sizeBytes = view.state().counts().bytes();
        this.condemned = List.of();
    }

    /// Views are read before rows: what moves in between is in both, and counts once.
    static PopDrop open(LetterBoxes boxes, LetterBox box, PopDevice device, Instant now) {
        List<MailboxView> views = views(box, device.rule().sees());
        Taken taken = boxes.partition(box.owner()).read(view -> Taken.read(view, device));
        PopRule rule = device.rule();
        if (views.size() == 1 && rule.days() == 0 && taken.nothing()) {
            return new PopDrop(device, views.getFirst());
        }
        long oldest =
                rule.days() == 0 ? 0 : now.minus(Duration.ofDays(rule.days())).getEpochSecond();
        List<Offered> chosen = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        for (MailboxView view : views) {
            for (int i = 0; i < view.size(); i++) {
                LetterId letter = view.letter(i);
                if (view.receivedSecond(i) >= oldest
                        && !taken.own().has(letter)
                        && seen.add(letter.number())) {
                    chosen.add(new Offered(letter.number(), view.sizeBytes(i)));
                }
            }
        }
        for (Collected each : taken.byOthers()) {
            boolean shown =
                    views.stream()
                            .anyMatch(view -> view.mailbox().id().equals(each.origin().mailbox()));
            if (shown && !taken.own().has(each.letter()) && seen.add(each.letter().number())) {
                chosen.add(new Offered(each.letter().number(), each.sizeBytes()));
            }
        }
        if (views.size() > 1 || !taken.byOthers().isEmpty()) {
            chosen.sort(Comparator.comparingLong(Offered::letter));
        }
        return new PopDrop(device, views, chosen, taken);
    }

    /// What a device has taken, and what others took since it is there.
    private record Taken(PopTaken own, List<Collected> byOthers) {
        static Taken read(ReadView view, PopDevice device) {
            List<Collected> byOthers = new ArrayList<>();
            long own = device.credential();
            List<KeyRange> others =
                    List.of(
                            Layout.popCollected(0, own),
                            Layout.popCollected(own + 1, Long.MAX_VALUE));
            for (KeyRange range : others) {
                TablePages.forEach(
                        view,
                        range,
                        row -> {
                            Collected collected = Collected.decode(row);
                            if (!collected.when().isBefore(device.since())) {
                                byOthers.add(collected);
                            }
                        });
            }
            return new Taken(PopTaken.read(view, own), byOthers);
        }

        boolean nothing() {
            return own.isEmpty() && byOthers.isEmpty();
        }
    }

    private static List<MailboxView> views(LetterBox box, PopRule.Sees sees) {
        MailboxTree tree = box.mailboxes();
        List<Mailbox> shown =
                tree.shown().stream()
                        .filter(
                                mailbox ->
                                        switch (sees) {
                                            case INBOX -> mailbox.is(Role.INBOX);
                                            case INBOX_AND_SENT ->
                                                    mailbox.is(Role.INBOX) || mailbox.is(Role.SENT);
                                            case ALL ->
                                                    !mailbox.is(Role.JUNK)
                                                            && !mailbox.is(Role.TRASH)
                                                            && !mailbox.is(Role.DRAFTS);
                                        })
                        .toList();
        if (shown.stream().noneMatch(mailbox -> mailbox.is(Role.INBOX))) {
            throw new Refusal(
                    Refusal.Reason.NOT_FOUND,
                    "This account has no inbox.",
                    "Ce compte n'a pas de boîte de réception.");
        }
        return shown.stream().map(mailbox -> box.view(mailbox.id())).toList();
    }

    public int size() {
        return letters == null ? views.getFirst().size() : letters.length;
    }

    /// Octets of all letters.
    public long sizeBytes() {
        return sizeBytes;
    }

    public LetterId letter(int index) {
        return letters == null ? views.getFirst().letter(index) : new LetterId(letters[index]);
    }

    public long sizeBytes(int index) {
        return letters == null ? views.getFirst().sizeBytes(index) : sizes[index];
    }

    PopDevice device() {
        return device;
    }

    /// The rows by which other devices condemned a letter.
    List<Collected> condemned(LetterId letter) {
        return condemned.stream().filter(each -> each.letter().equals(letter)).toList();
    }

    /// Where the device saw letters, in any order.
    List<MailboxId> mailboxes() {
        return views.stream().map(view -> view.mailbox().id()).toList();
    }
}
