package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.facteur.trial.server.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Address books, cards and correspondents by JMAP, and by command.
class JmapPeopleTest {
    private static final String ALICE = JmapTalk.ALICE;
    private static final String BOB = JmapTalk.BOB;

    @TempDir static Path directory;
    private static JmapTalk talk;

    @BeforeAll
    static void start() throws IOException {
        talk = JmapTalk.start(directory);
    }

    @AfterAll
    static void stop() throws IOException {
        talk.close();
    }

    private static JsonNode ask(String name, String arguments) throws IOException {
        return talk.one(ALICE, name, "{\"accountId\":\"A1\"" + arguments + "}");
    }

    private static String make(String card) throws IOException {
        JsonNode answer = ask("ContactCard/set", ",\"create\":{\"k\":" + card + "}");
        assertThat(answer.path("created").has("k")).as(answer.toString()).isTrue();
        return answer.get("created").get("k").get("id").stringValue();
    }

    @Test
    void theFirstBookIsThere() throws IOException {
        JsonNode book = ask("AddressBook/get", "").get("list").get(0);
        assertThat(book.get("name").stringValue()).isEqualTo("Contacts");
        assertThat(book.get("isDefault").booleanValue()).isTrue();
        assertThat(talk.session(ALICE).toString()).contains("urn:ietf:params:jmap:contacts");
    }

    @Test
    void aCardIsMadeFoundChangedAndRemoved() throws IOException {
        String id =
                make(
                        """
                        {"name":{"full":"Zo\\u00e9 Dupr\\u00e9"},"example.com:shoe":42,
                         "emails":{"e":{"address":"zoe@example.net","contexts":{"work":true}}}}
                        """);
        JsonNode card = ask("ContactCard/get", ",\"ids\":[\"" + id + "\"]").get("list").get(0);
        assertThat(card.get("@type").stringValue()).isEqualTo("Card");
        assertThat(card.get("uid").stringValue()).startsWith("urn:uuid:");
        assertThat(card.get("example.com:shoe").intValue()).isEqualTo(42);
        assertThat(card.get("addressBookIds").has("K1")).isTrue();
        String state = ask("ContactCard/get", ",\"ids\":[]").get("state").stringValue();
        JsonNode found = ask("ContactCard/query", ",\"filter\":{\"email\":\"zoe@\"}");
        assertThat(found.get("ids").toString()).contains(id);
        String update =
                ",\"update\":{\"" + id + "\":{\"emails/e/pref\":1,\"kind\":\"individual\"}}";
        assertThat(ask("ContactCard/set", update).get("updated").has(id)).isTrue();
        assertThat(
                        ask("ContactCard/changes", ",\"sinceState\":\"" + state + "\"")
                                .get("updated")
                                .toString())
                .contains(id);
        assertThat(
                        ask("ContactCard/queryChanges", ",\"sinceQueryState\":\"" + state + "\"")
                                .get("added")
                                .toString())
                .contains(id);
        assertThat(
                        ask("ContactCard/set", ",\"destroy\":[\"" + id + "\"]")
                                .get("destroyed")
                                .toString())
                .contains(id);
        assertThat(ask("ContactCard/get", ",\"ids\":[\"" + id + "\"]").get("notFound")).hasSize(1);
    }

    @Test
    void whatIsNoCardIsRefusedWithItsPlace() throws IOException {
        JsonNode fault =
                ask("ContactCard/set", ",\"create\":{\"k\":{\"emails\":{\"e\":{\"address\":7}}}}")
                        .get("notCreated")
                        .get("k");
        assertThat(fault.get("type").stringValue()).isEqualTo("invalidProperties");
        assertThat(fault.get("properties").toString()).contains("emails/address");
    }

    @Test
    void aUidIsThereOnce() throws IOException {
        String id = make("{\"uid\":\"one-and-only\"}");
        JsonNode again =
                ask("ContactCard/set", ",\"create\":{\"k\":{\"uid\":\"one-and-only\"}}")
                        .get("notCreated")
                        .get("k");
        assertThat(again.get("type").stringValue()).isEqualTo("alreadyExists");
        assertThat(again.get("existingId").stringValue()).isEqualTo(id);
        ask("ContactCard/set", ",\"destroy\":[\"" + id + "\"]");
        String other = make("{\"uid\":\"one-and-only\"}");
        assertThat(other).isNotEqualTo(id);
    }

