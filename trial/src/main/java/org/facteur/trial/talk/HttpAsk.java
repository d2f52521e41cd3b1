package org.facteur.trial.talk;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// What a transcript asks by HTTP, JMAP above all. One thread.
final class HttpAsk {
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> accounts = new HashMap<>();
    private final int port;
    private String answer = "";

    HttpAsk(int port) {
        this.port = port;
    }

    /// The answer to what was asked last, in one line: the status and the body, or a method's name
    /// and arguments.
    String answer() {
        return answer;
    }

    /// Sends a request.
    ///
    /// @param who `address:password`; nothing for nobody
    /// @param body none where it is empty
    void ask(String who, String method, String path, String body) throws IOException {
        HttpResponse<String> response = send(who, method, path, body);
        answer = response.statusCode() + " " + oneLine(response.body());
    }

    private static String oneLine(String text) {
        return text.replace("\r", "").replace("\n", "").strip();
    }

    private HttpResponse<String> send(String who, String method, String path, String body)
            throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(SILENCE)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!who.isEmpty()) {
            byte[] octets = who.getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(octets));
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    /// Calls a method with everything the server can do; the person's account is named where no
    /// other is and the arguments want one.
    ///
    /// @param arguments an object
    void call(String who, String method, String arguments) throws IOException {
        boolean own = method.startsWith("Core/") || method.startsWith("PushSubscription/");
        String whole = arguments;
        if (!own && !arguments.contains("\"accountId\"")) {
            String rest = arguments.strip().substring(1).strip();
            String account = "{\"accountId\":\"" + account(who) + "\"";
            whole = account + (rest.equals("}") ? "" : ",") + rest;
        }
        HttpResponse<String> response =
                send(
                        who,
                        "POST",
                        "/jmap/api",
                        "{\"using\":["
                                + capabilities(who)
                                + "],\"methodCalls\":[[\""
                                + method
                                + "\","
                                + whole
                                + ",\"0\"]]}");
        String text = oneLine(response.body());
        String before = "{\"methodResponses\":[[\"";
        int end = text.indexOf(",\"0\"]");
        if (response.statusCode() != 200 || !text.startsWith(before) || end < 0) {
            answer = response.statusCode() + " " + text;
            return;
        }
        String call = text.substring(before.length(), end);
        int name = call.indexOf('"');
        answer = call.substring(0, name) + " " + call.substring(name + 2);
    }

    private String account(String who) throws IOException {
        String known = accounts.get(who);
        if (known == null) {
            String session = send(who, "GET", "/jmap/session", "").body();
            String mark = "\"urn:ietf:params:jmap:mail\":\"";
            int from =
                    session.indexOf(mark, session.indexOf("\"primaryAccounts\"")) + mark.length();
            known = session.substring(from, session.indexOf('"', from));
            accounts.put(who, known);
        }
        return known;
    }

    private String capabilities(String who) throws IOException {
        String session = send(who, "GET", "/jmap/session", "").body();
        StringBuilder all = new StringBuilder();
        int at = session.indexOf("\"primaryAccounts\"");
        int end = session.indexOf('}', at);
        for (int from = session.indexOf("\"urn:", at);
                from >= 0 && from < end;
                from = session.indexOf("\"urn:", from + 1)) {
            int stop = session.indexOf('"', from + 1) + 1;
            all.append(all.isEmpty() ? "\"urn:ietf:params:jmap:core\"," : ",");
            all.append(session, from, stop);
        }
        return all.toString();
    }
}
