package org.facteur.core.mailbox;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.facteur.core.shelf.Shelf;
import org.facteur.store.blob.BlobId;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.facteur.store.verify.Finding;
import org.facteur.store.verify.PartitionCheck;

/// The invariants of a letter box. Any thread; memory grows with the letters of the account.
///
/// Mailboxes: sums are those of their entries, UIDs are below UIDNEXT, MODSEQs at most the highest,
/// parents exist, names are unique. Entries and places name each other; each letter has its
/// listing, its anatomy and its thread, and references to blobs are counted exactly. The account's
/// sums are those of its entries and its counters are ahead of all they gave. Rights and notes are
/// about mailboxes that are there.
public final class BoxCheck implements PartitionCheck {
    @Override
    public boolean covers(PartitionId partition) {
        return partition.realm() == PartitionId.Realm.ACCOUNT;
    }

    @Override
    public Map<BlobId, Long> check(
            PartitionId partition, ReadView view, Consumer<Finding> findings) {
        return new Run(partition, view, findings).run();
    }

    /// One check of one account.
    private static final class Run {
        private final PartitionId partition;
        private final ReadView view;
        private final Consumer<Finding> findings;
        private final TreeMap<MailboxId, Mailbox> mailboxes = new TreeMap<>();
        private final Map<MailboxId, MailboxState.Counts> counts = new HashMap<>();
        private final Map<Long, Set<Places.Place>> lying = new HashMap<>();
        private final Map<Long, Letter> letters = new HashMap<>();
        private final Map<BlobId, Long> blobs = new HashMap<>();
        private final Map<String, Map<String, Long>> ties = new HashMap<>();
        private BoxCounters counters = BoxCounters.NONE;

        Run(PartitionId partition, ReadView view, Consumer<Finding> findings) {
            this.partition = partition;
            this.view = view;
            this.findings = findings;
        }

        Map<BlobId, Long> run() {
            counters = BoxCounters.read(view);
            each(Table.MAILBOXES, this::mailbox);
            each(Table.LETTERS, this::letter);
            each(Table.ANATOMIES, this::anatomy);
            each(Table.ENTRIES, this::entries);
            each(Table.PLACES, this::places);
            each(Table.FACTS, this::facts);
            each(Table.THREADS, this::thread);
            each(Table.MESSAGE_IDS, this::messageId);
            each(Table.POP_COLLECTED, this::collected);
            each(Table.GRANTS, this::grant);
            each(Table.ANNOTATIONS, this::annotation);
            mailboxes.values().forEach(this::sums);
            tree();
            lying.forEach(
                    (letter, places) ->
                            say(Layout.places(letter), "Entries of the letter have no place."));
            letters.keySet().stream()
                    .filter(letter -> view.find(Layout.places(letter)).isEmpty())
                    .forEach(letter -> say(Layout.letter(letter), "The letter lies nowhere."));
            account();
            Shelf.blobs(view).forEach(this::refer);
            return blobs;
        }

        private void each(Table table, Consumer<Row> check) {
            TablePages.forEach(
                    view,
                    Layout.all(table),
                    row -> {
                        try {
                            check.accept(row);
                        } catch (StoreFault
                                | IllegalArgumentException
                                | org.facteur.base.fault.Refusal broken) {
                            say(row.key(), "The row does not make sense.");
                        }
                    });
        }

        private void mailbox(Row row) {
            MailboxId id = new MailboxId(Layout.number(row.key(), 0));
            Mailbox mailbox = Mailbox.decode(id, row.value());
            mailboxes.put(id, mailbox);
            counts.put(id, MailboxState.Counts.NONE);
            expect(id.number() < counters.nextMailbox(), row.key(), "The number was not given.");
            expect(
                    mailbox.state().uidValidity() < counters.nextUidValidity(),
                    row.key(),
                    "The UIDVALIDITY could be given again.");
            expect(
                    mailbox.state().highestModSeq() <= view.version(),
                    row.key(),
                    "It changed in the future.");
        }

