package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Scripts, pushes, notices and deeds to many letters by JMAP.
class JmapDeedsTest {
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

    private static String upload(String who, String account, String type, String text)
            throws IOException {
        return JmapTalk.JSON
                .readTree(
                        talk.send(
                                        talk.request(who, "/jmap/upload/" + account + "/")
                                                .header("Content-Type", type)
                                                .POST(HttpRequest.BodyPublishers.ofString(text))
                                                .build())
                                .body())
                .get("blobId")
                .stringValue();
    }

    @Test
    void aScriptIsKeptCheckedRenamedAndSwitched() throws IOException {
        String good = upload(ALICE, "A1", "application/sieve", "keep;\r\n");
        String bad = upload(ALICE, "A1", "application/sieve", "kepe \"x\";\r\n");
        assertThat(
                        ask("SieveScript/validate", ",\"blobId\":\"" + good + "\"")
                                .get("error")
                                .isNull())
                .isTrue();
        assertThat(
                        ask("SieveScript/validate", ",\"blobId\":\"" + bad + "\"")
                                .get("error")
                                .get("type")
                                .stringValue())
                .isEqualTo("invalidSieve");
        JsonNode made =
                ask(
                        "SieveScript/set",
                        ",\"create\":{\"a\":{\"name\":\"tri\",\"blobId\":\""
                                + good
                                + "\"},\"b\":{\"blobId\":\""
                                + good
                                + "\"}},\"onSuccessActivateScript\":\"#a\"");
        JsonNode script = made.get("created").get("a");
        assertThat(script.get("isActive").booleanValue()).isTrue();
        String id = script.get("id").stringValue();
        String blob = script.get("blobId").stringValue();
        assertThat(
                        talk.send(
                                        talk.request(
                                                        ALICE,
                                                        "/jmap/download/A1/"
                                                                + blob
                                                                + "?name=x&type=application/sieve")
                                                .build())
                                .body())
                .isEqualTo("keep;\r\n");
        assertThat(
                        ask("SieveScript/set", ",\"update\":{\"" + id + "\":{\"name\":\"autre\"}}")
                                .get("updated")
                                .has(id))
                .isTrue();
        JsonNode renamed = ask("SieveScript/get", ",\"ids\":[\"" + id + "\"]").get("list").get(0);
        assertThat(renamed.get("name").stringValue()).isEqualTo("autre");
        assertThat(renamed.get("isActive").booleanValue()).isTrue();
        assertThat(
                        ask("SieveScript/set", ",\"destroy\":[\"" + id + "\"]")
                                .get("notDestroyed")
                                .get(id)
                                .get("type")
                                .stringValue())
                .isEqualTo("sieveIsActive");
        JsonNode off = ask("SieveScript/set", ",\"onSuccessDeactivateScript\":true");
        assertThat(off.get("updated").get(id).get("isActive").booleanValue()).isFalse();
        assertThat(ask("SieveScript/query", ",\"filter\":{\"name\":\"aut\"}").get("ids").toString())
                .contains(id);
        assertThat(ask("SieveScript/set", ",\"destroy\":[\"" + id + "\"]").get("destroyed"))
                .hasSize(1);
    }

    @Test
    void aDeedToManyLettersIsDoneAndTakenBack() throws IOException {
        for (int i = 0; i < 5; i++) {
            talk.letter(ALICE, "B1", "Enmasse " + i, "corps");
        }
        String filter = "{\"inMailbox\":\"B1\",\"subject\":\"Enmasse\"}";
        String id =
                ask(
                                "Bulk/set",
                                ",\"create\":{\"b\":{\"filter\":"
                                        + filter
                                        + ",\"update\":{\"mailboxIds\":{\"B3\":true},"
                                        + "\"keywords/$seen\":true}}}")
                        .get("created")
                        .get("b")
                        .get("id")
                        .stringValue();
        await().until(() -> state(id).equals("done"));
        assertThat(found(filter)).isZero();
        assertThat(found("{\"inMailbox\":\"B3\",\"subject\":\"Enmasse\",\"hasKeyword\":\"$seen\"}"))
                .isEqualTo(5);
        ask("Bulk/set", ",\"update\":{\"" + id + "\":{\"state\":\"undoing\"}}");
        await().until(() -> state(id).equals("undone"));
        assertThat(found(filter)).isEqualTo(5);
        assertThat(found("{\"subject\":\"Enmasse\",\"hasKeyword\":\"$seen\"}")).isZero();
    }

    private static String state(String id) throws IOException {
        return ask("Bulk/get", ",\"ids\":[\"" + id + "\"]")
                .get("list")
                .get(0)
                .get("state")
                .stringValue();
    }

