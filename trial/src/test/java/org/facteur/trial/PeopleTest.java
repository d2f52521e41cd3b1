package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.facteur.trial.server.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People and groups, by command and by HTTP, on a running server.
class PeopleTest {
    @TempDir static Path directory;
    private static ServerProcess server;
    private static String token;

    @TempDir Path home;

    @BeforeAll
    static void start() throws IOException {
        Path data = directory.resolve("data");
        assertThat(ServerProcess.command(data, "", "domain", "add", "example.org").status())
                .isZero();
        server = ServerProcess.start(data, Map.of(), "");
        Path file = data.resolve("admin.token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        token = Files.readString(file).strip();
    }

    @AfterAll
    static void verify() throws IOException {
        server.stop();
        assertThat(ServerProcess.command(server.data(), "", "verify").out())
                .contains("The store is sound.");
    }

    private static String done(String input, String... arguments) throws IOException {
        ServerProcess.Ran ran = server.command(input, arguments);
        assertThat(ran.status()).as(ran.err()).isZero();
        return ran.out();
    }

    private static String refused(String input, String... arguments) throws IOException {
        ServerProcess.Ran ran = server.command(input, arguments);
        assertThat(ran.status()).as(ran.out()).isEqualTo(1);
        return ran.err();
    }

    private int pop(String address, String password) throws IOException {
        return Program.run(
                        home,
                        "",
                        List.of(
                                "curl",
                                "-sS",
                                "-k",
                                "-u",
                                address + ":" + password,
                                "pop3s://127.0.0.1:" + server.port("pop3s") + "/"))
                .status();
    }

    private String rcpt(String to, String... more) throws IOException {
        List<String> command =
                new java.util.ArrayList<>(
                        List.of(
                                "swaks",
                                "--server",
                                "127.0.0.1",
                                "--quit-after",
                                "RCPT",
                                "--to",
                                to));
        command.addAll(List.of(more));
        return Program.run(home, "", command).output();
    }

    @Test
    void aPasswordThatMustBeChangedOpensNothingUntilItIs() throws IOException {
        String out =
                done(
                        "",
                        "account",
                        "add",
                        "nina@example.org",
                        "--impose-password",
                        "--must-change",
                        "--json");
        String imposed = out.substring(out.indexOf("password\":\"") + 11, out.lastIndexOf('"'));
        assertThat(pop("nina@example.org", imposed)).isNotZero();
        assertThat(done("", "account", "show", "nina@example.org", "--json"))
                .contains("\"mustChange\":true");
        refused(
                "wrong\nlanterne sous la treille\n",
                "account",
                "password",
                "nina@example.org",
                "--change");
        done(
                imposed + "\nlanterne sous la treille\n",
                "account",
                "password",
                "nina@example.org",
                "--change");
        assertThat(pop("nina@example.org", "lanterne sous la treille")).isZero();
        done("", "account", "disable", "nina@example.org");
        assertThat(pop("nina@example.org", "lanterne sous la treille")).isNotZero();
        done("", "account", "enable", "nina@example.org");
        assertThat(pop("nina@example.org", "lanterne sous la treille")).isZero();
    }

    @Test
    void aTableIsTakenWholeOrNotAtAll() throws IOException {
        String wrong =
                """
                address;name;password
                ivan@example.org;Ivan;lanterne sous la treille
                not an address;X;
                ivan@example.org;Again;
                judith@nowhere.example;J;
                karl@example.org;Karl;password
                """;
        Path file = Files.writeString(directory.resolve("people.csv"), wrong);
        String err = refused("", "account", "import", file.toString());
        assertThat(err)
                .contains(
                        "Line 3, column 1",
                        "Line 4, column 1",
                        "Line 5",
                        "Line 6",
                        "nobody was added");
        assertThat(done("", "account", "list", "--json")).doesNotContain("ivan@", "karl@");
        String right =
                "address,name,recovery,quota\r\nivan@example.org,\"Ivan, le bon\",i@x.example,5000000\r\nkarl@example.org,Karl,,\r\n";
        done(right, "account", "import", "-", "--dry-run");
        assertThat(done("", "account", "list", "--json")).doesNotContain("ivan@");
        assertThat(done(right, "account", "import", "-", "--json"))
                .contains("ivan@example.org", "karl@example.org", "\"password\":\"");
        assertThat(done("", "account", "show", "ivan@example.org", "--json"))
                .contains("\"quotaBytes\":5000000", "i@x.example", "Ivan, le bon");
        assertThat(refused(right, "account", "import", "-")).contains("Line 2", "Line 3");
    }

    @Test
    void aStrangersWishIsFoldedAndLookAlikesAreRefused() throws IOException {
        assertThat(
                        asked(
                                        "/v1/account/add",
                                        "{\"address\":\"\\\"Éloïse Martin\\\"@example.org\","
                                                + "\"sign-up\":true,\"impose-password\":true}")
                                .body())
                .contains("eloise.martin@example.org");
        assertThat(refused("", "account", "add", "eloise.rnartin@example.org", "--impose-password"))
                .contains("looks like");
        refused("", "account", "add", "postmaster@example.org", "--sign-up", "--impose-password");
    }

    @Test
    void aGroupTakesLettersFromItsOwnPeopleOnly() throws IOException {
        for (String name : List.of("lea", "max")) {
            done(
                    "lanterne sous la treille\n",
                    "account",
                    "add",
                    name + "@example.org",
                    "--password-stdin");
        }
        done("", "group", "add", "team@example.org", "lea@example.org");
        assertThat(rcpt("team@example.org", "--port", Integer.toString(server.port("smtp"))))
                .contains("250 2.1.5");
        done("", "group", "set", "team@example.org", "--writers", "members");
        assertThat(rcpt("team@example.org", "--port", Integer.toString(server.port("smtp"))))
                .contains("550 5.7.2");
        assertThat(submit("max", "team@example.org")).contains("550 5.7.2");
        done("", "group", "join", "team@example.org", "max@example.org");
        assertThat(submit("max", "team@example.org")).contains("250 2.1.5");
        done("", "group", "leave", "team@example.org", "max@example.org");
        assertThat(refused("", "group", "leave", "team@example.org", "lea@example.org"))
                .contains("at least one");
        assertThat(done("", "group", "list", "--json")).contains("\"writers\":\"members\"");
        done("", "group", "remove", "team@example.org");
    }

    private String submit(String from, String to) throws IOException {
        return rcpt(
                to,
                "--port",
                Integer.toString(server.port("submission")),
                "--tls",
                "--auth",
                "PLAIN",
                "--auth-user",
                from + "@example.org",
                "--auth-password",
                "lanterne sous la treille",
                "--from",
                from + "@example.org");
    }

    private static HttpResponse<String> http(String path, String body, String... headers)
            throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port("admin") + path));
        if (body.isEmpty()) {
            request.GET();
        } else {
            request.POST(HttpRequest.BodyPublishers.ofString(body))
                    .header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    private static HttpResponse<String> asked(String path, String body) throws IOException {
        return http(path, body, "Authorization", "Bearer " + token);
    }

    @Test
    void theVerbsOfTheCommandLineAreThereByHttp() throws IOException {
        assertThat(http("/v1/account/list", "{}").statusCode()).isEqualTo(401);
        assertThat(http("/v1/account/list", "{}", "Authorization", "Bearer x").statusCode())
                .isEqualTo(401);
        HttpResponse<String> made =
                asked(
                        "/v1/account/add",
                        "{\"address\":\"olga@example.org\",\"name\":\"Olga\",\"password-stdin\":true,"
                                + "\"input\":\"lanterne sous la treille\\n\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        assertThat(made.body()).contains("olga@example.org");
        assertThat(pop("olga@example.org", "lanterne sous la treille")).isZero();
        assertThat(asked("/v1/account/list", "{}").body()).contains("\"name\":\"Olga\"");
        HttpResponse<String> device =
                asked(
                        "/v1/device/add",
                        "{\"address\":\"olga@example.org\",\"name\":\"PC\",\"protocols\":[\"pop3\"],\"days\":30}");
        assertThat(device.body()).contains("\"password\":\"");
        assertThat(asked("/v1/account/show", "{\"address\":\"ghost@example.org\"}").statusCode())
                .isEqualTo(404);
        assertThat(
                        asked(
                                        "/v1/account/add",
                                        "{\"address\":\"olga@example.org\",\"impose-password\":true}")
                                .statusCode())
                .isEqualTo(409);
        assertThat(asked("/v1/account/show", "{\"address\":\"no address\"}").statusCode())
                .isEqualTo(400);
        assertThat(asked("/v1/account/show", "{\"address\":1}").statusCode()).isEqualTo(400);
        assertThat(asked("/v1/account/show", "{\"adress\":\"x@y.z\"}").statusCode()).isEqualTo(400);
        assertThat(asked("/v1/account/show", "{").statusCode()).isEqualTo(400);
        assertThat(asked("/v1/serve/now", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void theDocumentDescribesEveryVerb() throws IOException {
        HttpResponse<String> document = asked("/v1/openapi.json", "");
        assertThat(document.statusCode()).isEqualTo(200);
        assertThat(document.body())
                .contains(
                        "\"openapi\":\"3.1.0\"",
                        "/v1/account/add",
                        "/v1/group/join",
                        "/v1/recover/restore",
                        "Adds a person.")
                .doesNotContain("\"data\"");
    }
}
