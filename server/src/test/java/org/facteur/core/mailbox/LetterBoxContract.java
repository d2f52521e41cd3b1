package org.facteur.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.DirectoryEditor;
import org.facteur.core.account.Door;
import org.facteur.core.account.PopRule;
import org.facteur.core.account.Quota;
import org.facteur.core.change.Change;
import org.facteur.core.change.ChangeLog;
import org.facteur.core.change.ChangeRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a letter box does, whatever engine lies below.
abstract class LetterBoxContract {
    private final House house;

    LetterBoxContract(House house) {
        this.house = house;
    }

    @AfterEach
    void check() {
        house.close();
    }

    /// More than one transaction may write.
    @Test
    void thousandsOfMailboxesAreMadeOneByOne() {
        LetterBox box = house.box();
        int before = box.mailboxes().size();
        for (int i = 0; i < 2_050; i++) {
            box.create(MailboxName.parse("m" + i), null);
        }
        assertThat(box.mailboxes().size()).isEqualTo(before + 2_050);
    }

    @Test
    void anAccountThatWasCutOffInTheMakingHasItsFirstMailboxes() {
        Account cutOff = house.begun("zoe");
        LetterBox box = house.boxes().open(Actor.system(cutOff.id(), Door.COMMAND));
        assertThat(box.mailboxes().find(Role.JUNK)).isPresent();
        Account other = house.begun("yan");
        LetterBox untouched = house.boxes().open(Actor.system(other.id(), Door.COMMAND));
        Placed placed = house.append(untouched, untouched.inbox(), House.letter(1), Set.of(), null);
        assertThat(placed.uid()).isEqualTo(1);
    }

    private MailboxId id(String name) {
        return house.box().mailboxes().get(MailboxName.parse(name)).id();
    }

    private MailboxView view(String name) {
        return house.box().view(id(name));
    }

    private static List<Long> uids(MailboxView view) {
        List<Long> uids = new ArrayList<>();
        for (int i = 0; i < view.size(); i++) {
            uids.add(view.uid(i));
        }
        return uids;
    }

    private static Refusal.Reason refusal(Runnable work) {
        try {
            work.run();
        } catch (Refusal refusal) {
            return refusal.reason();
        }
        throw new AssertionError("nothing was refused");
    }

