package org.facteur.trial;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.facteur.trial.server.ServerProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server with two people, and what they say to it by JMAP. One thread.
final class JmapTalk implements AutoCloseable {
    static final String ALICE = "alice@example.org";
    static final String BOB = "bob@example.org";
    static final JsonMapper JSON = new JsonMapper();

    static final String PASSWORD = "cerfs volants de septembre";
    private static final String USING =
            "[\"urn:ietf:params:jmap:core\",\"urn:ietf:params:jmap:mail\","
                    + "\"urn:ietf:params:jmap:submission\",\"urn:ietf:params:jmap:quota\","
                    + "\"urn:ietf:params:jmap:vacationresponse\",\"urn:ietf:params:jmap:blob\","
                    + "\"urn:facteur:devices\",\"urn:facteur:recover\",\"urn:facteur:people\","
                    + "\"urn:ietf:params:jmap:contacts\",\"urn:ietf:params:jmap:sieve\","
                    + "\"urn:facteur:bulk\",\"urn:facteur:snooze\",\"urn:ietf:params:jmap:mdn\"]";

    private final ServerProcess server;
    private final HttpClient client = HttpClient.newHttpClient();

    private JmapTalk(ServerProcess server) {
        this.server = server;
    }

    static JmapTalk start(Path directory) throws IOException {
        Path data = directory.resolve("data");
        ServerProcess.command(data, "", "domain", "add", "example.org");
        for (String each : List.of(ALICE, BOB)) {
            ServerProcess.command(
                    data, PASSWORD + "\n", "account", "add", each, "--password-stdin");
        }
        return new JmapTalk(ServerProcess.start(data, Map.of(), ""));
    }

    ServerProcess server() {
        return server;
    }

    HttpClient client() {
        return client;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port("http") + path);
    }

    static String basic(String who, String password) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((who + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    static String basic(String who) {
        return basic(who, PASSWORD);
    }

    HttpRequest.Builder request(String who, String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", basic(who));
    }

    HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    HttpResponse<String> post(String who, String body) throws IOException {
        return send(
                request(who, "/jmap/api")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    /// The arguments of the answers to some calls, in order; an error is its object.
    ///
    /// @param calls each a name and arguments in JSON
    List<JsonNode> call(String who, String... calls) throws IOException {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < calls.length; i += 2) {
            all.append(i == 0 ? "" : ",")
                    .append("[\"")
                    .append(calls[i])
                    .append("\",")
                    .append(calls[i + 1])
                    .append(",\"")
                    .append(i / 2)
                    .append("\"]");
        }
        HttpResponse<String> answer =
                post(who, "{\"using\":" + USING + ",\"methodCalls\":[" + all + "]}");
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
        List<JsonNode> answers = new ArrayList<>();
        for (JsonNode each : JSON.readTree(answer.body()).get("methodResponses")) {
            answers.add(each.get(1));
        }
        return answers;
    }

    JsonNode one(String who, String name, String arguments) throws IOException {
        return call(who, name, arguments).getFirst();
    }

    JsonNode session(String who) throws IOException {
        return JSON.readTree(send(request(who, "/.well-known/jmap").build()).body());
    }

    /// The account a person has itself.
    String account(String who) throws IOException {
        return session(who).get("primaryAccounts").get("urn:ietf:params:jmap:mail").stringValue();
    }

    /// Brings a letter into a mailbox.
    ///
    /// @return its id
    String letter(String who, String mailbox, String subject, String body) throws IOException {
        String account = account(who);
        JsonNode answer =
                one(
                        who,
                        "Email/set",
                        """
                        {"accountId":"%s","create":{"k":{"mailboxIds":{"%s":true},
                         "from":[{"email":"%s"}],"to":[{"email":"bob@example.org"}],
                         "subject":"%s","bodyValues":{"t":{"value":"%s"}},
                         "textBody":[{"partId":"t"}]}}}
                        """
                                .formatted(account, mailbox, who, subject, body));
        return answer.get("created").get("k").get("id").stringValue();
    }

    /// Ends the server and looks at what it leaves.
    @Override
    public void close() throws IOException {
        server.stop();
        ServerProcess.Ran ran = ServerProcess.command(server.data(), "", "verify");
        if (!ran.out().contains("The store is sound.")) {
            throw new IOException(ran.out() + ran.err());
        }
    }
}