    private static int found(String filter) throws IOException {
        return ask("Email/query", ",\"filter\":" + filter).get("ids").size();
    }

    @Test
    void aNoticeGoesToWhoAskedForItOnce() throws IOException {
        String blob =
                upload(
                        ALICE,
                        "A1",
                        "message/rfc822",
                        "From: bob@example.org\r\nTo: alice@example.org\r\nSubject: Vu ?\r\n"
                                + "Message-ID: <vu@example.org>\r\n"
                                + "Disposition-Notification-To: Bob <bob@example.org>\r\n\r\nx\r\n");
        String letter =
                ask(
                                "Email/import",
                                ",\"emails\":{\"i\":{\"blobId\":\""
                                        + blob
                                        + "\",\"mailboxIds\":{\"B1\":true}}}")
                        .get("created")
                        .get("i")
                        .get("id")
                        .stringValue();
        String identity = ask("Identity/get", "").get("list").get(0).get("id").stringValue();
        String send =
                ",\"identityId\":\""
                        + identity
                        + "\",\"send\":{\"n\":{\"forEmailId\":\""
                        + letter
                        + "\",\"subject\":\"Vu\",\"textBody\":\"Lu.\",\"disposition\":{"
                        + "\"actionMode\":\"manual-action\",\"sendingMode\":\"mdn-sent-manually\","
                        + "\"type\":\"displayed\"}}}";
        JsonNode sent = ask("MDN/send", send);
        assertThat(sent.get("sent").get("n").get("finalRecipient").stringValue())
                .isEqualTo("rfc822; alice@example.org");
        assertThat(ask("MDN/send", send).get("notSent").get("n").get("type").stringValue())
                .isEqualTo("mdnAlreadySent");
        JsonNode ids =
                talk.one(
                                BOB,
                                "Email/query",
                                "{\"accountId\":\"A2\",\"filter\":{\"subject\":\"Vu\"}}")
                        .get("ids");
        assertThat(ids).hasSize(1);
        String got = "G" + ids.get(0).stringValue().substring(1);
        JsonNode parsed =
                talk.one(BOB, "MDN/parse", "{\"accountId\":\"A2\",\"blobIds\":[\"" + got + "\"]}")
                        .get("parsed")
                        .get(got);
        assertThat(parsed.get("originalMessageId").stringValue()).isEqualTo("<vu@example.org>");
        assertThat(parsed.get("disposition").get("type").stringValue()).isEqualTo("displayed");
        assertThat(parsed.get("textBody").stringValue().strip()).isEqualTo("Lu.");
    }

    @Test
    void aSubscriptionToPushesKeepsItsSecrets() throws IOException {
        assertThat(talk.session(ALICE).get("capabilities").toString())
                .contains("applicationServerKey");
        String create =
                "{\"create\":{\"p\":{\"deviceClientId\":\"d\",\"url\":\"%s\",\"types\":[\"Email\"]}}}";
        JsonNode made =
                talk.one(
                        ALICE,
                        "PushSubscription/set",
                        create.formatted("https://push.invalid/abc"));
        String id = made.get("created").get("p").get("id").stringValue();
        JsonNode got = talk.one(ALICE, "PushSubscription/get", "{\"ids\":null}");
        assertThat(got.get("list").toString()).contains(id).doesNotContain("push.invalid");
        assertThat(
                        talk.one(
                                        ALICE,
                                        "PushSubscription/get",
                                        "{\"ids\":null,\"properties\":[\"url\"]}")
                                .get("type")
                                .stringValue())
                .isEqualTo("forbidden");
        assertThat(
                        talk.one(
                                        ALICE,
                                        "PushSubscription/set",
                                        "{\"update\":{\""
                                                + id
                                                + "\":{\"verificationCode\":\"guess\"}}}")
                                .get("notUpdated")
                                .has(id))
                .isTrue();
        for (String bad :
                new String[] {
                    "http://push.example/", "https://127.0.0.1/", "https://push.example:8443/"
                }) {
            assertThat(
                            talk.one(ALICE, "PushSubscription/set", create.formatted(bad))
                                    .get("notCreated")
                                    .has("p"))
                    .as(bad)
                    .isTrue();
        }
        assertThat(
                        talk.one(BOB, "PushSubscription/get", "{\"ids\":[\"" + id + "\"]}")
                                .get("notFound"))
                .hasSize(1);
        assertThat(
                        talk.one(ALICE, "PushSubscription/set", "{\"destroy\":[\"" + id + "\"]}")
                                .get("destroyed"))
                .hasSize(1);
    }
}
