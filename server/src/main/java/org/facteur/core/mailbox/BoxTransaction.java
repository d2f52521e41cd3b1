package org.facteur.core.mailbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.change.Change;
import org.facteur.core.change.ChangeLog;
import org.facteur.core.change.ChangeRecord;
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
    private final Map<MailboxId, List<Change.Mark>> added = new HashMap<>();
    private final Map<MailboxId, List<Change.Mark>> marked = new HashMap<>();
    private final Map<MailboxId, List<Change.Mark>> removed = new HashMap<>();
    private final List<Change> structure = new ArrayList<>();
    private BoxCounters counters;
    private int entriesChanged;

    private record RunKey(MailboxId mailbox, long number) {}

    BoxTransaction(Transaction tx, Instant now) {
        this.tx = tx;
        this.now = now;
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
        return entriesChanged >= BoxLimits.ENTRIES_PER_TRANSACTION
                || tx.rowsLeft() < 200 + runs.size() + mailboxes.size()
                || tx.bytesLeft() < 200_000 + runs.size() * 6_000;
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
        // Scans of this transaction are to find it.
        tx.put(Layout.mailbox(id.number()), mailbox.encode());
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
                    tx.find(Layout.entries(mailbox.number(), number))
                            .map(EntryRun::decode)
                            .ifPresent(
                                    run -> {
                                        for (int i = 0; i < run.size(); i++) {
                                            entries.put(run.uid(i), run.entry(i));
                                        }
                                    });
                    return entries;
                });
    }

    private void note(
            Map<MailboxId, List<Change.Mark>> where, MailboxId mailbox, Change.Mark mark) {
        where.computeIfAbsent(mailbox, id -> new ArrayList<>()).add(mark);
        entriesChanged++;
    }
}