        private void letter(Row row) {
            long number = Layout.number(row.key(), 0);
            Letter letter = Letter.decode(new LetterId(number), row.value());
            letters.put(number, letter);
            refer(letter.blob());
            refer(letter.listing());
            expect(number < counters.nextLetter(), row.key(), "The number was not given.");
            expect(
                    view.find(Layout.anatomy(number)).isPresent(),
                    row.key(),
                    "The letter has no anatomy.");
            expect(
                    view.find(Layout.thread(letter.thread().number(), number)).isPresent(),
                    row.key(),
                    "The letter is not in its thread.");
        }

        private void anatomy(Row row) {
            refer(Letter.Held.decodeRow(row.value()));
            expect(
                    letters.containsKey(Layout.number(row.key(), 0)),
                    row.key(),
                    "An anatomy without letter.");
        }

        private void facts(Row row) {
            FactDictionaries texts = new FactDictionaries();
            FactRun.Growing letters = new FactRun.Growing(texts);
            new FactChunk(texts).decode(row.value(), 0, letters);
            FactRun run = letters.done(0);
            long first = Layout.number(row.key(), 0) * FactChunk.LENGTH;
            for (int i = 0; i < FactChunk.LENGTH; i++) {
                expect(
                        this.letters.containsKey(first + i) == run.has(i, FactRun.THERE),
                        row.key(),
                        "What was made of letters is of others.");
            }
        }

        private void refer(Letter.Held held) {
            switch (held) {
                case Letter.Held.Inline _ -> {
                    // Nothing but the row.
                }
                case Letter.Held.Apart(BlobId blob, long _) -> refer(blob);
            }
        }

        private void refer(BlobId blob) {
            blobs.merge(blob, 1L, Long::sum);
        }

        private void entries(Row row) {
            MailboxId id = new MailboxId(Layout.number(row.key(), 0));
            Mailbox mailbox = mailboxes.get(id);
            EntryRun run = EntryRun.decode(row.value());
            if (mailbox == null) {
                say(row.key(), "Entries without mailbox.");
                return;
            }
            expect(run.size() > 0, row.key(), "An empty run is kept.");
            long last = 0;
            for (int i = 0; i < run.size(); i++) {
                Entry entry = run.entry(i);
                expect(entry.uid() > last, row.key(), "UIDs do not ascend.");
                expect(
                        EntryRun.numberOf(entry.uid()) == Layout.number(row.key(), 1),
                        row.key(),
                        "A UID is in a wrong run.");
                last = entry.uid();
                entry(row.key(), mailbox, entry);
            }
        }

        private void entry(Key key, Mailbox mailbox, Entry entry) {
            MailboxState state = mailbox.state();
            expect(entry.uid() < state.uidNext(), key, "A UID is not below UIDNEXT.");
            expect(
                    entry.modSeq() <= state.highestModSeq(),
                    key,
                    "An entry changed after its mailbox.");
            Set<Keyword> known = state.keywords().keywords(entry.keywords());
            expect(
                    state.keywords().bits(known) == entry.keywords(),
                    key,
                    "An entry has a keyword without name.");
            Letter letter = letters.get(entry.letter().number());
            if (letter == null) {
                say(key, "An entry's letter is missing.");
            } else {
                expect(letter.sizeBytes() == entry.sizeBytes(), key, "An entry's size is wrong.");
            }
            counts.computeIfPresent(mailbox.id(), (id, sum) -> sum.plus(entry));
            boolean fresh =
                    lying.computeIfAbsent(entry.letter().number(), number -> new HashSet<>())
                            .add(new Places.Place(mailbox.id(), entry.uid()));
            expect(fresh, key, "A UID is there twice.");
        }

        private void places(Row row) {
            long number = Layout.number(row.key(), 0);
            Places places = Places.decode(row.value());
            expect(!places.list().isEmpty(), row.key(), "A letter without places is kept.");
            expect(letters.containsKey(number), row.key(), "Places without letter.");
            Set<Places.Place> found = lying.remove(number);
            Set<Places.Place> said = new HashSet<>(places.list());
            expect(
                    said.size() == places.list().size() && said.equals(found),
                    row.key(),
                    "Places are not those of the entries.");
        }

