package org.facteur.core.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Quota;
import org.facteur.store.kv.StoreFault;
import org.jspecify.annotations.Nullable;

/// Marks, copies, moves and ends entries, in as many transactions as the store's limits ask for.
final class EntryEditor {
    private final LetterBoxes boxes;
    private final Actor actor;
    private final AccountId owner;

    EntryEditor(LetterBoxes boxes, Actor actor, AccountId owner) {
        this.boxes = boxes;
        this.actor = actor;
        this.owner = owner;
    }

    /// @param changeable the keyword bits that may change
    Marked mark(MailboxId mailbox, List<Long> uids, Marking marking, long changeable) {
        List<Long> changed = new ArrayList<>();
        List<Long> refused = new ArrayList<>();
        long version = 0;
        int from = 0;
        do {
            int start = from;
            var done =
                    boxes.write(
                            actor,
                            owner,
                            box ->
                                    markSome(
                                            box,
                                            mailbox,
                                            uids.subList(start, uids.size()),
                                            marking,
                                            changeable));
            Marked some = done.value().marked();
            changed.addAll(some.changed());
            refused.addAll(some.refused());
            version = done.version();
            from = start + done.value().next();
        } while (from < uids.size());
        return new Marked(changed, refused, version);
    }

    private record MarkedSome(Marked marked, int next) {}

    private static MarkedSome markSome(
            BoxTransaction box,
            MailboxId mailbox,
            List<Long> uids,
            Marking marking,
            long changeable) {
        boolean adding =
                marking.mode() != Marking.Mode.REMOVE
                        && (changeable >>> KeywordTable.FIRST_OWN) != 0;
        KeywordTable table = box.keywordsFor(mailbox, adding ? marking.keywords() : Set.of());
        long bits = table.bits(marking.keywords());
        List<Long> changed = new ArrayList<>();
        List<Long> refused = new ArrayList<>();
        int at = 0;
        while (at < uids.size() && !box.full()) {
            long number = EntryRun.numberOf(uids.get(at));
            EntryRun run = box.packedRun(mailbox, number);
            long[] keywords = null;
            for (; at < uids.size() && EntryRun.numberOf(uids.get(at)) == number; at++) {
                int place = run == null ? -1 : run.indexOf(uids.get(at));
                if (run == null || place < 0) {
                    continue;
                }
                long before = run.keywords(place);
                long modSeq = run.modSeq(place);
                if (modSeq > marking.unchangedSince() && modSeq != box.modSeq()) {
                    refused.add(run.uid(place));
                    continue;
                }
                long after = (before & ~changeable) | (marking.apply(before, bits) & changeable);
                if (after != before) {
                    keywords = keywords == null ? run.allKeywords() : keywords;
                    keywords[place] = after;
                    changed.add(run.uid(place));
                }
            }
            if (run != null && keywords != null) {
                box.markRun(mailbox, run, keywords);
            }
        }
        return new MarkedSome(new Marked(changed, refused, 0), at);
    }

    /// @param settable the keyword bits that letters may have in the target
    Transfer copy(MailboxId from, List<Long> uids, MailboxId to, long settable) {
        Quota quota = boxes.directory().getAccount(owner).quota();
        return transfer(
                uids,
                (box, uid, into) -> {
                    Entry entry = box.entry(from, uid).orElse(null);
                    return entry == null
                            ? null
                            : copyOne(box, from, entry, new Into(into, settable), quota);
                },
                box -> box.mailbox(to));
    }

    private static Long copyOne(
            BoxTransaction box, MailboxId from, Entry entry, Into into, Quota quota) {
        MailboxId to = into.mailbox();
        QuotaGate.check(box.counters(), quota, 1, entry.sizeBytes());
        long keywords = translate(box, from, entry, to) & into.settable();
        Letter letter = getLetter(box, entry);
        long uid = box.add(to, letter, keywords, entry.received());
        new LetterRows(box).arrive(letter.id(), to, uid);
        return uid;
    }

    /// Where letters go.
    ///
    /// @param settable the keyword bits they may have there
    private record Into(MailboxId mailbox, long settable) {}

    /// @param settable the keyword bits that letters may have in the target
    Transfer move(MailboxId from, List<Long> uids, MailboxId to, long settable) {
        return transfer(
                uids,
                (box, uid, into) -> moveOne(box, from, uid, new Into(into, settable)),
                box -> box.mailbox(to));
    }

