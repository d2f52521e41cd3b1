package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.facteur.trial.talk.TalkLine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Requests, limits, uploads, events and WebSockets of JMAP, and the HTTP server beneath.
class JmapCoreTest {
    private static final String ALICE = JmapTalk.ALICE;

    @TempDir static Path directory;
    private static JmapTalk talk;
    private static String account;

    @BeforeAll
    static void start() throws IOException {
        talk = JmapTalk.start(directory);
        account = talk.account(ALICE);
    }

    @AfterAll
    static void stop() throws IOException {
        talk.close();
    }

    @Test
    void theSessionSaysWhatIsEnforced() throws IOException {
        JsonNode core = talk.session(ALICE).get("capabilities").get("urn:ietf:params:jmap:core");
        assertThat(core.get("maxCallsInRequest").intValue()).isEqualTo(16);
        String call = "[\"Core/echo\",{},\"a\"]";
        String many = (call + ",").repeat(16) + call;
        HttpResponse<String> answer =
                talk.post(ALICE, "{\"using\":[],\"methodCalls\":[" + many + "]}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("maxCallsInRequest");
        String ids = "\"L1\",".repeat(500) + "\"L1\"";
        assertThat(
                        talk.one(
                                        ALICE,
                                        "Email/get",
                                        "{\"accountId\":\"" + account + "\",\"ids\":[" + ids + "]}")
                                .get("type")
                                .stringValue())
                .isEqualTo("requestTooLarge");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | notJSON",
                "{\"a\":1,\"a\":1} | notJSON",
                "{\"foo\":1} | notRequest",
                "{\"using\":[\"urn:x\"],\"methodCalls\":[]} | unknownCapability"
            })
    void aBrokenRequestIsRefusedAsAWhole(String body, String kind) throws IOException {
        HttpResponse<String> answer = talk.post(ALICE, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("urn:ietf:params:jmap:error:" + kind);
    }

    @Test
    void withoutOptingInThereIsNoMethod() throws IOException {
        HttpResponse<String> answer =
                talk.post(ALICE, "{\"using\":[],\"methodCalls\":[[\"Core/echo\",{},\"a\"]]}");
        assertThat(answer.body()).contains("unknownMethod");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mailbox/get | {} | invalidArguments",
                "Mailbox/get | {\"accountId\":7} | invalidArguments",
                "Mailbox/get | {\"accountId\":\"A99\"} | accountNotFound",
                "Mailbox/get | {\"accountId\":\"A2\"} | accountNotFound",
                "Mailbox/get | {\"accountId\":\"A1\",\"properties\":[\"x\"]} | invalidArguments",
                "Mailbox/get | {\"accountId\":\"A1\",\"x\":1} | invalidArguments",
                "Email/changes | {\"accountId\":\"A1\",\"sinceState\":\"999999\"} |"
                        + " cannotCalculateChanges",
                "Email/query | {\"accountId\":\"A1\",\"filter\":{\"x\":1}} | unsupportedFilter",
                "Email/query | {\"accountId\":\"A1\",\"sort\":[{\"property\":\"x\"}]} |"
                        + " unsupportedSort",
                "Email/query | {\"accountId\":\"A1\",\"anchor\":\"L9\"} | anchorNotFound",
                "Nothing/get | {} | unknownMethod"
            })
    void aCallFailsByItself(String method, String arguments, String type) throws IOException {
        List<JsonNode> answers =
                talk.call(ALICE, method, arguments, "Core/echo", "{\"still\":\"here\"}");
        assertThat(answers.getFirst().get("type").stringValue()).isEqualTo(type);
        assertThat(answers.getLast().get("still").stringValue()).isEqualTo("here");
    }