        private void thread(Row row) {
            long thread = Layout.number(row.key(), 0);
            long number = Layout.number(row.key(), 1);
            Letter letter = letters.get(number);
            expect(
                    letter != null && letter.thread().number() == thread,
                    row.key(),
                    "A thread names a letter that is not in it.");
            ThreadRows.Tied tied = ThreadRows.decodeTied(row.value());
            for (String id : tied.ids()) {
                ties.computeIfAbsent(id, each -> new HashMap<>())
                        .merge(tied.subject() + " " + thread, 1L, Long::sum);
            }
        }

        private void messageId(Row row) {
            byte[] octets = row.key().toBytes();
            String hash = java.util.HexFormat.of().formatHex(octets, 1, octets.length);
            Map<String, Long> known = ties.getOrDefault(hash, Map.of());
            for (ThreadRows.Seen seen : ThreadRows.decodeSeen(row.value())) {
                Long letters = known.get(seen.subject() + " " + seen.thread());
                expect(
                        letters != null && letters >= seen.letters(),
                        row.key(),
                        "A Message-ID leads to letters that are no more.");
            }
        }

        private void collected(Row row) {
            Collected collected = Collected.decode(row);
            Places.Place place = collected.place();
            boolean there =
                    view.find(Layout.places(collected.letter().number()))
                            .map(Places::decode)
                            .filter(places -> places.list().contains(place))
                            .isPresent();
            expect(
                    there || !collected.hidden(),
                    row.key(),
                    "A collected letter is not where it was put.");
        }

        private void grant(Row row) {
            expect(
                    mailboxes.containsKey(GrantRows.mailbox(row)),
                    row.key(),
                    "Rights to a mailbox that is no more.");
            GrantRows.decode(row.value());
        }

        private void annotation(Row row) {
            long mailbox = Layout.number(row.key(), 0);
            expect(
                    mailbox == 0 || mailboxes.containsKey(new MailboxId(mailbox)),
                    row.key(),
                    "A note about a mailbox that is no more.");
        }

        private void sums(Mailbox mailbox) {
            Key key = Layout.mailbox(mailbox.id().number());
            expect(
                    mailbox.state().counts().equals(counts.get(mailbox.id())),
                    key,
                    "Sums of the mailbox are not those of its entries.");
        }

        private void tree() {
            Set<String> names = new HashSet<>();
            Set<Role> roles = new HashSet<>();
            for (Mailbox mailbox : mailboxes.values()) {
                Key key = Layout.mailbox(mailbox.id().number());
                MailboxId parent = mailbox.parent();
                expect(
                        parent == null || mailboxes.containsKey(parent),
                        key,
                        "The parent of the mailbox is missing.");
                expect(
                        mailbox.hidden() || names.add(parent + "/" + mailbox.name()),
                        key,
                        "Two mailboxes have one name.");
                Role role = mailbox.role();
                expect(role == null || roles.add(role), key, "Two mailboxes have one role.");
                expect(!circles(mailbox), key, "The mailbox is inside itself.");
            }
        }

        private boolean circles(Mailbox mailbox) {
            Mailbox at = mailbox;
            for (int depth = 0; depth <= BoxLimits.DEPTH && at != null; depth++) {
                MailboxId parent = at.parent();
                at = parent == null ? null : mailboxes.get(parent);
            }
            return at != null;
        }

        private void account() {
            long all = 0;
            long bytes = 0;
            long hidden = 0;
            long hiddenBytes = 0;
            for (Map.Entry<MailboxId, MailboxState.Counts> each : counts.entrySet()) {
                MailboxState.Counts sums = each.getValue();
                all += sums.letters();
                bytes += sums.bytes();
                Mailbox mailbox = mailboxes.get(each.getKey());
                if (mailbox != null && mailbox.hidden()) {
                    hidden += sums.letters();
                    hiddenBytes += sums.bytes();
                }
            }
            expect(
                    all == counters.letters() && bytes == counters.bytes(),
                    BoxCounters.KEY,
                    "The account's sums are not those of its entries.");
            expect(
                    hidden == counters.hiddenLetters() && hiddenBytes == counters.hiddenBytes(),
                    BoxCounters.KEY,
                    "The account's sums of what is hidden are not those of its entries.");
        }

        private void expect(boolean condition, Key key, String sentence) {
            if (!condition) {
                say(key, sentence);
            }
        }

        private void say(Key key, String sentence) {
            findings.accept(new Finding(partition, Objects.requireNonNull(key), sentence));
        }
    }
}
