package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.facteur.trial.server.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Debian's OpenDKIM as a filter beside the server, on a socket file.
class MilterProgramTest {
    private static final String PASSWORD = "lanterne sous la treille";

    @TempDir Path directory;

    @Test
    void openDkimWritesWhatItFound() throws IOException, InterruptedException {
        Path data = directory.resolve("data");
        Path socket = directory.resolve("dkim.sock");
        ServerProcess.command(data, "", "domain", "add", "example.org");
        ServerProcess.command(
                data, PASSWORD + "\n", "account", "add", "alice@example.org", "--password-stdin");
        Process filter = openDkim(socket);
        try (ServerProcess server =
                ServerProcess.start(
                        data, Map.of(), "[milter]\naddress = \"unix:" + socket + "\"\n")) {
            await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(socket));
            Program.Ran sent =
                    Program.run(
                            directory,
                            "",
                            List.of(
                                    "swaks",
                                    "--server",
                                    "127.0.0.1",
                                    "--port",
                                    Integer.toString(server.port("smtp")),
                                    "--from",
                                    "bob@elsewhere.example",
                                    "--to",
                                    "alice@example.org"));
            assertThat(sent.status()).as(sent.output()).isZero();
            String letter =
                    Program.run(
                                    directory,
                                    "",
                                    List.of(
                                            "curl",
                                            "-sS",
                                            "-k",
                                            "-u",
                                            "alice@example.org:" + PASSWORD,
                                            "imaps://127.0.0.1:"
                                                    + server.port("imaps")
                                                    + "/INBOX;MAILINDEX=1"))
                            .output();
            assertThat(letter).contains("dkim=none").contains("mail.example.org");
        } finally {
            filter.destroy();
            if (!filter.waitFor(30, TimeUnit.SECONDS)) {
                filter.destroyForcibly();
            }
        }
    }

    private Process openDkim(Path socket) throws IOException {
        Path config = directory.resolve("opendkim.conf");
        Files.writeString(
                config,
                """
                Mode v
                AuthservID mail.example.org
                AlwaysAddARHeader yes
                Syslog no
                UMask 000
                """);
        return new ProcessBuilder(
                        "opendkim", "-f", "-x", config.toString(), "-p", "local:" + socket)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("filter.log").toFile())
                .start();
    }
}
