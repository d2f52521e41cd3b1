package org.facteur.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.mailbox.House;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterContent;
import org.facteur.wire.address.HeaderAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchIndexTest {
    private static final long SEED = 20260301;

    @TempDir Path directory;

    private final House house = House.inMemory();
    private SearchIndex index = new SearchIndex(Path.of("nowhere"));

    @BeforeEach
    void begin() {
        index = open();
    }

    @AfterEach
    void close() {
        index.close();
        house.close();
    }

    private AccountId alice() {
        return house.alice().id();
    }

    private LetterBox box() {
        return house.boxes().open(Actor.system(alice(), Door.SYSTEM));
    }

    private SearchIndex open() {
        return new SearchIndex(directory.resolve("index"));
    }

    private void catchUp(SearchIndex target) {
        new Indexer(target, house.boxes()).visit(alice());
    }

    private void letter(String subject, String body) {
        house.append(
                ("From: Zoé Martin <zoe.martin@mail.example>\r\nTo: alice@example.org\r\nSubject: "
                        + subject
                        + "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                        + body
                        + "\r\n"));
    }

    private List<Long> fitting(IndexAnswer answer) {
        List<Long> found = new ArrayList<>();
        for (long number : box().letterNumbersAfter(0, 1000)) {
            if (answer.of(number) == IndexAnswer.Verdict.FITS) {
                found.add(number);
            }
        }
        return found;
    }

    /// What published letters hold, compared with what the index says, for texts cut out of them.
    @Test
    void answersAreWhatReadingWouldFind() throws IOException {
        try (Stream<Path> files =
                Files.walk(
                        Path.of(
                                System.getProperty("facteur.data", "../../shared/data"),
                                "mime-stalwart"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                byte[] octets = Files.readAllBytes(file);
                if (octets.length > 0 && octets.length < 200_000) {
                    house.append(new String(octets, StandardCharsets.ISO_8859_1));
                }
            }
        }
        catchUp(index);
        List<List<List<String>>> texts = texts();
        Random random = new Random(SEED);
        int sure = 0;
        for (int round = 0; round < 400; round++) {
            TextPlace place = TextPlace.values()[random.nextInt(TextPlace.values().length)];
            String wanted = cut(texts, place, random);
            IndexAnswer answer = index.containing(alice(), place, wanted);
            for (List<List<String>> letter : texts) {
                long number = Long.parseLong(letter.getLast().getFirst());
                boolean there =
                        letter.get(place.ordinal()).stream()
                                .anyMatch(text -> text.contains(LetterTexts.folded(wanted)));
                switch (answer.of(number)) {
                    case FITS -> assertThat(there).as("%s %s %s", number, place, wanted).isTrue();
                    case DOES_NOT ->
                            assertThat(there).as("%s %s %s", number, place, wanted).isFalse();
                    case UNKNOWN -> {
                        continue;
                    }
                }
                sure++;
            }
        }
        assertThat(sure).isGreaterThan(texts.size() * 200);
    }

    /// By letter: the folded texts of each place, then its number.
    private List<List<List<String>>> texts() throws IOException {
        List<List<List<String>>> all = new ArrayList<>();
        for (Letter letter : box().lettersAfter(0, 1000)) {
            List<List<String>> places = new ArrayList<>();
            var summary = box().listing(letter).summary();
            places.add(shown(summary.correspondents().from()));
            places.add(shown(summary.correspondents().to()));
            places.add(shown(summary.correspondents().cc()));
            places.add(List.of(LetterTexts.folded(summary.subject())));
            List<String> header = new ArrayList<>();
            List<String> body = new ArrayList<>();
            var anatomy = box().findAnatomy(letter.id()).orElseThrow();
            try (LetterContent content = box().content(letter)) {
                LetterTexts.fields(
                        content.read(
                                0,
                                content.prefixLength() + (int) anatomy.root().range().bodyStart()),
                        (name, value) -> header.add(LetterTexts.folded(name + ": " + value)));
                LetterTexts.bodies(anatomy, content, text -> body.add(LetterTexts.folded(text)));
            }
            places.add(header);
            places.add(body);
            places.add(List.of(Long.toString(letter.id().number())));
            all.add(places);
        }
        return all;
    }

    private static List<String> shown(List<HeaderAddress> addresses) {
        return addresses.stream().map(LetterTexts::shown).map(LetterTexts::folded).toList();
    }

    /// Some characters in a row out of a text of some letter; an address where there is none.
    private static String cut(List<List<List<String>>> texts, TextPlace place, Random random) {
        List<String> some =
                texts.stream()
                        .flatMap(letter -> letter.get(place.ordinal()).stream())
                        .filter(text -> text.length() > 2)
                        .toList();
        String text =
                some.isEmpty() ? "nobody@mail.example" : some.get(random.nextInt(some.size()));
        int from = random.nextInt(text.length() - 1);
        int length = 1 + random.nextInt(Math.min(12, text.length() - from));
        return text.substring(from, from + length);
    }

    @Test
    void wordsAreFoundInsideOthersAndWithoutCase() {
        letter("Été à Brest", "La Poste passe demain matin");
        letter("rien", "autre chose");
        catchUp(index);
        assertThat(fitting(index.containing(alice(), TextPlace.SUBJECT, "BRES"))).hasSize(1);
        assertThat(fitting(index.containing(alice(), TextPlace.SUBJECT, "été"))).hasSize(1);
        assertThat(fitting(index.containing(alice(), TextPlace.BODY, "oste"))).hasSize(1);
        assertThat(fitting(index.containing(alice(), TextPlace.FROM, "martin@mail"))).hasSize(2);
        assertThat(fitting(index.containing(alice(), TextPlace.BODY, "absent"))).isEmpty();
    }

    @Test
    void formsOfWordsAreAlike() {
        letter("Les journaux", "Les élèves écrivent");
        letter("Le journal", "an eleve wrote letters");
        letter("autre", "chose");
        catchUp(index);
        assertThat(fitting(index.alike(alice(), TextPlace.SUBJECT, "journal"))).hasSize(2);
        assertThat(fitting(index.alike(alice(), TextPlace.BODY, "élève"))).hasSize(2);
        assertThat(fitting(index.alike(alice(), TextPlace.BODY, "letter eleve"))).hasSize(1);
    }

    @Test
    void whatIsNotIndexedYetIsUnknown() {
        letter("un", "premier");
        catchUp(index);
        letter("deux", "second");
        IndexAnswer answer = index.containing(alice(), TextPlace.SUBJECT, "deux");
        List<Long> numbers = box().letterNumbersAfter(0, 10);
        assertThat(answer.of(numbers.get(0))).isEqualTo(IndexAnswer.Verdict.DOES_NOT);
        assertThat(answer.of(numbers.get(1))).isEqualTo(IndexAnswer.Verdict.UNKNOWN);
        catchUp(index);
        assertThat(index.containing(alice(), TextPlace.SUBJECT, "deux").of(numbers.get(1)))
                .isEqualTo(IndexAnswer.Verdict.FITS);
    }

    @Test
    void itGoesOnWhereItWasAndIsMadeAnewWhenDamaged() throws IOException {
        letter("un", "premier");
        catchUp(index);
        index.close();
        letter("deux", "second");
        index = open();
        catchUp(index);
        assertThat(fitting(index.containing(alice(), TextPlace.BODY, "second"))).hasSize(1);
        assertThat(index.size().letters()).isEqualTo(2);
        index.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                Files.write(each, new byte[] {1, 2, 3});
            }
        }
        index = open();
        catchUp(index);
        assertThat(fitting(index.containing(alice(), TextPlace.BODY, "second"))).hasSize(1);
        assertThat(index.size().letters()).isEqualTo(2);
    }

    @Test
    void anAccountSeesItsOwnAlone() {
        letter("secret", "secret");
        catchUp(index);
        AccountId other = new AccountId(alice().number() + 8);
        index.published(other, 100);
        IndexAnswer answer = index.containing(other, TextPlace.BODY, "secret");
        assertThat(answer.fitting()).isZero();
    }

    @Test
    void erasedLettersLeaveTheIndex() throws IOException {
        letter("un", "premier");
        catchUp(index);
        LetterBox box = box();
        box.expunge(box.inbox(), List.of(1L), false);
        catchUp(index);
        catchUp(index);
        for (Shard each : index.open()) {
            each.refresh();
        }
        assertThat(index.size().letters()).isZero();
    }
}
