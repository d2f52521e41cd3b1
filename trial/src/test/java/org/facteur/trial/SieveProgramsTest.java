package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.facteur.trial.server.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// sieve-connect of Debian keeps scripts on a server; letters go where they say.
class SieveProgramsTest {
    private static final String PASSWORD = "orchard lantern teapot";

    @TempDir private static Path home;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        Path data = home.resolve("data");
        assertThat(ServerProcess.command(data, "", "setup", "example.org").status()).isZero();
        server = ServerProcess.start(data, Map.of(), "");
        ServerProcess.Ran added =
                server.command(
                        PASSWORD + "\n",
                        "account",
                        "add",
                        "sorted@example.org",
                        "--password-stdin");
        assertThat(added.status()).as(added.err()).isZero();
        Files.writeString(home.resolve("password"), PASSWORD + "\n");
    }

    @AfterAll
    static void verify() throws IOException {
        server.stop();
        assertThat(ServerProcess.command(server.data(), "", "verify").out())
                .contains("The store is sound.");
    }

    private static String sieve(String... action) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "sieve-connect",
                                "--server",
                                "127.0.0.1",
                                "--port",
                                Integer.toString(server.port("sieve")),
                                "--user",
                                "sorted@example.org",
                                "--passwordfd",
                                "0",
                                "--notlsverify"));
        command.addAll(List.of(action));
        Program.Ran ran = Program.run(home, PASSWORD + "\n", command);
        assertThat(ran.status()).as(ran.output()).isZero();
        return ran.output();
    }

    @Test
    void sieveConnectKeepsScriptsAndLettersGoWhereTheySay() throws IOException {
        Path script = home.resolve("main.sieve");
        Files.writeString(
                script,
                "require [\"fileinto\", \"mailbox\"];\n"
                        + "if header :contains \"subject\" \"sorted\" { fileinto :create \"Here\"; }\n");
        sieve("--localsieve", script.toString(), "--remotesieve", "main", "--upload");
        sieve("--remotesieve", "main", "--activate");
        assertThat(sieve("--list")).contains("main").contains("ACTIVE");
        assertThat(server.command("", "sieve", "list", "sorted@example.org").out())
                .contains("main");
        Program.Ran sent =
                Program.run(
                        home,
                        "",
                        List.of(
                                "swaks",
                                "--server",
                                "127.0.0.1",
                                "--port",
                                Integer.toString(server.port("smtp")),
                                "--from",
                                "friend@elsewhere.example",
                                "--to",
                                "sorted@example.org",
                                "--header",
                                "Subject: to be sorted"));
        assertThat(sent.status()).as(sent.output()).isZero();
        Program.Ran seen =
                Program.run(
                        home,
                        "",
                        List.of(
                                "curl",
                                "-sk",
                                "imaps://127.0.0.1:" + server.port("imaps") + "/Here;UID=1",
                                "-u",
                                "sorted@example.org:" + PASSWORD));
        assertThat(seen.output()).contains("Subject: to be sorted");
        sieve("--deactivate");
        sieve("--remotesieve", "main", "--delete");
        assertThat(sieve("--list")).doesNotContain("main");
    }

    @Test
    void theCommandLineShowsWhatAScriptWouldDo() throws IOException {
        Path script = home.resolve("test.sieve");
        Path letter = home.resolve("letter.eml");
        Files.writeString(script, "require \"fileinto\";\nfileinto \"Friends\";\n");
        Files.writeString(letter, "From: a@example.net\nSubject: x\n\nwords\n");
        ServerProcess.Ran ran =
                server.command("", "sieve", "test", script.toString(), letter.toString());
        assertThat(ran.out()).as(ran.err()).contains("fileinto").contains("Friends");
        Files.writeString(script, "fileinto \"Friends\";\n");
        assertThat(server.command("", "sieve", "test", script.toString(), letter.toString()).err())
                .contains("line 1, column 1");
    }
}
