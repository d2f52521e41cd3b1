package org.facteur.core.mailbox;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Quota;
import org.facteur.store.kv.Transaction;
import org.facteur.store.layout.Layout;
import org.jspecify.annotations.Nullable;

/// Changes letters by their own numbers: each wholly or not at all, many in one transaction as far
/// as its limits go. One thread.
public final class LetterEdits {
    private final LetterBoxes boxes;
    private final Actor actor;
    private final AccountId owner;
    private final Access access;

    LetterEdits(LetterBoxes boxes, Actor actor, AccountId owner) {
        this.boxes = boxes;
        this.actor = actor;
        this.owner = owner;
        this.access = new Access(boxes, actor, owner);
    }

    /// What became of the edits.
    ///
    /// @param version of the account that shows them
    /// @param refusals why an edit was not done, by letter
    public record Outcome(long version, Map<LetterId, Refusal> refusals) {
        public Outcome {
            refusals = Map.copyOf(refusals);
        }
    }

    /// Says in the transaction that is about to change letters whether it still may; throws to stop
    /// it.
    @FunctionalInterface
    public interface Guard {
        /// May run more than once.
        void check(CatalogChanges since);
    }

    /// Does edits. A letter that does not exist for the actor is refused as NOT_FOUND.
    public Outcome run(List<LetterEdit> edits) {
        return run(edits, null, 0);
    }

    /// Does edits if a guard has nothing against them once it knows what happened since a version:
    /// asked at the instant of the first change, so that of two who try, one wins.
    ///
    /// @throws Refusal CANNOT when so much has happened that it cannot be told
    public Outcome run(List<LetterEdit> edits, @Nullable Guard guard, long since) {
        Map<LetterId, Refusal> refusals = new LinkedHashMap<>();
        long version = 0;
        int next = 0;
        do {
            int start = next;
            var done =
                    boxes.write(
                            actor,
                            owner,
                            box -> {
                                if (start == 0 && guard != null) {
                                    guard.check(happened(box.tx(), since));
                                }
                                return some(box, edits, start);
                            });
            refusals.putAll(done.value().refusals());
            version = done.version();
            next = done.value().next();
        } while (next < edits.size());
        return new Outcome(version, refusals);
    }

    private CatalogChanges happened(Transaction tx, long since) {
        return new ChangeReading(tx, id -> access.rights(id).has(Right.READ))
                .since(since, Integer.MAX_VALUE)
                .orElseThrow(
                        () ->
                                new Refusal(
                                        Refusal.Reason.CANNOT,
                                        "Too much has changed since.",
                                        "Trop de choses ont changé depuis."));
    }

    private record Some(Map<LetterId, Refusal> refusals, int next) {}

    private Some some(BoxTransaction box, List<LetterEdit> edits, int from) {
        Map<LetterId, Refusal> refusals = new LinkedHashMap<>();
        int at = from;
        while (at < edits.size() && !box.full()) {
            LetterEdit edit = edits.get(at++);
            try {
                apply(box, edit);
            } catch (Refusal refused) {
                refusals.put(edit.letter(), refused);
            }
        }
        return new Some(refusals, at);
    }

    /// Everything that can be refused is asked before anything is changed.
    private void apply(BoxTransaction box, LetterEdit edit) {
        List<Held> held = held(box, edit.letter());
        Letter letter =
                held.isEmpty() ? null : LetterRows.find(box.tx(), edit.letter()).orElse(null);
        if (letter == null) {
            throw noSuchLetter();
        }
        Set<MailboxId> before = new HashSet<>();
        held.forEach(each -> before.add(each.mailbox()));
        Set<MailboxId> after = edit.mailboxes() == null ? before : edit.mailboxes().apply(before);
        if (after.isEmpty() && !edit.ends()) {
            throw new Refusal(
                    Refusal.Reason.INVALID,
                    "A letter lies in one mailbox at least.",
                    "Une lettre est rangée dans au moins un dossier.");
        }
        Set<MailboxId> coming = new HashSet<>(after);
        coming.removeAll(before);
        checkMoves(box, letter, held, coming, after);
        Set<Keyword> keywords = keywords(box, held);
        Set<Keyword> wanted = edit.keywords() == null ? keywords : edit.keywords().apply(keywords);
        prepare(box, edit, held, coming, wanted);
        for (Held each : held) {
            if (after.contains(each.mailbox())) {
                mark(box, each, edit.keywords());
            }
        }
        LetterRows rows = new LetterRows(box);
        for (MailboxId mailbox : coming) {
            long settable = access.rights(mailbox).changeable();
            long bits = box.keywordsFor(mailbox, wanted).bits(wanted) & settable;
            long uid = box.add(mailbox, letter, bits, held.getFirst().entry().received());
            rows.arrive(letter.id(), mailbox, uid);
        }
        for (Held each : held) {
            if (!after.contains(each.mailbox())) {
                box.remove(each.mailbox(), each.entry());
                rows.leave(letter.id(), each.mailbox(), each.entry().uid());
            }
        }
    }

