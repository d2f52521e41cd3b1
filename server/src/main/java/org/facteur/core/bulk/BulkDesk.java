package org.facteur.core.bulk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.mailbox.LetterEdit;
import org.facteur.core.mailbox.LetterEdits;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.mailbox.WholeLetter;
import org.facteur.core.shelf.ItemKind;
import org.facteur.core.shelf.Shelf;
import org.facteur.core.shelf.ShelfChanges;
import org.facteur.core.shelf.ShelfItem;
import org.facteur.core.submission.Agenda;
import org.facteur.store.blob.Blob;
import org.facteur.store.blob.BlobId;
import org.facteur.store.blob.BlobWriter;
import org.facteur.store.blob.StagedBlob;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does deeds to many letters, and takes them back. Any thread.
public final class BulkDesk {
    /// Letters of one deed.
    public static final int MOST_LETTERS = 500_000;

    private static final Logger LOG = LoggerFactory.getLogger(BulkDesk.class);
    private static final int FORMAT = 1;
    private static final int SOME = 500;
    private static final Duration REMEMBERED = Duration.ofDays(7);
    private static final Duration SECOND_LOOK = Duration.ofMinutes(1);

    private final Shelf shelf;
    private final LetterBoxes boxes;
    private final Agenda agenda;
    private final InstantSource clock;
    private final Executor runs;
    private final Set<Place> running = ConcurrentHashMap.newKeySet();

    private record Place(AccountId account, long number) {}

    /// @param runs does the work, so that whoever asks need not wait
    public BulkDesk(
            Shelf shelf, LetterBoxes boxes, Agenda agenda, InstantSource clock, Executor runs) {
        this.shelf = shelf;
        this.boxes = boxes;
        this.agenda = agenda;
        this.clock = clock;
        this.runs = runs;
        agenda.handle(ItemKind.BULK, this::goOn);
    }

    public List<Bulk> list(AccountId account) {
        return shelf.list(account, ItemKind.BULK).stream().map(Bulk::decode).toList();
    }

    public Optional<Bulk> find(AccountId account, long number) {
        return shelf.find(account, ItemKind.BULK, number).map(Bulk::decode);
    }

    public Optional<ShelfChanges> changesSince(AccountId account, long version) {
        return shelf.changesSince(account, ItemKind.BULK, version);
    }

    /// Begins a deed.
    ///
    /// @param box the actor's own
    /// @param letters in the order they are to be changed
    /// @throws Refusal LIMIT for too many letters or deeds
    public Bulk start(LetterBox box, List<LetterId> letters, Deed deed) {
        if (letters.size() > MOST_LETTERS) {
            throw new Refusal(
                    Refusal.Reason.LIMIT,
                    "At most " + MOST_LETTERS + " letters at once.",
                    "Au plus " + MOST_LETTERS + " lettres à la fois.");
        }
        forgetOld(box);
        agenda.add(clock.instant().plus(SECOND_LOOK), ItemKind.BULK, box.owner());
        byte[] plan = plan(box, letters);
        Bulk wanted =
                new Bulk(
                        0,
                        clock.instant(),
                        deed,
                        new Bulk.Progress(Bulk.State.RUNNING, letters.size(), 0, 0, 0));
        long number;
        try (BlobWriter writer = shelf.blobs().write()) {
            writer.write(plan, 0, plan.length);
            try (StagedBlob blob = writer.finish()) {
                number =
                        shelf.change(
                                        box.actor(),
                                        box.owner(),
                                        items -> items.add(ItemKind.BULK, blob, wanted.encode()))
                                .value();
            }
        }
        runs.execute(() -> run(box.owner(), number));
        return find(box.owner(), number).orElseThrow();
    }

