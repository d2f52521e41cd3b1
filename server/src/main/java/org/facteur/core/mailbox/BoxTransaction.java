package org.facteur.core.mailbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.change.Change;
import org.facteur.core.change.ChangeLog;
import org.facteur.core.change.ChangeRecord;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Transaction;
import org.facteur.store.layout.Layout;
import org.jspecify.annotations.Nullable;

/// An account's letter box while one transaction changes it: mailboxes and runs are read once,
/// changed in memory, and written together with the change record by [#finish]. One thread.
final class BoxTransaction {
    private final Transaction tx;
    private final Instant now;

    /// As they were found: what is only looked at is not written again.
    private final Map<MailboxId, Mailbox> looked = new HashMap<>();

    /// As they will be.
    private final Map<MailboxId, Mailbox> mailboxes = new HashMap<>();

    private final Map<RunKey, TreeMap<Long, Entry>> runs = new HashMap<>();

    /// Runs that were marked as they lie, as they will be.
    private final Map<RunKey, EntryRun> packed = new HashMap<>();

    private final Map<MailboxId, List<Change.Mark>> added = new HashMap<>();
    private final Map<MailboxId, List<Change.Mark>> marked = new HashMap<>();
    private final Map<MailboxId, List<Change.Mark>> removed = new HashMap<>();
    private final List<Change> structure = new ArrayList<>();
    private final Function<ReadView, MailboxTree> found;
    private final Set<MailboxId> destroyed = new HashSet<>();
    private @Nullable MailboxTree tree;
    private BoxCounters counters;
    private int recordBytes;

    private static final Change.Mark NO_MARK = new Change.Mark(0, 0, 0, 0);

    private record RunKey(MailboxId mailbox, long number) {}

    /// @param found the mailboxes as a view has them
    BoxTransaction(Transaction tx, Instant now, Function<ReadView, MailboxTree> found) {
        this.tx = tx;
        this.now = now;
        this.found = found;
        this.counters = BoxCounters.read(tx);
    }

    Transaction tx() {
        return tx;
    }

    Instant now() {
        return now;
    }

    /// The MODSEQ of everything this transaction changes.
    long modSeq() {
        return tx.nextVersion();
    }

    BoxCounters counters() {
        return counters;
    }

    /// Whether this transaction should end and another go on: the store's limits are near.
    boolean full() {
        int rows = runs.size() + packed.size();
        return recordBytes >= BoxLimits.CHANGE_RECORD_BYTES
                || tx.rowsLeft() < 200 + rows + mailboxes.size()
                || tx.bytesLeft() < 200_000 + rows * 6_000;
    }

    Optional<Mailbox> findMailbox(MailboxId id) {
        Mailbox known = mailboxes.getOrDefault(id, looked.get(id));
        if (known == null) {
            known =
                    tx.find(Layout.mailbox(id.number()))
                            .map(octets -> Mailbox.decode(id, octets))
                            .orElse(null);
            if (known != null) {
                looked.put(id, known);
            }
        }
        return Optional.ofNullable(known);
    }

    /// All mailboxes, with what this transaction has done to them so far.
    MailboxTree tree() {
        MailboxTree known = tree;
        if (known == null) {
            known = found.apply(tx);
            tree = known;
        }
        return mailboxes.isEmpty() && destroyed.isEmpty()
                ? known
                : known.with(mailboxes, destroyed);
    }

    /// @throws org.facteur.base.fault.Refusal NOT_FOUND
    Mailbox mailbox(MailboxId id) {
        return findMailbox(id).orElseThrow(MailboxTree::unknown);
    }

    LetterId takeLetterId() {
        LetterId id = new LetterId(counters.nextLetter());
        counters = counters.letterTaken();
        return id;
    }

    /// Makes a mailbox; its name is not checked here.
    Mailbox createMailbox(@Nullable MailboxId parent, String name, @Nullable Role role) {
        MailboxId id = new MailboxId(counters.nextMailbox());
        long uidValidity = counters.uidValidity(now.getEpochSecond());
        counters = counters.mailboxTaken(now.getEpochSecond());
        MailboxState state =
                new MailboxState(
                        uidValidity, 1, modSeq(), MailboxState.Counts.NONE, KeywordTable.EMPTY);
        boolean shown = role == null || !role.hidden();
        Mailbox mailbox = new Mailbox(id, parent, name, role, shown, state);
        mailboxes.put(id, mailbox);
        structure.add(new Change.MailboxChanged(id.number(), Change.Act.CREATED));
        return mailbox;
    }

