package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.facteur.trial.server.ServerProcess;
import org.facteur.trial.talk.TalkLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the administrator of a running server does to it.
class AdministratorTest {
    private static final String PASSWORD = "lanterne sous la treille";
    private static final int LETTERS = 6000;

    @TempDir Path directory;
    private ServerProcess server;

    @BeforeEach
    void start() throws IOException {
        Path data = directory.resolve("data");
        ServerProcess.command(data, "", "domain", "add", "example.org");
        ServerProcess.command(
                data, PASSWORD + "\n", "account", "add", "box@example.org", "--password-stdin");
        server = ServerProcess.start(data, Map.of(), "");
    }

    @AfterEach
    void verify() throws IOException {
        server.stop();
        assertThat(ServerProcess.command(server.data(), "", "verify").out())
                .contains("The store is sound.");
    }

    private static String hear(TalkLine line) throws IOException {
        String heard = line.read();
        if (heard == null) {
            throw new IOException("the line ended");
        }
        return heard;
    }

    private static String size(TalkLine smtp) throws IOException {
        smtp.say("EHLO trial.example");
        String size = "";
        for (String line = hear(smtp); ; line = hear(smtp)) {
            if (line.startsWith("250-SIZE")) {
                size = line.substring("250-SIZE ".length());
            }
            if (line.startsWith("250 ")) {
                return size;
            }
        }
    }

    @Test
    void aSettingCountsForTheNextConversation() throws IOException {
        try (TalkLine before = new TalkLine(server.port("smtp"), false)) {
            assertThat(hear(before)).startsWith("220");
            ServerProcess.Ran set = server.command("", "config", "set", "letter.size", "123456");
            assertThat(set.status()).as(set.err()).isZero();
            assertThat(size(before)).isEqualTo("50000000");
            try (TalkLine after = new TalkLine(server.port("smtp"), false)) {
                assertThat(hear(after)).startsWith("220");
                assertThat(size(after)).isEqualTo("123456");
            }
        }
        assertThat(server.command("", "config", "set", "letter.size", "12").status()).isEqualTo(1);
        try (TalkLine after = new TalkLine(server.port("smtp"), false)) {
            assertThat(hear(after)).startsWith("220");
            assertThat(size(after)).isEqualTo("123456");
        }
    }

    private static int letters(ServerProcess server) throws IOException {
        try (TalkLine imap = new TalkLine(server.port("imaps"), true)) {
            hear(imap);
            imap.say("a login box@example.org \"" + PASSWORD + "\"");
            while (!hear(imap).startsWith("a OK")) {}
            imap.say("b status INBOX (messages)");
            String line = hear(imap);
            return Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1, line.length() - 1));
        }
    }

    /// Whatever was in when the server was killed is not imported again.
    @Test
    void anImportThatWasKilledGoesOn() throws IOException, InterruptedException {
        Path mbox = directory.resolve("old.mbox");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LETTERS; i++) {
            text.append("From a@elsewhere.example Thu Jan  1 00:00:00 2026\nMessage-ID: <")
                    .append(i)
                    .append("@elsewhere.example>\nSubject: letter ")
                    .append(i)
                    .append("\n\nThis is letter ")
                    .append(i)
                    .append(".\n\n");
        }
        Files.writeString(mbox, text);
        ServerProcess.Ran[] first = new ServerProcess.Ran[1];
        Thread importing =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        first[0] =
                                                server.command(
                                                        "",
                                                        "import",
                                                        "box@example.org",
                                                        mbox.toString());
                                    } catch (IOException lost) {
                                        throw new java.io.UncheckedIOException(lost);
                                    }
                                });
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> letters(server) > 0);
        server.kill();
        importing.join();
        assertThat(first[0].status()).as(first[0].out()).isNotZero();

        server = ServerProcess.start(server.data(), Map.of(), "");
        int in = letters(server);
        assertThat(in).isBetween(1, LETTERS - 1);
        ServerProcess.Ran second = server.command("", "import", "box@example.org", mbox.toString());
        assertThat(second.status()).as(second.err()).isZero();
        assertThat(letters(server)).isEqualTo(LETTERS);
    }
}