    /// What every letter is like before.
    private static byte[] plan(LetterBox box, List<LetterId> letters) {
        Encoder out = new Encoder(FORMAT).number(letters.size());
        for (int from = 0; from < letters.size(); from += SOME) {
            List<LetterId> some = letters.subList(from, Math.min(letters.size(), from + SOME));
            List<WholeLetter> whole = found(box, some);
            Map<LetterId, WholeLetter> known = new HashMap<>();
            whole.forEach(each -> known.put(each.letter().id(), each));
            for (LetterId id : some) {
                WholeLetter each = known.get(id);
                Deed.Before before =
                        each == null
                                ? new Deed.Before(id, Set.of(), Set.of())
                                : new Deed.Before(id, each.mailboxes(), each.keywords());
                before.encode(out);
            }
        }
        return out.toBytes();
    }

    private static List<WholeLetter> found(LetterBox box, List<LetterId> some) {
        List<WholeLetter> found = new ArrayList<>(some.size());
        for (WholeLetter each : box.catalog().find(some).letters()) {
            if (each != null) {
                found.add(each);
            }
        }
        return found;
    }

    private void forgetOld(LetterBox box) {
        Instant now = clock.instant();
        for (Bulk each : list(box.owner())) {
            if (each.started().plus(REMEMBERED).isBefore(now)) {
                forget(box, each.number());
            }
        }
        List<Bulk> left = list(box.owner());
        if (left.size() >= ItemKind.BULK.most()) {
            forget(box, left.getFirst().number());
        }
    }

    /// Takes a deed back, also one that is not through.
    ///
    /// @throws Refusal NOT_FOUND; CANNOT for letters that ended
    public Bulk undo(LetterBox box, long number) {
        agenda.add(clock.instant().plus(SECOND_LOOK), ItemKind.BULK, box.owner());
        Bulk undoing =
                shelf.change(
                                box.actor(),
                                box.owner(),
                                items -> {
                                    Bulk known =
                                            items.find(ItemKind.BULK, number)
                                                    .map(Bulk::decode)
                                                    .orElseThrow(BulkDesk::unknown);
                                    Bulk.Progress at = known.progress();
                                    if (known.deed().ends()) {
                                        throw new Refusal(
                                                Refusal.Reason.CANNOT,
                                                "What has ended cannot be taken back.",
                                                "Ce qui est détruit ne peut pas être repris.");
                                    }
                                    if (at.state() == Bulk.State.UNDOING
                                            || at.state() == Bulk.State.UNDONE) {
                                        return known;
                                    }
                                    Bulk back =
                                            known.with(
                                                    new Bulk.Progress(
                                                            Bulk.State.UNDOING,
                                                            at.total(),
                                                            0,
                                                            0,
                                                            at.reached()));
                                    items.put(ItemKind.BULK, number, back.encode());
                                    return back;
                                })
                        .value();
        runs.execute(() -> run(box.owner(), number));
        return undoing;
    }

    private static Refusal unknown() {
        return new Refusal(
                Refusal.Reason.NOT_FOUND, "There is no such deed.", "Cette action n'existe pas.");
    }

    /// Forgets a deed; one that is not through stops.
    ///
    /// @throws Refusal NOT_FOUND
    public void forget(LetterBox box, long number) {
        shelf.change(
                box.actor(),
                box.owner(),
                items -> {
                    items.remove(ItemKind.BULK, number);
                    return true;
                });
    }

    /// Goes on with what a restart cut off.
    void goOn(AccountId account) {
        for (Bulk each : list(account)) {
            run(account, each.number());
        }
    }

    private static boolean open(Bulk bulk) {
        Bulk.State state = bulk.progress().state();
        return state == Bulk.State.RUNNING || state == Bulk.State.UNDOING;
    }

    /// One at a time for each deed: whoever comes while another is at it leaves.
    private void run(AccountId account, long number) {
        Place place = new Place(account, number);
        boolean again = true;
        while (again && running.add(place)) {
            try {
                work(account, number);
            } catch (RuntimeException failed) {
                LOG.warn("account={} deed {} stopped; it goes on later", account, number, failed);
                agenda.add(clock.instant().plus(SECOND_LOOK), ItemKind.BULK, account);
                again = false;
            } finally {
                running.remove(place);
            }
            again = again && find(account, number).filter(BulkDesk::open).isPresent();
        }
    }

