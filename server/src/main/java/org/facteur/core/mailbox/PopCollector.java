package org.facteur.core.mailbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.store.kv.Row;
import org.facteur.store.layout.Layout;
import org.jspecify.annotations.Nullable;

/// What POP devices take out of mailboxes, in as many transactions as the store's limits ask for.
///
/// Each transaction is complete: a letter's cursor, its move and the row that says where it lay are
/// written together, so that a QUIT cut short has taken some letters whole and others not at all.
final class PopCollector {
    private final LetterBoxes boxes;
    private final Actor actor;
    private final AccountId owner;

    PopCollector(LetterBoxes boxes, Actor actor, AccountId owner) {
        this.boxes = boxes;
        this.actor = actor;
        this.owner = owner;
    }

    /// Notes that a device collects; once in its life.
    void begin(PopDevice device) {
        boolean known =
                boxes.partition(owner)
                        .<Optional<PopHabit>>read(view -> PopHabit.find(view, device.credential()))
                        .isPresent();
        if (!known) {
            boxes.partition(owner)
                    .write(
                            tx -> {
                                var key = Layout.popDevice(device.credential());
                                if (tx.find(key).isEmpty()) {
                                    tx.put(key, PopHabit.fresh(boxes.now()).encode());
                                }
                                return true;
                            });
        }
    }

    private record Some(int taken, int next, @Nullable PopHabit alarm) {}

    PopReceipt take(PopDrop drop, List<LetterId> letters) {
        int taken = 0;
        int from = 0;
        PopHabit alarm = null;
        while (from < letters.size()) {
            int start = from;
            Some some =
                    boxes.write(actor, owner, box -> takeSome(box, drop, letters, start)).value();
            taken += some.taken();
            from = some.next();
            alarm = some.alarm() == null ? alarm : some.alarm();
        }
        return new PopReceipt(taken, alarm);
    }

    private static Some takeSome(
            BoxTransaction box, PopDrop drop, List<LetterId> letters, int from) {
        PopTake take = new PopTake(box, drop);
        int taken = 0;
        int at = from;
        while (at < letters.size() && !box.full()) {
            taken += take.take(letters.get(at++)) ? 1 : 0;
        }
        long credential = drop.device().credential();
        PopHabit before =
                PopHabit.find(box.tx(), credential).orElseGet(() -> PopHabit.fresh(box.now()));
        PopHabit after = before.took(taken, box.now());
        box.tx().put(Layout.popDevice(credential), after.encode());
        boolean alarm = !after.alarmed().equals(before.alarmed());
        return new Some(taken, at, alarm ? after : null);
    }

    /// What can be put back, the latest first.
    List<RecoverableLetter> recoverable(Instant since, int limit) {
        return boxes.partition(owner)
                .read(
                        view -> {
                            List<Collected> kept = new ArrayList<>();
                            TablePages.forEach(
                                    view,
                                    Layout.popCollected(0, Long.MAX_VALUE),
                                    row -> {
                                        Collected each = Collected.decode(row);
                                        if (each.fate() == Collected.Fate.KEPT
                                                && !each.when().isBefore(since)) {
                                            kept.add(each);
                                        }
                                    });
                            kept.sort(
                                    java.util.Comparator.comparing(Collected::when)
                                            .thenComparing(each -> each.place().uid())
                                            .reversed());
                            List<RecoverableLetter> letters = new ArrayList<>();
                            for (Collected each : kept.subList(0, Math.min(limit, kept.size()))) {
                                LetterRows.find(view, each.letter())
                                        .ifPresent(
                                                letter -> letters.add(shown(view, each, letter)));
                            }
                            return List.copyOf(letters);
                        });
    }

    private static RecoverableLetter shown(
            org.facteur.store.kv.ReadView view, Collected each, Letter letter) {
        long uid = each.place().uid();
        long number = each.place().mailbox().number();
        Instant received =
                view.find(Layout.entries(number, EntryRun.numberOf(uid)))
                        .map(EntryRun::decode)
                        .map(run -> run.entry(run.indexOf(uid)).received())
                        .orElse(each.when());
        return new RecoverableLetter(
                uid,
                each.when(),
                each.credential(),
                new MailboxName(each.origin().segments()),
                received,
                letter);
    }

