package org.facteur.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.facteur.base.fault.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterCatalogTest {
    private static final String LETTER =
            "From: a@example.org\r\nSubject: Hello %d\r\nMessage-ID: <%d@x>\r\n\r\nText.\r\n";

    private static LetterEdit move(LetterId letter, MailboxId... mailboxes) {
        return new LetterEdit(letter, LetterEdit.Selection.of(Set.of(mailboxes)), null);
    }

    private static LetterEdit mark(LetterId letter, Keyword keyword, boolean in) {
        return new LetterEdit(letter, null, LetterEdit.Selection.pieces(Map.of(keyword, in)));
    }

    @Test
    void aLetterIsOneWhereverItLies() {
        try (House house = House.inMemory()) {
            LetterId letter = house.append(LETTER.formatted(1, 1)).letter();
            LetterBox box = house.box();
            MailboxId archive = box.mailboxes().find(Role.ARCHIVE).orElseThrow().id();
            box.catalog()
                    .edit()
                    .run(
                            List.of(
                                    move(letter, house.inbox(), archive),
                                    mark(letter, Keyword.FLAGGED, true)));
            WholeLetter whole = box.catalog().find(List.of(letter)).letters().getFirst();
            assertThat(whole).isNotNull();
            assertThat(whole.mailboxes()).containsExactlyInAnyOrder(house.inbox(), archive);
            assertThat(whole.keywords()).containsExactly(Keyword.FLAGGED);
            long uid = box.view(archive).uid(0);
            box.mark(archive, List.of(uid), Marking.add(Set.of(Keyword.SEEN)));
            whole = box.catalog().find(List.of(letter)).letters().getFirst();
            assertThat(whole).isNotNull();
            assertThat(whole.keywords()).as("unread in one is unread").doesNotContain(Keyword.SEEN);
        }
    }

    @Test
    void whatIsRefusedChangesNothing() {
        try (House house = House.inMemory()) {
            LetterId letter = house.append(LETTER.formatted(1, 1)).letter();
            LetterBox box = house.box();
            LetterEdit impossible =
                    new LetterEdit(
                            letter,
                            LetterEdit.Selection.of(Set.of(new MailboxId(999))),
                            LetterEdit.Selection.of(Set.of(Keyword.SEEN)));
            LetterEdit nowhere =
                    new LetterEdit(
                            letter,
                            LetterEdit.Selection.pieces(Map.of(house.inbox(), false)),
                            null);
            var outcome =
                    box.catalog()
                            .edit()
                            .run(List.of(impossible, mark(new LetterId(77), Keyword.SEEN, true)));
            assertThat(outcome.refusals().keySet())
                    .containsExactlyInAnyOrder(letter, new LetterId(77));
            outcome = box.catalog().edit().run(List.of(nowhere));
            assertThat(outcome.refusals())
                    .hasEntrySatisfying(
                            letter,
                            refusal ->
                                    assertThat(refusal.reason()).isEqualTo(Refusal.Reason.INVALID));
            WholeLetter whole = box.catalog().find(List.of(letter)).letters().getFirst();
            assertThat(whole).isNotNull();
            assertThat(whole.keywords()).isEmpty();
            assertThat(whole.mailboxes()).containsExactly(house.inbox());
        }
    }

    @Test
    void ofTwoWhoAskUnderOneStateOneWins() {
        try (House house = House.inMemory()) {
            LetterId letter = house.append(LETTER.formatted(1, 1)).letter();
            LetterBox box = house.box();
            long state = box.version();
            LetterEdits.Guard unchanged =
                    since -> {
                        if (!since.letters().isEmpty()) {
                            throw new IllegalStateException("stale");
                        }
                    };
            box.catalog().edit().run(List.of(mark(letter, Keyword.SEEN, true)), unchanged, state);
            assertThatThrownBy(
                            () ->
                                    box.catalog()
                                            .edit()
                                            .run(
                                                    List.of(mark(letter, Keyword.SEEN, false)),
                                                    unchanged,
                                                    state))
                    .isInstanceOf(IllegalStateException.class);
            WholeLetter whole = box.catalog().find(List.of(letter)).letters().getFirst();
            assertThat(whole).isNotNull();
            assertThat(whole.keywords()).containsExactly(Keyword.SEEN);
        }
    }

    @Test
    void threadsAreKnownForManyLettersAndForNewOnes() {
        try (House house = House.inMemory()) {
            LetterBox box = house.box();
            LetterId first = house.append(LETTER.formatted(1, 1)).letter();
            LetterId answer =
                    house.append(
                                    "Subject: Re: Hello 1\r\nMessage-ID: <2@x>\r\n"
                                            + "In-Reply-To: <1@x>\r\n\r\nYes.\r\n")
                            .letter();
            LetterCatalog.Threads threads = box.catalog().threads();
            assertThat(threads.find(answer)).isEqualTo(threads.find(first)).isPresent();
            LetterId later = house.append(LETTER.formatted(3, 3)).letter();
            assertThat(box.catalog().threads().find(later)).contains(new ThreadId(later.number()));
            assertThat(box.catalog().threads().find(new LetterId(99))).isEmpty();
            assertThat(box.catalog().thread(new ThreadId(first.number())))
                    .extracting(each -> each.letter().id())
                    .containsExactly(first, answer);
        }
    }

    /// What there is at one version: each letter with its mailboxes and keywords.
    private static Map<LetterId, String> image(LetterBox box) {
        Map<LetterId, String> image = new HashMap<>();
        List<LetterId> ids = box.letterNumbersAfter(0, 1000).stream().map(LetterId::new).toList();
        for (WholeLetter each : box.catalog().find(ids).letters()) {
            if (each != null) {
                image.put(
                        each.letter().id(),
                        each.mailboxes().stream()
                                        .map(MailboxId::number)
                                        .sorted()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(","))
                                + each.keywords().stream()
                                        .map(Keyword::name)
                                        .sorted()
                                        .collect(Collectors.joining(",")));
            }
        }
        return image;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void changesLeadFromAnyVersionToAnyOther(long seed) {
        Random random = new Random(seed);
        try (House house = House.inMemory()) {
            LetterBox box = house.box();
            List<MailboxId> mailboxes =
                    box.mailboxes().shown().stream().map(Mailbox::id).limit(4).toList();
            Map<Long, Map<LetterId, String>> images = new HashMap<>();
            images.put(box.version(), image(box));
            for (int step = 0; step < 60; step++) {
                act(house, box, mailboxes, random, step);
                images.put(box.version(), image(box));
            }
            for (Map.Entry<Long, Map<LetterId, String>> from : images.entrySet()) {
                CatalogChanges changes =
                        box.catalog().changesSince(from.getKey(), Integer.MAX_VALUE).orElseThrow();
                compare(from.getValue(), images.getOrDefault(changes.to(), Map.of()), changes);
                stepwise(box, from.getKey(), images);
            }
        }
    }

    private static void act(
            House house, LetterBox box, List<MailboxId> mailboxes, Random random, int step) {
        List<LetterId> there = new ArrayList<>(image(box).keySet());
        if (there.size() < 3 || random.nextInt(3) == 0) {
            MailboxId where = mailboxes.get(random.nextInt(mailboxes.size()));
            house.append(box, where, LETTER.formatted(step, step), Set.of(), null);
            return;
        }
        LetterId letter = there.get(random.nextInt(there.size()));
        Set<MailboxId> some = new HashSet<>();
        some.add(mailboxes.get(random.nextInt(mailboxes.size())));
        some.add(mailboxes.get(random.nextInt(mailboxes.size())));
        LetterEdit edit =
                switch (random.nextInt(4)) {
                    case 0 -> LetterEdit.end(letter);
                    case 1 -> mark(letter, Keyword.SEEN, random.nextBoolean());
                    case 2 -> mark(letter, Keyword.FLAGGED, random.nextBoolean());
                    default -> new LetterEdit(letter, LetterEdit.Selection.of(some), null);
                };
        box.catalog().edit().run(List.of(edit));
    }

    private static void compare(
            Map<LetterId, String> before, Map<LetterId, String> after, CatalogChanges changes) {
        Set<LetterId> all = new HashSet<>(before.keySet());
        all.addAll(after.keySet());
        all.addAll(changes.letters().keySet());
        for (LetterId each : all) {
            CatalogChanges.LetterFate fate = changes.letters().get(each);
            boolean was = before.containsKey(each);
            boolean is = after.containsKey(each);
            if (!was || !is) {
                CatalogChanges.Fate wanted =
                        was ? CatalogChanges.Fate.DESTROYED : CatalogChanges.Fate.CREATED;
                assertThat(Objects.requireNonNull(fate).fate()).isEqualTo(wanted);
            } else if (!String.valueOf(before.get(each)).equals(after.get(each))) {
                assertThat(Objects.requireNonNull(fate).fate())
                        .isEqualTo(CatalogChanges.Fate.UPDATED);
            }
        }
    }

    /// Some at a time leads to the same.
    private static void stepwise(
            LetterBox box, long from, Map<Long, Map<LetterId, String>> images) {
        long version = from;
        boolean more = true;
        while (more) {
            CatalogChanges changes = box.catalog().changesSince(version, 2).orElseThrow();
            compare(
                    images.getOrDefault(version, Map.of()),
                    images.getOrDefault(changes.to(), Map.of()),
                    changes);
            assertThat(changes.letters().size()).isLessThanOrEqualTo(2);
            version = changes.to();
            more = changes.more();
        }
        assertThat(version).isEqualTo(box.version());
    }
}