    private void work(AccountId account, long number) {
        ShelfItem item = shelf.find(account, ItemKind.BULK, number).orElse(null);
        if (item == null || !open(Bulk.decode(item))) {
            return;
        }
        List<Deed.Before> plan = read(account, item);
        LetterBox box = boxes.open(Actor.system(account, Door.SYSTEM));
        boolean more = true;
        while (more) {
            Bulk bulk = find(account, number).orElse(null);
            more = bulk != null && open(bulk) && step(box, bulk, plan);
        }
    }

    private List<Deed.Before> read(AccountId account, ShelfItem item) {
        BlobId id = item.blob();
        if (id == null) {
            return List.of();
        }
        try (Blob blob =
                shelf.blobs()
                        .find(account.partition(), id)
                        .orElseThrow(() -> new IllegalStateException("a deed has no plan"))) {
            byte[] octets = new byte[Math.toIntExact(blob.size())];
            blob.read(0, octets, 0, octets.length);
            Decoder in = new Decoder(octets, FORMAT);
            int count = in.count();
            List<Deed.Before> plan = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                plan.add(Deed.Before.decode(in));
            }
            return plan;
        }
    }

    /// Some letters, and the progress behind them.
    ///
    /// @return whether there is more to do
    private boolean step(LetterBox box, Bulk bulk, List<Deed.Before> plan) {
        Bulk.Progress at = bulk.progress();
        boolean back = at.state() == Bulk.State.UNDOING;
        int end = back ? Math.min(at.reached(), plan.size()) : plan.size();
        int to = Math.min(end, at.done() + SOME);
        List<Deed.Before> some = plan.subList(Math.min(at.done(), to), to);
        List<LetterEdit> edits = back ? backward(box, bulk.deed(), some) : forward(bulk, some);
        LetterEdits.Outcome outcome = box.catalog().edit().run(edits);
        int refused = at.refused() + outcome.refusals().size() + some.size() - edits.size();
        boolean through = to >= end;
        Bulk.State state = !through ? at.state() : back ? Bulk.State.UNDONE : Bulk.State.DONE;
        Bulk.Progress further =
                new Bulk.Progress(state, at.total(), to, refused, back ? at.reached() : to);
        return shelf.change(
                        box.actor(),
                        box.owner(),
                        items -> {
                            Optional<Bulk> now =
                                    items.find(ItemKind.BULK, bulk.number()).map(Bulk::decode);
                            if (now.isEmpty()) {
                                return false;
                            }
                            if (now.get().progress().state() != at.state()) {
                                reached(items, now.get(), to);
                                return true;
                            }
                            items.put(ItemKind.BULK, bulk.number(), bulk.with(further).encode());
                            return !through;
                        })
                .value();
    }

    /// It is to be taken back meanwhile: these letters too.
    private static void reached(Shelf.Editing items, Bulk now, int to) {
        Bulk.Progress at = now.progress();
        if (at.reached() < to) {
            items.put(
                    ItemKind.BULK,
                    now.number(),
                    now.with(new Bulk.Progress(at.state(), at.total(), at.done(), at.refused(), to))
                            .encode());
        }
    }

    private static List<LetterEdit> forward(Bulk bulk, List<Deed.Before> some) {
        return some.stream()
                .filter(each -> !each.mailboxes().isEmpty())
                .map(each -> bulk.deed().on(each.letter()))
                .toList();
    }

    private static List<LetterEdit> backward(LetterBox box, Deed deed, List<Deed.Before> some) {
        Map<LetterId, Set<MailboxId>> lying = new HashMap<>();
        found(box, some.stream().map(Deed.Before::letter).toList())
                .forEach(each -> lying.put(each.letter().id(), Set.copyOf(each.mailboxes())));
        List<LetterEdit> edits = new ArrayList<>();
        for (Deed.Before each : some) {
            Set<MailboxId> lies = lying.get(each.letter());
            LetterEdit edit =
                    lies == null || each.mailboxes().isEmpty() ? null : deed.back(each, lies);
            if (edit != null) {
                edits.add(edit);
            }
        }
        return edits;
    }
}
