package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.facteur.trial.server.ServerProcess;
import org.facteur.trial.talk.TalkLine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Thunderbird itself, without a screen, on accounts of each kind.
class ThunderbirdTest {
    private static final String PASSWORD = "lanterne sous la treille";

    @TempDir static Path directory;
    private static ServerProcess server;

    @TempDir Path home;

    @BeforeAll
    static void start() throws IOException {
        Path data = directory.resolve("data");
        assertThat(ServerProcess.command(data, "", "domain", "add", "example.org").status())
                .isZero();
        assertThat(
                        ServerProcess.command(
                                        data, "", "config", "set", "insecure-plaintext-login", "on")
                                .status())
                .isZero();
        server = ServerProcess.start(data, Map.of(), "");
    }

    @AfterAll
    static void verify() throws IOException {
        server.stop();
        assertThat(ServerProcess.command(server.data(), "", "verify").out())
                .contains("The store is sound.");
    }

    private void thunderbird(String kind, String user) throws IOException {
        assertThat(
                        server.command(PASSWORD + "\n", "account", "add", user, "--password-stdin")
                                .status())
                .isZero();
        Path script =
                Path.of(System.getProperty("facteur.root"), "trial/src/test/python/thunderbird.py");
        List<String> ports =
                Stream.concat(
                                Stream.of("imap", "pop3", "submission", "smtp").map(server::port),
                                Stream.of(freePort()))
                        .map(String::valueOf)
                        .toList();
        Program.Ran ran =
                Program.run(
                        home,
                        "",
                        Stream.of(
                                        List.of("python3", script.toString(), kind, user, PASSWORD),
                                        ports,
                                        List.of(home.toString()))
                                .flatMap(List::stream)
                                .toList());
        assertThat(ran.status()).as(ran.output() + server.log()).isZero();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void readsMarksFilesAndDeletesByImap() throws IOException {
        thunderbird("imap", "anna@example.org");
        try (TalkLine line = new TalkLine(server.port("imaps"), true)) {
            line.read();
            line.say("a LOGIN anna@example.org \"" + PASSWORD + "\"");
            assertThat(line.read()).startsWith("a OK");
            line.say("b EXAMINE INBOX");
            String answer = line.read();
            while (answer != null && !answer.startsWith("b OK")) {
                answer = line.read();
            }
            line.say("c FETCH 1 FLAGS");
            assertThat(line.read()).isEqualTo("* 1 FETCH (FLAGS ($label1))");
        }
    }

    @Test
    void fetchesByPopDeletesWhatIsDeletedAndSends() throws IOException {
        thunderbird("pop3", "bert@example.org");
        assertThat(server.command("", "recover", "list", "bert@example.org", "--json").out())
                .contains("lettre 0")
                .doesNotContain("lettre 1");
    }
}