    /// Puts a changed name, parent or subscription in place.
    void updateMailbox(Mailbox mailbox) {
        mailboxes.put(mailbox.id(), mailbox);
        structure.add(new Change.MailboxChanged(mailbox.id().number(), Change.Act.UPDATED));
    }

    /// Notes that a list of the account changed; the rows are the caller's.
    void listsChanged() {
        Change change = new Change.ListsChanged();
        if (!structure.contains(change)) {
            structure.add(change);
        }
    }

    /// Removes a mailbox that has no entries left, with what others may do with it and what was
    /// noted about it.
    void destroyMailbox(MailboxId id) {
        if (mailbox(id).state().counts().letters() != 0) {
            throw new IllegalStateException("mailbox still holds letters");
        }
        mailboxes.remove(id);
        looked.remove(id);
        destroyed.add(id);
        runs.keySet().removeIf(key -> key.mailbox().equals(id));
        tx.delete(Layout.mailbox(id.number()));
        structure.add(new Change.MailboxChanged(id.number(), Change.Act.DESTROYED));
        GrantRows.forget(this, id);
        AnnotationRows.forget(this, id);
    }

    /// Gives a mailbox room for keywords it has not seen.
    KeywordTable keywordsFor(MailboxId id, java.util.Collection<Keyword> keywords) {
        Mailbox mailbox = mailbox(id);
        KeywordTable table = mailbox.state().keywords().with(keywords);
        if (!table.equals(mailbox.state().keywords())) {
            MailboxState s = mailbox.state();
            mailboxes.put(
                    id,
                    mailbox.with(
                            new MailboxState(
                                    s.uidValidity(), s.uidNext(), modSeq(), s.counts(), table)));
        }
        return table;
    }

    Optional<Entry> entry(MailboxId mailbox, long uid) {
        return Optional.ofNullable(run(mailbox, EntryRun.numberOf(uid)).get(uid));
    }

    /// All entries of one run, by UID.
    List<Entry> entriesOfRun(MailboxId mailbox, long number) {
        return List.copyOf(run(mailbox, number).values());
    }

    /// Adds an entry at the end of a mailbox.
    ///
    /// @return its UID
    long add(MailboxId id, Letter letter, long keywords, Instant received) {
        Mailbox mailbox = mailbox(id);
        MailboxState s = mailbox.state();
        long uid = s.uidNext();
        Entry entry =
                new Entry(uid, letter.id(), keywords, modSeq(), received, now, letter.sizeBytes());
        run(id, EntryRun.numberOf(uid)).put(uid, entry);
        mailboxes.put(
                id,
                mailbox.with(
                        new MailboxState(
                                s.uidValidity(),
                                uid + 1,
                                modSeq(),
                                s.counts().plus(entry),
                                s.keywords())));
        counters = counters.plus(entry, mailbox.hidden());
        note(added, id, new Change.Mark(uid, letter.id().number(), 0, keywords));
        return uid;
    }

    /// Gives an entry other keywords.
    void mark(MailboxId id, Entry entry, long keywords) {
        Entry after = entry.marked(keywords, modSeq());
        run(id, EntryRun.numberOf(entry.uid())).put(entry.uid(), after);
        Mailbox mailbox = mailbox(id);
        MailboxState s = mailbox.state();
        mailboxes.put(
                id,
                mailbox.with(
                        new MailboxState(
                                s.uidValidity(),
                                s.uidNext(),
                                modSeq(),
                                s.counts().minus(entry).plus(after),
                                s.keywords())));
        note(
                marked,
                id,
                new Change.Mark(entry.uid(), entry.letter().number(), entry.keywords(), keywords));
    }

    /// A run as it lies; null when nothing is there.
    @Nullable EntryRun packedRun(MailboxId mailbox, long number) {
        RunKey key = new RunKey(mailbox, number);
        EntryRun known = packed.get(key);
        if (known != null) {
            return known;
        }
        TreeMap<Long, Entry> open = runs.remove(key);
        if (open != null) {
            EntryRun closed = EntryRun.of(List.copyOf(open.values()));
            packed.put(key, closed);
            return closed;
        }
        return tx.find(Layout.entries(mailbox.number(), number)).map(EntryRun::decode).orElse(null);
    }