    /// A letter in a mailbox the actor may read.
    private record Held(MailboxId mailbox, Entry entry) {}

    private List<Held> held(BoxTransaction box, LetterId id) {
        List<Held> held = new ArrayList<>();
        Optional<Places> places = box.tx().find(Layout.places(id.number())).map(Places::decode);
        for (Places.Place place : places.map(Places::list).orElse(List.of())) {
            boolean shown = box.findMailbox(place.mailbox()).filter(m -> !m.hidden()).isPresent();
            if (shown && access.rights(place.mailbox()).has(Right.READ)) {
                box.entry(place.mailbox(), place.uid())
                        .ifPresent(entry -> held.add(new Held(place.mailbox(), entry)));
            }
        }
        return held;
    }

    private void checkMoves(
            BoxTransaction box,
            Letter letter,
            List<Held> held,
            Set<MailboxId> coming,
            Set<MailboxId> after) {
        for (MailboxId mailbox : coming) {
            if (box.mailbox(mailbox).hidden()) {
                throw MailboxTree.unknown();
            }
            access.require(mailbox, Right.INSERT);
        }
        int leaving = 0;
        for (Held each : held) {
            if (!after.contains(each.mailbox())) {
                access.require(each.mailbox(), Right.DELETE_LETTERS, Right.EXPUNGE);
                leaving++;
            }
        }
        int more = coming.size() - leaving;
        if (more > 0) {
            Quota quota = boxes.directory().getAccount(owner).quota();
            QuotaGate.check(box.counters(), quota, more, more * letter.sizeBytes());
        }
        if (held.size() + coming.size() > BoxLimits.PLACES) {
            throw new Refusal(
                    Refusal.Reason.LIMIT,
                    "This letter would lie in too many places.",
                    "Cette lettre serait rangée à trop d'endroits.");
        }
    }

    private static Set<Keyword> keywords(BoxTransaction box, List<Held> held) {
        Set<Keyword> all = new HashSet<>();
        boolean seen = true;
        for (Held each : held) {
            KeywordTable table = box.mailbox(each.mailbox()).state().keywords();
            all.addAll(table.keywords(each.entry().keywords()));
            seen &= each.entry().has(KeywordTable.SEEN);
        }
        if (!seen) {
            all.remove(Keyword.SEEN);
        }
        return all;
    }

    /// Makes room for new keywords, where there may be none.
    private void prepare(
            BoxTransaction box,
            LetterEdit edit,
            List<Held> held,
            Set<MailboxId> coming,
            Set<Keyword> wanted) {
        for (MailboxId mailbox : coming) {
            box.mailbox(mailbox).state().keywords().with(wanted);
        }
        if (edit.keywords() != null) {
            for (Held each : held) {
                access.changeable(each.mailbox());
                box.mailbox(each.mailbox()).state().keywords().with(wanted);
            }
        }
    }

    private void mark(
            BoxTransaction box, Held held, LetterEdit.@Nullable Selection<Keyword> selection) {
        if (selection == null) {
            return;
        }
        long changeable = access.changeable(held.mailbox());
        KeywordTable known = box.mailbox(held.mailbox()).state().keywords();
        Set<Keyword> before = known.keywords(held.entry().keywords());
        Set<Keyword> after = selection.apply(before);
        boolean more = !before.containsAll(after);
        KeywordTable table = more ? box.keywordsFor(held.mailbox(), after) : known;
        long bits = (held.entry().keywords() & ~changeable) | (table.bits(after) & changeable);
        if (bits != held.entry().keywords()) {
            box.mark(held.mailbox(), held.entry(), bits);
        }
    }

    private static Refusal noSuchLetter() {
        return new Refusal(
                Refusal.Reason.NOT_FOUND, "There is no such letter.", "Cette lettre n'existe pas.");
    }
}
