package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.facteur.trial.server.ServerProcess;
import org.facteur.trial.talk.Talk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every transcript under `trial/talk`, against one running server; then the store is checked.
class TalkTest {
    private static final Path TALKS =
            Path.of(System.getProperty("facteur.root", "..")).resolve("trial/talk");

    /// Small, so that transcripts can pass it quickly.
    private static final String LETTER_SIZE = "200000";

    /// Part of the names of the transcripts to run; all, where it is not set.
    private static final String WANTED = System.getProperty("facteur.talk", "");

    @TempDir static Path directory;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        Path data = directory.resolve("data");
        assertThat(ServerProcess.command(data, "", "setup", "example.org").status()).isZero();
        assertThat(
                        ServerProcess.command(data, "", "config", "set", "letter.size", LETTER_SIZE)
                                .status())
                .isZero();
        server = ServerProcess.start(data, Map.of(), "");
    }

    @AfterAll
    static void verify() throws IOException {
        assertThat(server.stop()).isBetween(0, 143);
        ServerProcess.Ran verified = ServerProcess.command(server.data(), "", "verify");
        assertThat(verified.out() + verified.err()).contains("The store is sound.");
    }

    @TestFactory
    Stream<DynamicTest> transcripts() throws IOException {
        try (Stream<Path> files = Files.walk(TALKS)) {
            List<Path> talks =
                    files.filter(file -> file.toString().endsWith(".talk"))
                            .filter(file -> TALKS.relativize(file).toString().contains(WANTED))
                            .sorted()
                            .toList();
            assertThat(talks).isNotEmpty();
            return talks.stream()
                    .map(
                            talk ->
                                    DynamicTest.dynamicTest(
                                            TALKS.relativize(talk).toString(),
                                            () -> Talk.run(server, talk)));
        }
    }
}
