package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.facteur.trial.server.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages in a real browser: Debian's Chromium, driven by `webmail/trial/journey.mjs`.
class WebmailTest {
    private static final String PASSWORD = "cerfs volants de septembre";

    @TempDir Path directory;

    @Test
    void peopleReadAnswerAndSearchInABrowser() throws IOException {
        Path data = directory.resolve("data");
        done(data, PASSWORD, "setup", "--person", "alice@example.org", "--name", "Alice Durand");
        person(data);
        Path pages =
                Path.of(System.getProperty("facteur.root", ".."))
                        .resolve("webmail")
                        .toAbsolutePath();
        try (ServerProcess server = ServerProcess.start(data, Map.of(), "")) {
            Program.Ran journey =
                    Program.run(
                            directory,
                            "",
                            List.of(
                                    "node",
                                    pages.resolve("trial/journey.mjs").toString(),
                                    "http://127.0.0.1:" + server.port("http"),
                                    Integer.toString(server.port("smtp")),
                                    PASSWORD,
                                    pages.resolve("target/journey").toString()),
                            Duration.ofMinutes(6));
            assertThat(journey.status()).as(journey.output()).isZero();
        }
        assertThat(ServerProcess.command(data, "", "verify").out()).contains("The store is sound.");
    }

    @Test
    void aPostOfficeIsBegunAndLookedAfterInABrowser() throws IOException {
        Path data = directory.resolve("empty");
        Path pages =
                Path.of(System.getProperty("facteur.root", ".."))
                        .resolve("webmail")
                        .toAbsolutePath();
        try (ServerProcess server = ServerProcess.start(data, Map.of(), "")) {
            String link = server.setup();
            assertThat(link).startsWith("https://mail.example.org:").contains("/setup/");
            Program.Ran journey =
                    Program.run(
                            directory,
                            "",
                            List.of(
                                    "node",
                                    pages.resolve("trial/first-run.mjs").toString(),
                                    "http://127.0.0.1:" + server.port("http"),
                                    link.substring(link.indexOf("/setup/")),
                                    PASSWORD,
                                    pages.resolve("target/first-run").toString()),
                            Duration.ofMinutes(4));
            assertThat(journey.status()).as(journey.output()).isZero();
        }
        assertThat(ServerProcess.command(data, "", "verify").out()).contains("The store is sound.");
        try (ServerProcess again = ServerProcess.start(data, Map.of(), "")) {
            assertThat(again.setup()).isEmpty();
        }
    }

    private static void person(Path data) throws IOException {
        ServerProcess.Ran ran =
                ServerProcess.command(
                        data,
                        PASSWORD + "\n",
                        "account",
                        "add",
                        "--name",
                        "Bob Petit",
                        "--password-stdin",
                        "bob@example.org");
        assertThat(ran.status()).as(ran.err()).isZero();
    }

    private static void done(Path data, String password, String... arguments) throws IOException {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--password-stdin";
        all[arguments.length + 1] = "example.org";
        ServerProcess.Ran ran = ServerProcess.command(data, password + "\n", all);
        assertThat(ran.status()).as(ran.err()).isZero();
    }
}