    static @Nullable Long moveOne(BoxTransaction box, MailboxId from, long uid, MailboxId to) {
        return moveOne(box, from, uid, new Into(to, -1));
    }

    private static @Nullable Long moveOne(BoxTransaction box, MailboxId from, long uid, Into into) {
        Entry entry = box.entry(from, uid).orElse(null);
        if (entry == null) {
            return null;
        }
        MailboxId to = into.mailbox();
        long keywords = translate(box, from, entry, to) & into.settable();
        Letter letter = getLetter(box, entry);
        box.remove(from, entry);
        long newUid = box.add(to, letter, keywords, entry.received());
        new LetterRows(box)
                .move(letter.id(), new Places.Place(from, uid), new Places.Place(to, newUid));
        return newUid;
    }

    List<Long> expunge(MailboxId mailbox, List<Long> uids, boolean onlyDeleted) {
        List<Long> gone = new ArrayList<>();
        int from = 0;
        while (from < uids.size()) {
            int start = from;
            var done =
                    boxes.write(
                            actor,
                            owner,
                            box -> expungeSome(box, mailbox, uids, start, onlyDeleted));
            gone.addAll(done.value().gone());
            from = done.value().next();
        }
        return List.copyOf(gone);
    }

    private record Expunged(List<Long> gone, int next) {}

    private static Expunged expungeSome(
            BoxTransaction box, MailboxId mailbox, List<Long> uids, int from, boolean onlyDeleted) {
        box.mailbox(mailbox);
        LetterRows rows = new LetterRows(box);
        List<Long> gone = new ArrayList<>();
        int at = from;
        while (at < uids.size() && !box.full()) {
            Entry entry = box.entry(mailbox, uids.get(at++)).orElse(null);
            if (entry != null && (!onlyDeleted || entry.has(KeywordTable.DELETED))) {
                box.remove(mailbox, entry);
                rows.leave(entry.letter(), mailbox, entry.uid());
                gone.add(entry.uid());
            }
        }
        return new Expunged(gone, at);
    }

    /// Does one thing to each UID until the transaction is full, then begins another.
    private Transfer transfer(
            List<Long> uids, Step step, Function<BoxTransaction, Mailbox> target) {
        List<Long> from = new ArrayList<>();
        List<Long> to = new ArrayList<>();
        int next = 0;
        while (true) {
            int start = next;
            var done =
                    boxes.write(actor, owner, box -> transferSome(box, uids, start, step, target));
            TransferredSome some = done.value();
            from.addAll(some.from());
            to.addAll(some.to());
            next = some.next();
            if (next >= uids.size()) {
                return new Transfer(
                        some.target().id(),
                        some.target().state().uidValidity(),
                        from,
                        to,
                        done.version());
            }
        }
    }

    private record TransferredSome(List<Long> from, List<Long> to, int next, Mailbox target) {}

    private static TransferredSome transferSome(
            BoxTransaction box,
            List<Long> uids,
            int start,
            Step step,
            Function<BoxTransaction, Mailbox> target) {
        Mailbox into = target.apply(box);
        List<Long> from = new ArrayList<>();
        List<Long> to = new ArrayList<>();
        int at = start;
        while (at < uids.size() && !box.full()) {
            long uid = uids.get(at++);
            Long newUid = step.apply(box, uid, into.id());
            if (newUid != null) {
                from.add(uid);
                to.add(newUid);
            }
        }
        return new TransferredSome(from, to, at, into);
    }

    /// What is done to one entry; null when it is not there.
    @FunctionalInterface
    private interface Step {
        @Nullable Long apply(BoxTransaction box, long uid, MailboxId into);
    }

    private static long translate(BoxTransaction box, MailboxId from, Entry entry, MailboxId to) {
        Set<Keyword> keywords = box.mailbox(from).state().keywords().keywords(entry.keywords());
        return box.keywordsFor(to, keywords).bits(keywords);
    }

    private static Letter getLetter(BoxTransaction box, Entry entry) {
        return LetterRows.find(box.tx(), entry.letter())
                .orElseThrow(
                        () ->
                                new StoreFault(
                                        StoreFault.Kind.CORRUPT,
                                        "letter " + entry.letter() + " is missing"));
    }
}