    @Test
    void onlyJsonIsTakenAndOnlyFromWhoIsSignedIn() throws IOException {
        HttpRequest.Builder plain =
                talk.request(ALICE, "/jmap/api")
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"));
        assertThat(talk.send(plain.build()).statusCode()).isEqualTo(415);
        HttpRequest nobody = HttpRequest.newBuilder(talk.uri("/jmap/session")).build();
        HttpResponse<String> answer = talk.send(nobody);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate")).isPresent();
        HttpRequest wrong =
                HttpRequest.newBuilder(talk.uri("/jmap/session"))
                        .header("Authorization", JmapTalk.basic(ALICE, "not this one"))
                        .build();
        assertThat(talk.send(wrong).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "/jmap/../jmap/session, 200",
        "/jmap/%2e%2e/session, 400",
        "/jmap%2fsession, 400",
        "/jmap//session, 400",
        "/jmap/nothing, 404"
    })
    void aPathHasOneMeaning(String path, int status) throws IOException {
        try (var line = new java.net.Socket("127.0.0.1", talk.server().port("http"))) {
            line.getOutputStream()
                    .write(
                            ("GET "
                                            + path
                                            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                                            + JmapTalk.basic(ALICE)
                                            + "\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(line.getInputStream(), StandardCharsets.UTF_8));
            assertThat(in.readLine()).startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void anotherHostIsNotServedInTheClear() throws IOException {
        try (var line = new java.net.Socket("127.0.0.1", talk.server().port("http"))) {
            line.getOutputStream()
                    .write(
                            "GET /jmap/session HTTP/1.1\r\nHost: evil.example\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(line.getInputStream(), StandardCharsets.UTF_8));
            assertThat(in.readLine()).startsWith("HTTP/1.1 421");
        }
    }

    @Test
    void whatIsUploadedCanBeFetchedAndIsItsOwners() throws IOException {
        HttpResponse<String> up =
                talk.send(
                        talk.request(ALICE, "/jmap/upload/" + account + "/")
                                .header("Content-Type", "text/html")
                                .POST(HttpRequest.BodyPublishers.ofString("<b>hé</b>"))
                                .build());
        assertThat(up.statusCode()).isEqualTo(201);
        JsonNode blob = JmapTalk.JSON.readTree(up.body());
        String path =
                "/jmap/download/"
                        + account
                        + "/"
                        + blob.get("blobId").stringValue()
                        + "?name=%C3%A9.html&type=text/html";
        HttpResponse<String> down = talk.send(talk.request(ALICE, path).build());
        assertThat(down.body()).isEqualTo("<b>hé</b>");
        assertThat(down.headers().firstValue("content-disposition").orElseThrow())
                .startsWith("attachment")
                .contains("UTF-8''%C3%A9.html");
        assertThat(down.headers().firstValue("content-security-policy").orElseThrow())
                .contains("sandbox");
        assertThat(talk.send(talk.request(JmapTalk.BOB, path).build()).statusCode()).isEqualTo(404);
    }

    /// A page that is loaded again leaves its stream behind.
    @Test
    void aStreamTooManyEndsTheOldest() throws IOException {
        List<List<String>> streams = new ArrayList<>();
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            List<String> lines = new CopyOnWriteArrayList<>();
            streams.add(lines);
            ends.add(
                    talk.client()
                            .sendAsync(
                                    talk.request(ALICE, "/jmap/events?types=*&ping=0").build(),
                                    HttpResponse.BodyHandlers.ofLines())
                            .thenAccept(answer -> answer.body().forEach(lines::add)));
            await().until(() -> lines.contains(":"));
        }
        await().until(() -> ends.getFirst().isDone());
        talk.letter(ALICE, "B1", "Told to five", "x");
        for (List<String> lines : streams.subList(1, 6)) {
            await().until(() -> lines.contains("event: state"));
        }
        assertThat(streams.getFirst()).doesNotContain("event: state");
    }

    @Test
    void jmapIsShownToImapProgramsOnceItIsThere() throws IOException {
        try (TalkLine line = new TalkLine(talk.server().port("imaps"), true)) {
            line.read();
            line.say("a LOGIN " + ALICE + " \"" + JmapTalk.PASSWORD + "\"");
            assertThat(line.read()).contains(" JMAPACCESS ");
            line.say("b GETJMAPACCESS");
            assertThat(line.read())
                    .isEqualTo(
                            "* JMAPACCESS \"https://mail.example.org:%d/jmap/session\""
                                    .formatted(talk.server().port("https")));
        }
    }

    @Test
    void eventsComeAsThingsHappen() throws IOException {
        List<String> lines = new CopyOnWriteArrayList<>();
        talk.client()
                .sendAsync(
                        talk.request(ALICE, "/jmap/events?types=*&closeafter=state&ping=0").build(),
                        HttpResponse.BodyHandlers.ofLines())
                .thenAccept(answer -> answer.body().forEach(lines::add));
        await().until(() -> lines.contains(":"));
        talk.letter(ALICE, "B1", "Event", "x");
        await().until(() -> lines.contains("event: state"));
        assertThat(lines)
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .contains("StateChange")
                                        .contains("EmailDelivery")
                                        .contains(account));
    }

    @Test
    void aWebSocketCarriesRequestsAndChanges() throws IOException {
        List<String> messages = new CopyOnWriteArrayList<>();
        WebSocket socket =
                talk.client()
                        .newWebSocketBuilder()
                        .header("Authorization", JmapTalk.basic(ALICE))
                        .subprotocols("jmap")
                        .buildAsync(
                                java.net.URI.create(
                                        talk.uri("/jmap/ws").toString().replace("http:", "ws:")),
                                new Collecting(messages))
                        .join();
        socket.sendText(
                        "{\"@type\":\"Request\",\"id\":\"r1\","
                                + "\"using\":[\"urn:ietf:params:jmap:core\"],"
                                + "\"methodCalls\":[[\"Core/echo\",{\"a\":1},\"0\"]]}",
                        true)
                .join();
        await().until(() -> messages.size() == 1);
        assertThat(messages.getFirst()).contains("\"Response\"").contains("\"requestId\":\"r1\"");
        socket.sendText("{\"@type\":\"Request\",\"id\":\"r2\"}", true).join();
        await().until(() -> messages.size() == 2);
        assertThat(messages.getLast()).contains("RequestError").contains("notRequest");
        socket.sendText("{\"@type\":\"WebSocketPushEnable\",\"dataTypes\":[\"Email\"]}", true)
                .join();
        await().until(
                        () -> {
                            talk.letter(ALICE, "B1", "Pushed", "x");
                            return messages.size() > 2;
                        });
        assertThat(messages.getLast()).contains("StateChange").contains("\"Email\"");
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /// Collects whole messages.
    private static final class Collecting implements WebSocket.Listener {
        private final List<String> messages;
        private final StringBuilder text = new StringBuilder();

        Collecting(List<String> messages) {
            this.messages = messages;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }
}
