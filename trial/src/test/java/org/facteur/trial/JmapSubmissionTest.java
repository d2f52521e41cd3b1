package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Identities, submissions, absences and devices by JMAP.
class JmapSubmissionTest {
    private static final String ALICE = JmapTalk.ALICE;
    private static final String BOB = JmapTalk.BOB;

    @TempDir static Path directory;
    private static JmapTalk talk;
    private static String identity;

    @BeforeAll
    static void start() throws IOException {
        talk = JmapTalk.start(directory);
        identity =
                talk.one(ALICE, "Identity/get", "{\"accountId\":\"A1\"}")
                        .get("list")
                        .get(0)
                        .get("id")
                        .stringValue();
    }

    @AfterAll
    static void stop() throws IOException {
        talk.close();
    }

    private static List<JsonNode> send(String subject, String envelope) throws IOException {
        String id = talk.letter(ALICE, "B2", subject, "corps");
        return talk.call(
                ALICE,
                "EmailSubmission/set",
                """
                {"accountId":"A1","create":{"s":{"identityId":"%s","emailId":"%s"%s}},
                 "onSuccessUpdateEmail":{"#s":{"mailboxIds":{"B3":true}}}}
                """
                        .formatted(identity, id, envelope));
    }

    private static String held(int seconds) {
        return """
               ,"envelope":{"mailFrom":{"email":"alice@example.org",
                "parameters":{"HOLDFOR":"%d"}},"rcptTo":[{"email":"bob@example.org"}]}
               """
                .formatted(seconds);
    }

    private static int received(String subject) throws IOException {
        return talk.one(
                        BOB,
                        "Email/query",
                        "{\"accountId\":\"A2\",\"filter\":{\"subject\":\"" + subject + "\"}}")
                .get("ids")
                .size();
    }

    @Test
    void aLetterLeavesAtOnce() throws IOException {
        List<JsonNode> answers = send("Immediat", "");
        JsonNode made = answers.getFirst().get("created").get("s");
        assertThat(made.get("undoStatus").stringValue()).isEqualTo("final");
        assertThat(answers.getLast().get("updated")).hasSize(1);
        assertThat(received("Immediat")).isEqualTo(1);
    }

    @Test
    void aLetterIsHeldAndTakenBack() throws IOException {
        JsonNode made = send("Retenue", held(3600)).getFirst().get("created").get("s");
        assertThat(made.get("undoStatus").stringValue()).isEqualTo("pending");
        String id = made.get("id").stringValue();
        String cancel =
                "{\"accountId\":\"A1\",\"update\":{\"" + id + "\":{\"undoStatus\":\"canceled\"}}}";
        assertThat(talk.one(ALICE, "EmailSubmission/set", cancel).get("updated").has(id)).isTrue();
        assertThat(
                        talk.one(
                                        ALICE,
                                        "EmailSubmission/get",
                                        "{\"accountId\":\"A1\",\"ids\":[\"" + id + "\"]}")
                                .get("list")
                                .get(0)
                                .get("undoStatus")
                                .stringValue())
                .isEqualTo("canceled");
        assertThat(received("Retenue")).isZero();
    }

    @Test
    void aHeldLetterLeavesByItself() throws IOException {
        String id =
                send("Differee", held(1))
                        .getFirst()
                        .get("created")
                        .get("s")
                        .get("id")
                        .stringValue();
        await().until(() -> received("Differee") == 1);
        await().until(
                        () ->
                                talk.one(
                                                ALICE,
                                                "EmailSubmission/get",
                                                "{\"accountId\":\"A1\",\"ids\":[\"" + id + "\"]}")
                                        .toString()
                                        .contains("250 2.0.0"));
        JsonNode late =
                talk.one(
                        ALICE,
                        "EmailSubmission/set",
                        "{\"accountId\":\"A1\",\"update\":{\""
                                + id
                                + "\":{\"undoStatus\":\"canceled\"}}}");
        assertThat(late.get("notUpdated").get(id).get("type").stringValue())
                .isEqualTo("cannotUnsend");
    }

    @Test
    void nobodyWritesAsAnother() throws IOException {
        JsonNode made =
                send(
                                "Faux",
                                ",\"envelope\":{\"mailFrom\":{\"email\":\"bob@example.org\"},"
                                        + "\"rcptTo\":[{\"email\":\"bob@example.org\"}]}")
                        .getFirst();
        assertThat(made.get("notCreated").get("s").get("type").stringValue())
                .isEqualTo("forbiddenFrom");
        JsonNode identities =
                talk.one(
                        ALICE,
                        "Identity/set",
                        "{\"accountId\":\"A1\",\"create\":{\"i\":{\"email\":\"bob@example.org\"}}}");
        assertThat(identities.get("notCreated").get("i").get("type").stringValue())
                .isEqualTo("forbiddenFrom");
        assertThat(received("Faux")).isZero();
    }

    @Test
    void anAbsenceIsAnswered() throws IOException {
        JsonNode set =
                talk.one(
                        BOB,
                        "VacationResponse/set",
                        "{\"accountId\":\"A2\",\"update\":{\"singleton\":{\"isEnabled\":true,"
                                + "\"subject\":\"Absent \\\"loin\\\"\",\"textBody\":\"Ailleurs.\"}}}");
        assertThat(set.get("updated").has("singleton")).isTrue();
        send("Es-tu la", "");
        await().until(
                        () ->
                                talk.one(
                                                        ALICE,
                                                        "Email/query",
                                                        "{\"accountId\":\"A1\",\"filter\":"
                                                                + "{\"subject\":\"Absent\"}}")
                                                .get("ids")
                                                .size()
                                        == 1);
        talk.one(
                BOB,
                "VacationResponse/set",
                "{\"accountId\":\"A2\",\"update\":{\"singleton\":{\"isEnabled\":false}}}");
        JsonNode kept =
                talk.one(BOB, "VacationResponse/get", "{\"accountId\":\"A2\"}").get("list").get(0);
        assertThat(kept.get("isEnabled").booleanValue()).isFalse();
        assertThat(kept.get("textBody").stringValue()).isEqualTo("Ailleurs.");
    }

    @Test
    void aDeviceGetsItsPasswordOnceAndMakesNoOther() throws IOException {
        JsonNode made =
                talk.one(
                                ALICE,
                                "Device/set",
                                "{\"accountId\":\"A1\",\"create\":{\"d\":{\"name\":\"Tablette\","
                                        + "\"protocols\":[\"jmap\"]}}}")
                        .get("created")
                        .get("d");
        String password = made.get("password").stringValue();
        var request =
                java.net.http.HttpRequest.newBuilder(talk.uri("/jmap/api"))
                        .header("Authorization", JmapTalk.basic(ALICE, password))
                        .header("Content-Type", "application/json");
        String body =
                "{\"using\":[\"urn:facteur:devices\"],\"methodCalls\":"
                        + "[[\"Device/get\",{\"accountId\":\"A1\"},\"0\"]]}";
        var answer =
                talk.send(
                        request.POST(java.net.http.HttpRequest.BodyPublishers.ofString(body))
                                .build());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("forbidden");
        JsonNode list = talk.one(ALICE, "Device/get", "{\"accountId\":\"A1\"}").get("list");
        assertThat(list.toString()).contains("Tablette").doesNotContain(password);
        String id = made.get("id").stringValue();
        talk.one(ALICE, "Device/set", "{\"accountId\":\"A1\",\"destroy\":[\"" + id + "\"]}");
        assertThat(talk.send(request.GET().uri(talk.uri("/jmap/session")).build()).statusCode())
                .isEqualTo(401);
    }
}
