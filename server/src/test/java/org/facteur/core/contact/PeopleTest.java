package org.facteur.core.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.change.Hints;
import org.facteur.core.deliver.Consignment;
import org.facteur.core.deliver.Envelope;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.House;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.core.shelf.Shelf;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.jmap.JmapText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class PeopleTest {
    private final House house = House.inMemory();
    private final Shelf shelf = new Shelf(house.store(), new Hints(), house::now);
    private final Contacts contacts = new Contacts(shelf);
    private final Correspondents correspondents =
            new Correspondents(shelf, house.directory(), house::now);
    private final People people = new People(shelf, contacts, correspondents, house::now);
    private final Actor alice = Actor.system(house.alice().id(), Door.COMMAND);

    @AfterEach
    void close() {
        house.close();
    }

    private void write(String header, String... to) {
        byte[] octets =
                ("From: alice@example.org\r\n" + header + "\r\n\r\nx\r\n")
                        .getBytes(StandardCharsets.UTF_8);
        try (LetterWriter writer = new LetterWriter(house.boxes().blobs(), 100_000)) {
            writer.write(octets, 0, octets.length);
            NewLetter letter = writer.finish();
            try (var _ = letter.octets()) {
                correspondents
                        .watch()
                        .accepted(
                                new Consignment(
                                        letter,
                                        Envelope.plain(
                                                EmailAddress.parse("alice@example.org"),
                                                List.of(to).stream()
                                                        .map(EmailAddress::parse)
                                                        .toList(),
                                                alice.account(),
                                                false),
                                        new byte[0],
                                        false,
                                        house.now(),
                                        List.of(),
                                        null));
            }
        }
    }

    private long card(String json) {
        long book = contacts.books(alice).getFirst().number();
        ObjectNode content = (ObjectNode) JmapText.read(json);
        return contacts.add(alice, Set.of(book), content);
    }

    private List<String> suggested(String text) {
        return people.suggest(alice.account(), text, 10).stream().map(Person::address).toList();
    }

    @Test
    void thoseWrittenToMostAndLatestComeFirst() {
        write("To: Bea <bea@x.example>", "bea@x.example");
        for (int i = 0; i < 3; i++) {
            write("To: Ben <ben@x.example>", "ben@x.example");
        }
        assertThat(suggested("be")).containsExactly("ben@x.example", "bea@x.example");
        house.later(Duration.ofDays(400));
        write("To: Bea <bea@x.example>", "bea@x.example");
        assertThat(suggested("be")).containsExactly("bea@x.example", "ben@x.example");
        assertThat(suggested("x.ex")).hasSize(2);
        assertThat(suggested("zz")).isEmpty();
    }

    @Test
    void namesOfCardsAreFoundWithoutAccentsAndStandBeforeThoseOfLetters() {
        write("To: =?utf-8?q?Zo=C3=A9?= <zoe@x.example>", "zoe@x.example");
        long card =
                card(
                        """
                        {"uid":"z","name":{"full":"Zoé Dupré"},"nicknames":{"n":{"name":"Zouzou"}},
                         "emails":{"e":{"address":"ZOE@x.example"},"f":{"address":"z@home.example"}}}
                        """);
        Person person = people.suggest(alice.account(), "dupre zoe", 10).getFirst();
        assertThat(person.name()).isEqualTo("Zoé Dupré");
        assertThat(person.card()).isEqualTo(card);
        assertThat(person.letters()).isEqualTo(1);
        assertThat(suggested("zouz")).hasSize(2);
        contacts.remove(alice, card);
        assertThat(people.suggest(alice.account(), "zo", 10))
                .extracting(Person::name)
                .containsExactly("Zoé");
    }

    @Test
    void listsManyRecipientsAndProgramsTeachNothing() {
        String[] many = new String[Correspondents.AUDIENCE + 1];
        for (int i = 0; i < many.length; i++) {
            many[i] = "m" + i + "@x.example";
        }
        write("To: all@x.example", many);
        write("To: a@x.example\r\nAuto-Submitted: auto-replied", "a@x.example");
        write("To: alice@example.org", "alice@example.org");
        assertThat(correspondents.list(alice.account())).isEmpty();
    }

    @Test
    void thereIsRoomForSoManyAndThoseOfLeastWeightMakeIt() {
        write("To: dear@x.example", "dear@x.example");
        write("To: dear@x.example", "dear@x.example");
        for (int i = 0; i < 2010; i += 10) {
            String[] to = new String[10];
            for (int j = 0; j < 10; j++) {
                to[j] = "p" + (i + j) + "@x.example";
            }
            write("To: x@x.example", to);
            correspondents.settle(alice.account());
        }
        List<Correspondent> all = correspondents.list(alice.account());
        assertThat(all).hasSizeLessThanOrEqualTo(2000).hasSizeGreaterThan(1800);
        assertThat(all).extracting(Correspondent::address).contains("dear@x.example");
    }

    @Test
    void aFileTakenTwiceChangesNothing() {
        CardExchange exchange = new CardExchange(contacts, house::now);
        byte[] file =
                "BEGIN:VCARD\r\nFN:A\r\nEND:VCARD\r\nBEGIN:VCARD\r\nUID:u\r\nFN:B\r\nEND:VCARD\r\n"
                        .getBytes(StandardCharsets.UTF_8);
        long book = contacts.books(alice).getFirst().number();
        assertThat(exchange.take(alice, book, file))
                .isEqualTo(new CardExchange.Outcome(2, 0, 0, 0));
        assertThat(exchange.take(alice, book, file))
                .isEqualTo(new CardExchange.Outcome(0, 0, 2, 0));
        byte[] out = CardExchange.give(contacts.cards(alice.account()));
        assertThat(exchange.take(alice, book, out).refused()).isZero();
        assertThat(contacts.count(alice.account())).isEqualTo(2);
    }
}