    private static <K, V> V get(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key));
    }

    /// Many entries of ten letters, quickly; each letter may lie in a thousand places.
    private void fill(String mailbox, int count) {
        Placed first = house.append(house.box(), id(mailbox), House.letter(0), Set.of(), null);
        for (int other = 1; other < 10; other++) {
            house.append(house.box(), id(mailbox), House.letter(other), Set.of(), null);
        }
        while (view(mailbox).size() < count) {
            List<Long> uids = uids(view(mailbox));
            List<Long> some = uids.subList(0, Math.min(uids.size(), count - uids.size()));
            house.box().copy(first.mailbox(), some, first.mailbox());
        }
    }

    @Test
    void aLetterIsThereAsItCame() {
        Placed placed = house.append(House.letter(7));
        LetterBox box = house.box();
        MailboxView view = view("INBOX");
        assertThat(view.size()).isEqualTo(1);
        assertThat(view.uid(0)).isEqualTo(placed.uid());
        assertThat(view.state().uidNext()).isEqualTo(placed.uid() + 1);
        assertThat(view.modSeq(0)).isEqualTo(placed.version()).isEqualTo(box.version());
        assertThat(view.receivedSecond(0)).isEqualTo(House.NOW.getEpochSecond());
        Letter letter = box.findLetter(placed.letter()).orElseThrow();
        try (LetterContent content = box.content(letter)) {
            assertThat(content.read(0, (int) content.size())).asString().isEqualTo(House.letter(7));
        }
        assertThat(box.listing(letter).summary().subject()).isEqualTo("letter 7");
        assertThat(box.findAnatomy(letter.id()).orElseThrow().size()).isEqualTo(letter.sizeBytes());
        assertThat(box.usage().letters()).isEqualTo(1);
        assertThat(box.usage().bytes()).isEqualTo(letter.sizeBytes());
    }

    @Test
    void marksAddRemoveAndReplaceKeywords() {
        long uid = house.append(House.letter(1)).uid();
        LetterBox box = house.box();
        MailboxId inbox = house.inbox();
        Keyword own = new Keyword("travail");
        assertThat(box.mark(inbox, List.of(uid, 99L), Marking.add(Set.of(Keyword.SEEN, own))))
                .extracting(Marked::changed)
                .isEqualTo(List.of(uid));
        assertThat(view("INBOX").state().counts().unseen()).isZero();
        assertThat(box.mark(inbox, List.of(uid), Marking.add(Set.of(own))).changed()).isEmpty();
        box.mark(inbox, List.of(uid), Marking.remove(Set.of(Keyword.SEEN)));
        MailboxView view = view("INBOX");
        assertThat(view.state().keywords().keywords(view.keywords(0))).containsExactly(own);
        Marking replace =
                new Marking(Marking.Mode.REPLACE, Set.of(Keyword.DELETED), Marking.ALWAYS);
        box.mark(inbox, List.of(uid), replace);
        assertThat(view("INBOX").state().counts().deleted()).isEqualTo(1);
        Marking old = new Marking(Marking.Mode.ADD, Set.of(Keyword.FLAGGED), view.modSeq(0));
        assertThat(box.mark(inbox, List.of(uid), old).refused()).containsExactly(uid);
    }

    @Test
    void aMailboxHasRoomFor48KeywordsOfItsOwn() {
        long uid = house.append(House.letter(1)).uid();
        for (int i = 0; i < 48; i++) {
            house.box()
                    .mark(house.inbox(), List.of(uid), Marking.add(Set.of(new Keyword("k" + i))));
        }
        Marking more = Marking.add(Set.of(new Keyword("k48")));
        assertThat(refusal(() -> house.box().mark(house.inbox(), List.of(uid), more)))
                .isEqualTo(Refusal.Reason.LIMIT);
        Transfer copy = house.box().copy(house.inbox(), List.of(uid), id("Archive"));
        MailboxView archive = view("Archive");
        assertThat(archive.state().keywords().keywords(archive.keywords(0))).hasSize(48);
        assertThat(copy.to()).containsExactly(archive.uid(0));
    }

    @Test
    void aCopyIsTheSameLetterAndEndsWithItsLastEntry() {
        Placed placed = house.append(House.letter(1));
        LetterBox box = house.box();
        box.copy(placed.mailbox(), List.of(placed.uid()), id("Archive"));
        box.copy(placed.mailbox(), List.of(placed.uid()), placed.mailbox());
        assertThat(view("Archive").letter(0)).isEqualTo(placed.letter());
        assertThat(box.usage().letters()).isEqualTo(3);
        box.expunge(placed.mailbox(), uids(view("INBOX")), false);
        assertThat(box.findLetter(placed.letter())).isPresent();
        box.expunge(id("Archive"), uids(view("Archive")), false);
        assertThat(box.findLetter(placed.letter())).isEmpty();
        assertThat(box.findAnatomy(placed.letter())).isEmpty();
        assertThat(box.usage().letters()).isZero();
        assertThat(box.usage().bytes()).isZero();
    }

    @Test
    void movesKeepKeywordsDatesAndTheLetter() {
        Placed placed =
                house.append(
                        house.box(),
                        house.inbox(),
                        House.letter(1),
                        Set.of(Keyword.FLAGGED, new Keyword("own")),
                        null);
        house.later(java.time.Duration.ofDays(3));
        LetterBox box = house.box();
        Transfer moved = box.move(placed.mailbox(), List.of(placed.uid()), id("Archive"));
        assertThat(moved.from()).containsExactly(placed.uid());
        assertThat(view("INBOX").size()).isZero();
        MailboxView archive = view("Archive");
        assertThat(archive.receivedSecond(0)).isEqualTo(House.NOW.getEpochSecond());
        assertThat(archive.savedSecond(0)).isEqualTo(house.now().getEpochSecond());
        assertThat(archive.state().keywords().keywords(archive.keywords(0)))
                .containsExactlyInAnyOrder(Keyword.FLAGGED, new Keyword("own"));
        Transfer within = box.move(id("Archive"), moved.to(), id("Archive"));
        assertThat(within.to().getFirst()).isGreaterThan(moved.to().getFirst());
        assertThat(box.move(id("Archive"), moved.to(), placed.mailbox()).from()).isEmpty();
    }

    @Test
    void expungeWithTheFlagTakesOnlyTheDeleted() {
        long one = house.append(House.letter(1)).uid();
        long two = house.append(House.letter(2)).uid();
        LetterBox box = house.box();
        box.mark(house.inbox(), List.of(two), Marking.add(Set.of(Keyword.DELETED)));
        assertThat(box.expunge(house.inbox(), List.of(one, two), true)).containsExactly(two);
        assertThat(uids(view("INBOX"))).containsExactly(one);
    }

    @Test
    void whatPopCollectsIsHiddenInOneMailbox() {
        for (int i = 0; i < 5; i++) {
            house.append(House.letter(i));
        }
        LetterBox box = house.box();
        PopDevice device = new PopDevice(2, House.NOW, PopRule.STANDARD, Set.of());
        PopDrop drop = box.openDrop(device);
        box.take(drop, List.of(drop.letter(0), drop.letter(1), drop.letter(2)));
        box.take(drop, List.of(drop.letter(3), drop.letter(4)));
        Mailbox hidden = box.mailboxes().find(Role.COLLECTED).orElseThrow();
        assertThat(box.view(hidden.id()).size()).isEqualTo(5);
        assertThat(box.mailboxes().shown()).doesNotContain(hidden);
        assertThat(box.mailboxes().find(MailboxName.parse(hidden.name()))).isEmpty();
        assertThat(box.create(MailboxName.parse(hidden.name()), null).hidden()).isFalse();
    }

    @Test
    void lettersOfOneConversationShareAThread() {
        LetterBox box = house.box();
        String head = "From: a@example.net\r\n";
        Placed first = house.append(head + "Message-ID: <1@x>\r\nSubject: Plan\r\n\r\n");
        Placed answer =
                house.append(
                        head
                                + "Message-ID: <2@x>\r\nIn-Reply-To: <1@x>\r\n"
                                + "Subject: Re: Plan\r\n\r\n");
        Placed late =
                house.append(
                        head
                                + "Message-ID: <4@x>\r\nReferences: <1@x> <3@x>\r\n"
                                + "Subject: RE: plan\r\n\r\n");
        Placed other =
                house.append(
                        head + "Message-ID: <5@x>\r\nReferences: <1@x>\r\nSubject: Else\r\n\r\n");
        ThreadId thread = box.findLetter(first.letter()).orElseThrow().thread();
        assertThat(box.findLetter(answer.letter()).orElseThrow().thread()).isEqualTo(thread);
        assertThat(box.findLetter(late.letter()).orElseThrow().thread()).isEqualTo(thread);
        assertThat(box.findLetter(other.letter()).orElseThrow().thread()).isNotEqualTo(thread);
        box.expunge(house.inbox(), uids(view("INBOX")), false);
        Placed again = house.append(head + "Message-ID: <2@x>\r\nSubject: Plan\r\n\r\n");
        assertThat(box.findLetter(again.letter()).orElseThrow().thread()).isNotEqualTo(thread);
    }

    @Test
    void theSameHandoverPutsOneLetter() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Placed>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(
                        threads.submit(
                                () ->
                                        house.append(
                                                house.box(),
                                                house.inbox(),
                                                House.letter(1),
                                                Set.of(),
                                                "key")));
            }
            Set<Long> uids = new HashSet<>();
            for (Future<Placed> placed : all) {
                uids.add(placed.get().uid());
            }
            assertThat(uids).hasSize(1);
        }
        assertThat(view("INBOX").size()).isEqualTo(1);
        house.box().expunge(house.inbox(), uids(view("INBOX")), false);
        house.append(house.box(), house.inbox(), House.letter(1), Set.of(), "key");
        assertThat(view("INBOX").size()).isZero();
    }

    @Test
    void manyWritersNeverPassTheQuota() throws Exception {
        Quota quota = new Quota(1_000_000, 20);
        new DirectoryEditor(house.directory(), house::now).setQuota(house.alice().id(), quota);
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            int number = i;
            writers.add(
                    () -> {
                        try {
                            house.append(House.letter(number));
                            return true;
                        } catch (Refusal full) {
                            assertThat(full.reason()).isEqualTo(Refusal.Reason.OVER_QUOTA);
                            return false;
                        }
                    });
        }
        int taken = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> done : threads.invokeAll(writers)) {
                taken += done.get() ? 1 : 0;
            }
        }
        assertThat(taken).isEqualTo(20);
        assertThat(house.box().usage().letters()).isEqualTo(20);
        assertThat(
                        refusal(
                                () ->
                                        house.box()
                                                .copy(
                                                        house.inbox(),
                                                        uids(view("INBOX")),
                                                        id("Archive"))))
                .isEqualTo(Refusal.Reason.OVER_QUOTA);
        assertThat(house.box().move(house.inbox(), uids(view("INBOX")), id("Archive")).to())
                .hasSize(20);
    }

    @Test
    void mailboxesAreMadeRenamedAndRemovedAsTrees() {
        LetterBox box = house.box();
        box.create(MailboxName.parse("A/B/C"), null);
        house.append(box, id("A/B/C"), House.letter(1), Set.of(), null);
        assertThat(refusal(() -> box.create(MailboxName.parse("A/B"), null)))
                .isEqualTo(Refusal.Reason.ALREADY_EXISTS);
        box.rename(MailboxName.parse("A/B"), MailboxName.parse("X/Y"));
        assertThat(view("X/Y/C").size()).isEqualTo(1);
        assertThat(box.mailboxes().find(MailboxName.parse("A/B"))).isEmpty();
        assertThat(refusal(() -> box.rename(MailboxName.parse("X"), MailboxName.parse("X/Y/Z"))))
                .isEqualTo(Refusal.Reason.CANNOT);
        assertThat(refusal(() -> box.delete(MailboxName.parse("X"))))
                .isEqualTo(Refusal.Reason.CANNOT);
        assertThat(refusal(() -> box.delete(MailboxName.INBOX))).isEqualTo(Refusal.Reason.CANNOT);
        assertThat(refusal(() -> box.delete(MailboxName.parse("nothing"))))
                .isEqualTo(Refusal.Reason.NOT_FOUND);
        box.delete(MailboxName.parse("X/Y/C"));
        box.delete(MailboxName.parse("X/Y"));
        box.subscribe(MailboxName.parse("X"), false);
        assertThat(box.mailboxes().get(MailboxName.parse("X")).subscribed()).isFalse();
        assertThat(box.usage().letters()).isZero();
        assertThat(refusal(() -> box.create(MailboxName.parse("Bin"), Role.TRASH)))
                .isEqualTo(Refusal.Reason.CANNOT);
    }

    @Test
    void renamingTheInboxMovesItsLetters() {
        house.append(House.letter(1));
        MailboxId inbox = house.inbox();
        house.box().rename(MailboxName.INBOX, MailboxName.parse("Old"));
        assertThat(house.inbox()).isEqualTo(inbox);
        assertThat(view("INBOX").size()).isZero();
        assertThat(view("Old").size()).isEqualTo(1);
    }

    @Test
    void uidValidityNeverComesBack() {
        LetterBox box = house.box();
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            MailboxName name = MailboxName.parse("again");
            assertThat(seen.add(box.create(name, null).state().uidValidity())).isTrue();
            house.append(box, id("again"), House.letter(i), Set.of(), null);
            box.delete(name);
        }
    }

    @Test
    void aMailboxNameIsTakenInAnyNormalForm() {
        house.box().create(MailboxName.parse("\u00c9t\u00e9"), null);
        assertThatThrownBy(() -> house.box().create(MailboxName.parse("E\u0301te\u0301"), null))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void manyEntriesChangeInSeveralTransactionsAndMeetAtRunBorders() {
        fill("INBOX", 5_000);
        LetterBox box = house.box();
        MailboxView before = view("INBOX");
        assertThat(before.size()).isEqualTo(5_000);
        for (int i = 0; i < before.size(); i++) {
            assertThat(before.uid(i)).isEqualTo(i + 1);
        }
        assertThat(before.indexOf(128)).isEqualTo(127);
        assertThat(before.ceiling(5_001)).isEqualTo(5_000);
        long version = box.version();
        Marked marked = box.mark(house.inbox(), uids(before), Marking.add(Set.of(Keyword.SEEN)));
        assertThat(marked.changed()).hasSize(5_000);
        assertThat(box.version()).isGreaterThan(version + 1);
        assertThat(view("INBOX").state().counts().unseen()).isZero();
        assertThat(view("INBOX").since(before).marked()).hasSize(5_000);
        List<Long> border = LongStream.of(127, 128, 129, 255, 256).boxed().toList();
        assertThat(box.expunge(house.inbox(), border, false)).isEqualTo(border);
        MailboxView after = view("INBOX");
        assertThat(after.since(before).gone()).containsExactly(255, 254, 128, 127, 126);
        assertThat(after.indexOf(128)).isEqualTo(-127);
        assertThat(after.ceiling(129)).isEqualTo(126);
        List<Long> run = LongStream.range(384, 512).boxed().toList();
        box.expunge(house.inbox(), run, false);
        assertThat(view("INBOX").size()).isEqualTo(5_000 - 5 - 128);
        house.check();
        box.create(MailboxName.parse("all"), null);
        box.move(house.inbox(), uids(view("INBOX")), id("all"));
        assertThat(view("all").size()).isEqualTo(5_000 - 5 - 128);
        assertThat(view("INBOX").size()).isZero();
        box.delete(MailboxName.parse("all"));
        assertThat(box.usage().letters()).isZero();
    }

    /// What the change log says of one mailbox.
    private static void replay(ChangeRecord record, Map<Long, TreeMap<Long, Long>> state) {
        for (Change change : record.changes()) {
            TreeMap<Long, Long> entries =
                    state.computeIfAbsent(change.mailbox(), id -> new TreeMap<>());
            switch (change) {
                case Change.MailboxChanged changed -> {
                    if (changed.act() == Change.Act.DESTROYED) {
                        assertThat(entries).isEmpty();
                        state.remove(change.mailbox());
                    }
                }
                case Change.ListsChanged _ -> assertThat(entries).isEmpty();
                case Change.ScriptChanged _ -> {
                    // Happens in no mailbox.
                }
                case Change.Added added ->
                        added.marks().forEach(mark -> entries.put(mark.uid(), mark.after()));
                case Change.Marked marked ->
                        marked.marks()
                                .forEach(
                                        mark ->
                                                assertThat(entries.put(mark.uid(), mark.after()))
                                                        .isEqualTo(mark.before()));
                case Change.Removed removed ->
                        removed.marks()
                                .forEach(
                                        mark ->
                                                assertThat(entries.remove(mark.uid()))
                                                        .isEqualTo(mark.before()));
            }
        }
    }

    private Map<Long, TreeMap<Long, Long>> replayAll() {
        Map<Long, TreeMap<Long, Long>> state = new HashMap<>();
        var partition = house.store().partition(house.alice().id().partition());
        long version = 0;
        while (true) {
            long from = version;
            List<ChangeRecord> page = partition.read(view -> ChangeLog.after(view, from, 500));
            for (ChangeRecord record : page) {
                replay(record, state);
                version = record.version();
            }
            if (page.size() < 500) {
                return state;
            }
        }
    }

    /// Tells an observer's list what changed, as IMAP would.
    private static void follow(List<String> seen, MailboxView now, ViewChanges changes) {
        changes.gone().forEach(at -> seen.remove(at.intValue()));
        changes.added().forEach(at -> seen.add(at, ""));
        for (int at : changes.added()) {
            seen.set(at, now.uid(at) + " " + now.keywords(at));
        }
        for (int at : changes.marked()) {
            seen.set(at, now.uid(at) + " " + now.keywords(at));
        }
    }

    private static List<String> shown(MailboxView view) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < view.size(); i++) {
            shown.add(view.uid(i) + " " + view.keywords(i));
        }
        return shown;
    }

    @Test
    void randomChangesKeepViewsLogAndModelAlike() {
        SplittableRandom random = new SplittableRandom(20260301);
        List<String> names = List.of("INBOX", "Archive", "Sent", "Trash");
        Map<String, TreeMap<Long, Set<String>>> model = new HashMap<>();
        Map<String, MailboxView> earlier = new HashMap<>();
        Map<String, List<String>> observed = new HashMap<>();
        for (String name : names) {
            model.put(name, new TreeMap<>());
            earlier.put(name, view(name));
            observed.put(name, new ArrayList<>());
        }
        for (int step = 0; step < 300; step++) {
            String from = names.get(random.nextInt(names.size()));
            String to = names.get(random.nextInt(names.size()));
            step(random, step, model, from, to);
            if (random.nextInt(4) == 0) {
                MailboxView now = view(from);
                ViewChanges changes = now.since(earlier.put(from, now));
                follow(get(observed, from), now, changes);
                assertThat(get(observed, from)).isEqualTo(shown(now));
            }
        }
        Map<Long, TreeMap<Long, Long>> replayed = replayAll();
        for (String name : names) {
            MailboxView view = view(name);
            assertThat(uids(view)).isEqualTo(List.copyOf(get(model, name).keySet()));
            for (int i = 0; i < view.size(); i++) {
                Set<String> keywords = new HashSet<>();
                view.state()
                        .keywords()
                        .keywords(view.keywords(i))
                        .forEach(keyword -> keywords.add(keyword.name()));
                assertThat(keywords).isEqualTo(get(model, name).get(view.uid(i)));
                assertThat(get(replayed, id(name).number()).get(view.uid(i)))
                        .isEqualTo(view.keywords(i));
            }
            assertThat(replayed.getOrDefault(id(name).number(), new TreeMap<>()))
                    .hasSize(view.size());
        }
    }

    /// One random change, done to the letter box and to the model.
    private void step(
            SplittableRandom random,
            int step,
            Map<String, TreeMap<Long, Set<String>>> model,
            String from,
            String to) {
        LetterBox box = house.box();
        TreeMap<Long, Set<String>> entries = get(model, from);
        List<Long> some = entries.keySet().stream().filter(uid -> random.nextInt(3) == 0).toList();
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                Placed placed = house.append(box, id(from), House.letter(step), Set.of(), null);
                entries.put(placed.uid(), new HashSet<>());
            }
            case 2 -> {
                String keyword = "k" + random.nextInt(6);
                boolean add = random.nextBoolean();
                Set<Keyword> keywords = Set.of(new Keyword(keyword));
                box.mark(id(from), some, add ? Marking.add(keywords) : Marking.remove(keywords));
                for (long uid : some) {
                    boolean _ =
                            add
                                    ? get(entries, uid).add(keyword)
                                    : get(entries, uid).remove(keyword);
                }
            }
            case 3 -> {
                Transfer copied = box.copy(id(from), some, id(to));
                for (int i = 0; i < some.size(); i++) {
                    get(model, to)
                            .put(copied.to().get(i), new HashSet<>(get(entries, some.get(i))));
                }
            }
            case 4 -> {
                Transfer moved = box.move(id(from), some, id(to));
                for (int i = 0; i < some.size(); i++) {
                    get(model, to)
                            .put(
                                    moved.to().get(i),
                                    Objects.requireNonNull(entries.remove(some.get(i))));
                }
            }
            default -> {
                assertThat(box.expunge(id(from), some, false)).isEqualTo(some);
                some.forEach(entries::remove);
            }
        }
    }
}