    private record Restored(List<Long> ids, int next) {}

    /// Puts letters back where they lay.
    ///
    /// @param ids those that are no more are left out
    /// @return the ids of those that were put back
    List<Long> restore(List<Long> ids) {
        Set<Long> wanted = Set.copyOf(ids);
        List<Collected> rows =
                boxes.partition(owner)
                        .read(
                                view -> {
                                    List<Collected> found = new ArrayList<>();
                                    TablePages.forEach(
                                            view,
                                            Layout.popCollected(0, Long.MAX_VALUE),
                                            row -> {
                                                Collected each = Collected.decode(row);
                                                if (each.fate() == Collected.Fate.KEPT
                                                        && wanted.contains(each.place().uid())) {
                                                    found.add(each);
                                                }
                                            });
                                    return found;
                                });
        List<Long> restored = new ArrayList<>();
        int from = 0;
        while (from < rows.size()) {
            int start = from;
            Restored some = boxes.write(actor, owner, box -> restoreSome(box, rows, start)).value();
            restored.addAll(some.ids());
            from = some.next();
        }
        return List.copyOf(restored);
    }

    private static Restored restoreSome(BoxTransaction box, List<Collected> rows, int from) {
        List<Long> restored = new ArrayList<>();
        int at = from;
        while (at < rows.size() && !box.full()) {
            Collected each = rows.get(at++);
            if (box.tx().find(each.key()).isEmpty()) {
                continue;
            }
            MailboxId home =
                    box.findMailbox(each.origin().mailbox())
                            .map(Mailbox::id)
                            .orElseGet(
                                    () ->
                                            MailboxEditor.ensure(
                                                    box,
                                                    new MailboxName(each.origin().segments())));
            box.tx().delete(each.key());
            Long uid = EntryEditor.moveOne(box, each.place().mailbox(), each.place().uid(), home);
            if (uid != null) {
                restored.add(each.place().uid());
            }
        }
        return new Restored(restored, at);
    }

    /// Ends what was collected before an instant.
    ///
    /// @return how many letters ended
    int expire(Instant before) {
        List<Collected> old = new ArrayList<>();
        boxes.partition(owner)
                .read(
                        view -> {
                            long credential = 0;
                            while (true) {
                                List<Row> next =
                                        view.scan(
                                                Layout.popCollected(credential, Long.MAX_VALUE), 1);
                                if (next.isEmpty()) {
                                    return true;
                                }
                                credential = Layout.number(next.getFirst().key(), 0);
                                TablePages.forEach(
                                        view,
                                        Layout.popCollectedBefore(credential, before),
                                        row -> old.add(Collected.decode(row)));
                                credential++;
                            }
                        });
        int ended = 0;
        int from = 0;
        while (from < old.size()) {
            int start = from;
            Restored some = boxes.write(actor, owner, box -> expireSome(box, old, start)).value();
            ended += some.ids().size();
            from = some.next();
        }
        return ended;
    }

    private static Restored expireSome(BoxTransaction box, List<Collected> rows, int from) {
        List<Long> ended = new ArrayList<>();
        int at = from;
        while (at < rows.size() && !box.full()) {
            Collected each = rows.get(at++);
            if (box.tx().find(each.key()).isPresent()) {
                box.tx().delete(each.key());
                if (each.hidden() && PopTake.end(box, each)) {
                    ended.add(each.place().uid());
                }
            }
        }
        return new Restored(ended, at);
    }

    /// Forgets a credential that is no more: its cursor and its habit. What it collected stays
    /// until its time is over.
    void forget(long credential) {
        boolean more = true;
        while (more) {
            more =
                    boxes.partition(owner)
                            .<Boolean>write(
                                    tx -> {
                                        List<Row> rows = tx.scan(Layout.popTaken(credential), 500);
                                        rows.forEach(row -> tx.delete(row.key()));
                                        tx.delete(Layout.popDevice(credential));
                                        return rows.size() == 500;
                                    })
                            .value();
        }
    }
}