    @Test
    void aBookWithCardsGoesOnlyWhenThatIsMeant() throws IOException {
        JsonNode made =
                ask(
                        "AddressBook/set",
                        ",\"create\":{\"b\":{\"name\":\"Chorale\"}},\"onSuccessSetIsDefault\":\"#b\"");
        JsonNode book = made.get("created").get("b");
        assertThat(book.get("isDefault").booleanValue()).isTrue();
        String id = book.get("id").stringValue();
        make("{\"addressBookIds\":{\"" + id + "\":true},\"name\":{\"full\":\"Basse\"}}");
        String both = make("{\"addressBookIds\":{\"" + id + "\":true,\"K1\":true}}");
        assertThat(
                        ask("AddressBook/set", ",\"destroy\":[\"" + id + "\"]")
                                .get("notDestroyed")
                                .get(id)
                                .get("type")
                                .stringValue())
                .isEqualTo("addressBookHasContents");
        JsonNode gone =
                ask(
                        "AddressBook/set",
                        ",\"onDestroyRemoveContents\":true,\"destroy\":[\"" + id + "\"]");
        assertThat(gone.get("destroyed").toString()).contains(id);
        JsonNode left = ask("ContactCard/get", ",\"ids\":[\"" + both + "\"]").get("list").get(0);
        assertThat(left.get("addressBookIds").toString()).isEqualTo("{\"K1\":true}");
        JsonNode first = ask("AddressBook/get", ",\"ids\":[\"K1\"]").get("list").get(0);
        assertThat(first.get("isDefault").booleanValue()).isTrue();
    }

    @Test
    void cardsStandInNobodyElsesAccount() throws IOException {
        String id = make("{\"name\":{\"full\":\"Secret\"}}");
        JsonNode other =
                talk.one(BOB, "ContactCard/get", "{\"accountId\":\"A1\",\"ids\":[\"" + id + "\"]}");
        assertThat(other.get("type").stringValue()).isEqualTo("accountNotFound");
    }

    @Test
    void aPictureBecomesPartOfTheCard() throws IOException {
        String blob =
                JmapTalk.JSON
                        .readTree(
                                talk.send(
                                                talk.request(ALICE, "/jmap/upload/A1/")
                                                        .header("Content-Type", "image/png")
                                                        .POST(
                                                                HttpRequest.BodyPublishers
                                                                        .ofByteArray(
                                                                                new byte[60_000]))
                                                        .build())
                                        .body())
                        .get("blobId")
                        .stringValue();
        String id = make("{\"media\":{\"p\":{\"kind\":\"photo\",\"blobId\":\"" + blob + "\"}}}");
        JsonNode card = ask("ContactCard/get", ",\"ids\":[\"" + id + "\"]").get("list").get(0);
        assertThat(card.get("media").get("p").get("uri").stringValue())
                .startsWith("data:image/png;base64,AAAA")
                .hasSizeGreaterThan(80_000);
        assertThat(ask("ContactCard/set", ",\"destroy\":[\"" + id + "\"]").get("destroyed"))
                .hasSize(1);
    }

