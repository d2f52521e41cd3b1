package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.facteur.trial.server.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The door of the pages, without a browser: cookies, origins, frames, revocation.
class WebDoorTest {
    private static final String PASSWORD = "cerfs volants de septembre";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir static Path directory;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        Path data = directory.resolve("data");
        done(
                data,
                "setup",
                "--person",
                "alice@example.org",
                "--name",
                "Alice",
                "--password-stdin",
                "example.org");
        done(data, "account", "add", "--must-change", "--password-stdin", "new@example.org");
        server = ServerProcess.start(data, Map.of(), "");
        Program.Ran sent =
                Program.run(
                        directory,
                        "",
                        List.of(
                                "swaks",
                                "--server",
                                "127.0.0.1:" + server.port("smtp"),
                                "--from",
                                "claire@example.net",
                                "--to",
                                "alice@example.org",
                                "--body",
                                "Bonjour https://a.example/"));
        assertThat(sent.status()).as(sent.output()).isZero();
    }

    @AfterAll
    static void verify() throws IOException {
        server.stop();
        assertThat(ServerProcess.command(server.data(), "", "verify").out())
                .contains("The store is sound.");
    }

    private static void done(Path data, String... arguments) throws IOException {
        ServerProcess.Ran ran = ServerProcess.command(data, PASSWORD + "\n", arguments);
        assertThat(ran.status()).as(ran.err()).isZero();
    }

    private static String origin() {
        return "http://127.0.0.1:" + server.port("http");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return CLIENT.send(
                    request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    private static HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create(origin() + path));
    }

    private static HttpRequest.Builder post(String path, String json) {
        return at(path).header("Origin", origin())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
    }

    private static String credentials(String who) {
        return "{\"name\":\"" + who + "@example.org\",\"password\":\"" + PASSWORD + "\"}";
    }

    private static String cookie(HttpResponse<String> answer) {
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return set.substring(0, set.indexOf(';'));
    }

    private static String signIn() throws IOException {
        HttpResponse<String> answer = send(post("/web/sign-in", credentials("alice")));
        assertThat(answer.statusCode()).isEqualTo(200);
        return cookie(answer);
    }

    @Test
    void theCookieIsForTheServerAlone() throws IOException {
        HttpResponse<String> answer = send(post("/web/sign-in", credentials("alice")));
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly")
                .contains("SameSite=Strict")
                .contains("Path=/");
    }

    @Test
    void onlyOurOwnPagesSignIn() throws IOException {
        String body = credentials("alice");
        HttpRequest.BodyPublisher octets = HttpRequest.BodyPublishers.ofString(body);
        assertThat(
                        send(at("/web/sign-in")
                                        .header("Content-Type", "application/json")
                                        .POST(octets))
                                .statusCode())
                .isEqualTo(403);
        assertThat(
                        send(at("/web/sign-in")
                                        .header("Origin", "https://evil.example")
                                        .header("Content-Type", "application/json")
                                        .POST(octets))
                                .statusCode())
                .isEqualTo(403);
        assertThat(
                        send(at("/web/sign-in")
                                        .header("Origin", origin())
                                        .header("Content-Type", "text/plain")
                                        .POST(octets))
                                .statusCode())
                .isEqualTo(415);
        assertThat(send(post("/web/sign-in", "[1]")).statusCode()).isEqualTo(400);
        assertThat(send(post("/web/sign-in", "{\"name\":1}")).statusCode()).isEqualTo(400);
    }

    @Test
    void aCookieChangesNothingFromAnotherSite() throws IOException {
        String cookie = signIn();
        String echo = "{\"using\":[\"urn:ietf:params:jmap:core\"],\"methodCalls\":[]}";
        assertThat(send(post("/jmap/api", echo).header("Cookie", cookie)).statusCode())
                .isEqualTo(200);
        HttpRequest.Builder foreign =
                at("/jmap/api")
                        .header("Cookie", cookie)
                        .header("Origin", "https://evil.example")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(echo));
        assertThat(send(foreign).statusCode()).isEqualTo(401);
    }

    @Test
    void aLetterKeepsItsOriginInAFrameOnly() throws IOException {
        String cookie = signIn();
        String path = "/m/L1/body.html";
        assertThat(send(at(path)).statusCode()).isEqualTo(401);
        HttpResponse<String> framed =
                send(at(path).header("Cookie", cookie).header("Sec-Fetch-Dest", "iframe"));
        assertThat(framed.statusCode()).isEqualTo(200);
        assertThat(framed.body()).contains("Bonjour").contains("href=\"https://a.example/\"");
        assertThat(framed.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .contains("sandbox")
                .contains("allow-same-origin")
                .doesNotContain("allow-scripts");
        HttpResponse<String> alone =
                send(at(path).header("Cookie", cookie).header("Sec-Fetch-Dest", "document"));
        assertThat(alone.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("sandbox")
                .doesNotContain("allow-same-origin");
        HttpResponse<String> byWorker =
                send(
                        at(path).header("Cookie", cookie)
                                .header("Sec-Fetch-Dest", "empty")
                                .header("Sec-Fetch-Site", "same-origin"));
        assertThat(byWorker.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("allow-same-origin");
        HttpResponse<String> byOthers =
                send(
                        at(path).header("Cookie", cookie)
                                .header("Sec-Fetch-Dest", "empty")
                                .header("Sec-Fetch-Site", "cross-site"));
        assertThat(byOthers.headers().firstValue("Content-Security-Policy").orElseThrow())
                .doesNotContain("allow-same-origin");
        for (String other :
                List.of("/m/L2/body.html", "/m/L0/body.html", "/m/X/body.html", "/m/L1")) {
            assertThat(send(at(other).header("Cookie", cookie)).statusCode())
                    .as(other)
                    .isEqualTo(404);
        }
    }

    @Test
    void nothingIsFetchedThatWeDidNotSign() throws IOException {
        String cookie = signIn();
        for (String query : List.of("", "?u=aHR0cHM6Ly9hLmV4YW1wbGU&sig=AAAA")) {
            assertThat(send(at("/img" + query).header("Cookie", cookie)).statusCode())
                    .as(query)
                    .isEqualTo(403);
        }
        assertThat(send(at("/img?u=*&sig=").header("Cookie", cookie)).statusCode()).isEqualTo(400);
    }

    @Test
    void aRevokedBrowserIsOut() throws IOException {
        String here = signIn();
        String there = signIn();
        HttpResponse<String> revoked =
                send(post("/web/sessions/revoke", "{\"others\":true}").header("Cookie", here));
        assertThat(revoked.statusCode()).isEqualTo(200);
        assertThat(send(at("/web/sessions").header("Cookie", there)).statusCode()).isEqualTo(401);
        assertThat(send(at("/web/sessions").header("Cookie", here)).body())
                .contains("\"current\":true");
        assertThat(send(post("/web/sign-out", "{}").header("Cookie", here)).statusCode())
                .isEqualTo(200);
        assertThat(send(at("/web/sessions").header("Cookie", here)).statusCode()).isEqualTo(401);
    }

    @Test
    void anImposedPasswordOpensOnlyTheChoiceOfAnother() throws IOException {
        HttpResponse<String> answer = send(post("/web/sign-in", credentials("new")));
        assertThat(answer.body()).contains("\"mustChange\":true");
        String cookie = cookie(answer);
        assertThat(send(at("/.well-known/jmap").header("Cookie", cookie)).statusCode())
                .isEqualTo(401);
        String weak = "{\"old\":\"" + PASSWORD + "\",\"chosen\":\"12345678\"}";
        assertThat(send(post("/web/password", weak).header("Cookie", cookie)).statusCode())
                .isEqualTo(403);
        String good = "{\"old\":\"" + PASSWORD + "\",\"chosen\":\"girafe moulin septante pluie\"}";
        HttpResponse<String> changed = send(post("/web/password", good).header("Cookie", cookie));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(send(at("/.well-known/jmap").header("Cookie", cookie)).statusCode())
                .isEqualTo(401);
        assertThat(send(at("/.well-known/jmap").header("Cookie", cookie(changed))).statusCode())
                .isEqualTo(200);
    }
}