    /// Gives entries of one run other keywords.
    ///
    /// @param before from [#packedRun]
    /// @param keywords of all its entries, as they will be
    void markRun(MailboxId id, EntryRun before, long[] keywords) {
        MailboxState.Counts counts = mailbox(id).state().counts();
        for (int i = 0; i < keywords.length; i++) {
            if (keywords[i] != before.keywords(i)) {
                counts = counts.marked(before.keywords(i), keywords[i]);
                note(
                        marked,
                        id,
                        new Change.Mark(
                                before.uid(i), before.letter(i), before.keywords(i), keywords[i]));
            }
        }
        packed.put(
                new RunKey(id, EntryRun.numberOf(before.uid(0))),
                before.marked(keywords, modSeq()));
        Mailbox mailbox = mailbox(id);
        MailboxState s = mailbox.state();
        mailboxes.put(
                id,
                mailbox.with(
                        new MailboxState(
                                s.uidValidity(), s.uidNext(), modSeq(), counts, s.keywords())));
    }

    /// Takes an entry out of a mailbox; the letter itself is [LetterRows]' business.
    void remove(MailboxId id, Entry entry) {
        run(id, EntryRun.numberOf(entry.uid())).remove(entry.uid());
        Mailbox mailbox = mailbox(id);
        MailboxState s = mailbox.state();
        mailboxes.put(
                id,
                mailbox.with(
                        new MailboxState(
                                s.uidValidity(),
                                s.uidNext(),
                                modSeq(),
                                s.counts().minus(entry),
                                s.keywords())));
        counters = counters.minus(entry, mailbox.hidden());
        note(
                removed,
                id,
                new Change.Mark(entry.uid(), entry.letter().number(), entry.keywords(), 0));
    }

    /// Writes everything that changed and its record. Once, at the end; nothing changed writes
    /// nothing.
    void finish(Actor actor, AccountId owner) {
        List<Change> changes = new ArrayList<>(structure);
        added.forEach((id, marks) -> changes.add(new Change.Added(id.number(), marks)));
        marked.forEach((id, marks) -> changes.add(new Change.Marked(id.number(), marks)));
        removed.forEach((id, marks) -> changes.add(new Change.Removed(id.number(), marks)));
        if (changes.isEmpty()) {
            return;
        }
        for (Map.Entry<RunKey, TreeMap<Long, Entry>> run : runs.entrySet()) {
            writeRun(run.getKey(), List.copyOf(run.getValue().values()));
        }
        packed.forEach(
                (key, run) ->
                        tx.put(Layout.entries(key.mailbox().number(), key.number()), run.encode()));
        mailboxes.forEach((id, mailbox) -> tx.put(Layout.mailbox(id.number()), mailbox.encode()));
        tx.put(BoxCounters.KEY, counters.encode());
        AccountId guest = actor.account().equals(owner) ? null : actor.account();
        ChangeLog.append(
                tx, new ChangeRecord(0, now, guest, actor.credential(), actor.door(), changes));
    }

    private void writeRun(RunKey key, List<Entry> entries) {
        boolean changed = entries.stream().anyMatch(entry -> entry.modSeq() == modSeq());
        if (entries.isEmpty()) {
            tx.delete(Layout.entries(key.mailbox().number(), key.number()));
        } else if (changed || removed.containsKey(key.mailbox())) {
            tx.put(
                    Layout.entries(key.mailbox().number(), key.number()),
                    EntryRun.of(entries).encode());
        }
    }

    private TreeMap<Long, Entry> run(MailboxId mailbox, long number) {
        return runs.computeIfAbsent(
                new RunKey(mailbox, number),
                key -> {
                    TreeMap<Long, Entry> entries = new TreeMap<>();
                    EntryRun run = packedRun(mailbox, number);
                    for (int i = 0; run != null && i < run.size(); i++) {
                        entries.put(run.uid(i), run.entry(i));
                    }
                    packed.remove(key);
                    return entries;
                });
    }

    private void note(
            Map<MailboxId, List<Change.Mark>> where, MailboxId mailbox, Change.Mark mark) {
        List<Change.Mark> marks = where.computeIfAbsent(mailbox, id -> new ArrayList<>());
        Change.Mark before = marks.isEmpty() ? NO_MARK : marks.getLast();
        recordBytes +=
                length(folded(mark.uid() - before.uid()))
                        + length(folded(mark.letter() - before.letter()))
                        + length(mark.before())
                        + length(mark.after());
        marks.add(mark);
    }

    /// Octets of a number in a change record.
    private static int length(long bits) {
        return (70 - Long.numberOfLeadingZeros(bits | 1)) / 7;
    }

    private static long folded(long value) {
        return (value << 1) ^ (value >> 63);
    }
}