    @Test
    void whoeverIsWrittenToIsSuggestedAndCanBeForgotten() throws IOException {
        String identity = ask("Identity/get", "").get("list").get(0).get("id").stringValue();
        String letter =
                ask(
                                "Email/set",
                                """
                                ,"create":{"k":{"mailboxIds":{"B2":true},"subject":"Bonjour",
                                 "from":[{"email":"alice@example.org"}],
                                 "to":[{"name":"Robert Bûcheron","email":"bob@example.org"}],
                                 "bodyValues":{"t":{"value":"a"}},"textBody":[{"partId":"t"}]}}
                                """)
                        .get("created")
                        .get("k")
                        .get("id")
                        .stringValue();
        ask(
                "EmailSubmission/set",
                ",\"create\":{\"s\":{\"identityId\":\""
                        + identity
                        + "\",\"emailId\":\""
                        + letter
                        + "\"}}");
        JsonNode found = ask("Person/suggest", ",\"text\":\"buch\"").get("list");
        assertThat(found).hasSize(1);
        assertThat(found.get(0).get("name").stringValue()).isEqualTo("Robert Bûcheron");
        assertThat(found.get(0).get("letters").intValue()).isEqualTo(1);
        String card =
                make(
                        "{\"name\":{\"full\":\"Bob\"},\"emails\":{\"e\":{\"address\":\"BOB@example.org\"}}}");
        JsonNode merged = ask("Person/suggest", ",\"text\":\"bob\"").get("list");
        assertThat(merged).hasSize(1);
        assertThat(merged.get(0).get("cardId").stringValue()).isEqualTo(card);
        assertThat(merged.get(0).get("letters").intValue()).isEqualTo(1);
        String learned = ask("Correspondent/get", "").get("list").get(0).get("id").stringValue();
        assertThat(ask("Correspondent/set", ",\"destroy\":[\"" + learned + "\"]").get("destroyed"))
                .hasSize(1);
        assertThat(ask("Correspondent/get", "").get("list")).isEmpty();
        ask("ContactCard/set", ",\"destroy\":[\"" + card + "\"]");
        assertThat(ask("Person/suggest", ",\"text\":\"bob\"").get("list")).isEmpty();
    }

    @Test
    void learningCanBeSwitchedOff() throws IOException {
        JsonNode off =
                talk.one(
                        BOB,
                        "PeopleWishes/set",
                        "{\"accountId\":\"A2\",\"update\":{\"singleton\":{\"learn\":false}}}");
        assertThat(off.get("updated").has("singleton")).isTrue();
        String identity =
                talk.one(BOB, "Identity/get", "{\"accountId\":\"A2\"}")
                        .get("list")
                        .get(0)
                        .get("id")
                        .stringValue();
        String letter = talk.letter(BOB, "B2", "Rien", "corps");
        talk.one(
                BOB,
                "EmailSubmission/set",
                "{\"accountId\":\"A2\",\"create\":{\"s\":{\"identityId\":\""
                        + identity
                        + "\",\"emailId\":\""
                        + letter
                        + "\",\"envelope\":{\"mailFrom\":{\"email\":\"bob@example.org\"},"
                        + "\"rcptTo\":[{\"email\":\"alice@example.org\"}]}}}}");
        assertThat(talk.one(BOB, "Correspondent/get", "{\"accountId\":\"A2\"}").get("list"))
                .isEmpty();
    }

    @Test
    void aFileOfCardsComesInAndGoesOut() throws IOException {
        Path file = directory.resolve("fiches.vcf");
        Files.writeString(
                file,
                """
                BEGIN:VCARD
                VERSION:3.0
                FN:Élodie Martin
                N:Martin;Élodie;;;
                EMAIL;TYPE=work,pref:elodie@example.com
                TEL;TYPE=cell:+33 6 00 00 00 00
                X-SOMETHING:kept
                END:VCARD
                """);
        String[] take = {"contacts", "import", BOB, file.toString(), "--into", "Travail"};
        assertThat(talk.server().command("", take).out()).contains("1 cards added");
        assertThat(talk.server().command("", take).out()).contains("1 were there already");
        JsonNode found =
                talk.one(BOB, "Person/suggest", "{\"accountId\":\"A2\",\"text\":\"elodie mart\"}");
        assertThat(found.get("list").get(0).get("email").stringValue())
                .isEqualTo("elodie@example.com");
        Path out = directory.resolve("sortie.vcf");
        ServerProcess.Ran ran =
                talk.server().command("", "contacts", "export", BOB, out.toString());
        assertThat(ran.out()).contains("1 cards");
        assertThat(Files.readString(out))
                .contains("VERSION:4.0", "FN:Élodie Martin", "X-SOMETHING:kept");
    }

    @Test
    void changesOfCardsAreTold() throws IOException {
        String before = ask("ContactCard/get", ",\"ids\":[]").get("state").stringValue();
        make("{\"name\":{\"full\":\"Neuf\"}}");
        await().until(
                        () ->
                                !ask("ContactCard/changes", ",\"sinceState\":\"" + before + "\"")
                                        .get("created")
                                        .isEmpty());
    }
}
