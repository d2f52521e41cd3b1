package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.facteur.trial.server.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that collect by POP, as devices of one person.
class PopProgramsTest {
    private static final String PASSWORD = "lanterne sous la treille";

    @TempDir static Path directory;
    private static ServerProcess server;

    @TempDir Path home;

    @BeforeAll
    static void start() throws IOException {
        Path data = directory.resolve("data");
        done(ServerProcess.command(data, "", "domain", "add", "example.org"));
        server = ServerProcess.start(data, Map.of(), "");
    }

    @AfterAll
    static void verify() throws IOException {
        server.stop();
        assertThat(ServerProcess.command(server.data(), "", "verify").out())
                .contains("The store is sound.");
    }

    private static String done(ServerProcess.Ran ran) {
        assertThat(ran.status()).as(ran.err()).isZero();
        return ran.out();
    }

    private static void person(String name) throws IOException {
        done(
                server.command(
                        PASSWORD + "\n",
                        "account",
                        "add",
                        name + "@example.org",
                        "--password-stdin"));
    }

    private static String device(String person, String name, String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("device", "add", person + "@example.org", "--name", name));
        arguments.addAll(List.of(more));
        return done(server.command("", arguments.toArray(String[]::new))).strip();
    }

    private void letter(String person, String subject) throws IOException {
        Program.Ran ran =
                Program.run(
                        home,
                        "",
                        List.of(
                                "swaks",
                                "--server",
                                "127.0.0.1",
                                "--port",
                                port("smtp"),
                                "--from",
                                "friend@elsewhere.example",
                                "--to",
                                person + "@example.org",
                                "--header",
                                "Subject: " + subject));
        assertThat(ran.status()).as(ran.output()).isZero();
    }

    private static String port(String service) {
        return Integer.toString(server.port(service));
    }

    private String curl(String person, String url, String... more) throws IOException {
        List<String> command =
                Stream.concat(
                                Stream.of(
                                        "curl",
                                        "-sS",
                                        "-k",
                                        "-u",
                                        person + "@example.org:" + PASSWORD,
                                        url),
                                Stream.of(more))
                        .toList();
        Program.Ran ran = Program.run(home, "", command);
        assertThat(ran.status()).as(ran.output()).isZero();
        return ran.output();
    }

    private String fetchmail(String person, String password, String more) throws IOException {
        Path taken = home.resolve("fetchmail-taken.txt");
        Path config =
                Program.configure(
                        home.resolve("fetchmailrc"),
                        """
                        poll 127.0.0.1 service %s protocol pop3 uidl
                          user "%s@example.org" password "%s" ssl no sslcertck
                          mda "cat >>%s" %s
                        """
                                .formatted(port("pop3s"), person, password, taken, more));
        Program.Ran ran =
                Program.run(
                        home,
                        "",
                        List.of("fetchmail", "-f", config.toString(), "--nodetach", "--nosyslog"));
        assertThat(ran.status()).as(ran.output()).isIn(0, 1);
        return Files.exists(taken) ? Files.readString(taken) : "";
    }

    private String mpop(String person, String password) throws IOException {
        Path taken = home.resolve("mpop-taken.txt");
        Path config =
                Program.configure(
                        home.resolve("mpoprc"),
                        """
                        account default
                        host 127.0.0.1
                        port %s
                        tls on
                        tls_starttls on
                        tls_certcheck off
                        user %s@example.org
                        password %s
                        keep off
                        delivery mbox %s
                        uidls_file %s
                        """
                                .formatted(
                                        port("pop3"),
                                        person,
                                        password,
                                        taken,
                                        home.resolve("uidls")));
        Program.Ran ran = Program.run(home, "", List.of("mpop", "-C", config.toString()));
        assertThat(ran.status()).as(ran.output()).isZero();
        return Files.exists(taken) ? Files.readString(taken) : "";
    }

    @Test
    void twoProgramsEachGetEveryLetterOnce() throws IOException {
        person("anna");
        String desk = device("anna", "desk", "--protocols", "pop3");
        String laptop = device("anna", "laptop", "--protocols", "pop3");
        letter("anna", "first");
        letter("anna", "second");
        assertThat(fetchmail("anna", desk, "nokeep")).contains("Subject: first", "Subject: second");
        assertThat(curl("anna", "imaps://127.0.0.1:" + port("imaps") + "/", "-X", "EXAMINE INBOX"))
                .contains("0 EXISTS");
        letter("anna", "third");
        assertThat(mpop("anna", laptop))
                .contains("Subject: first", "Subject: second", "Subject: third");
        Files.delete(home.resolve("fetchmail-taken.txt"));
        assertThat(fetchmail("anna", desk, "nokeep"))
                .contains("Subject: third")
                .doesNotContain("Subject: first");
        Files.delete(home.resolve("mpop-taken.txt"));
        assertThat(mpop("anna", laptop)).isEmpty();
    }

    @Test
    void getmailLeavesAndDeletesAsItIsTold() throws IOException {
        person("gerda");
        String password = device("gerda", "getmail", "--on-delete", "archive");
        letter("gerda", "for getmail");
        Path taken = home.resolve("getmail-taken.txt");
        Files.createDirectories(home.resolve("state"));
        Path config =
                Program.configure(
                        home.resolve("state/getmailrc"),
                        """
                        [retriever]
                        type = SimplePOP3SSLRetriever
                        server = 127.0.0.1
                        port = %s
                        username = gerda@example.org
                        password = %s
                        [destination]
                        type = MDA_external
                        path = /bin/sh
                        arguments = ("-c", "cat >>%s")
                        allow_root_commands = true
                        [options]
                        delete = true
                        """
                                .formatted(port("pop3s"), password, taken));
        Program.Ran ran =
                Program.run(
                        home,
                        "",
                        List.of(
                                "getmail",
                                "--getmaildir",
                                home.resolve("state").toString(),
                                "--rcfile",
                                config.toString()));
        assertThat(ran.status()).as(ran.output()).isZero();
        assertThat(Files.readString(taken)).contains("Subject: for getmail");
        assertThat(curl("gerda", "imaps://127.0.0.1:" + port("imaps") + "/Archive;MAILINDEX=1"))
                .contains("Subject: for getmail");
    }

    @Test
    void whatAProgramTookIsPutBackByCommand() throws IOException {
        person("rosa");
        letter("rosa", "missed");
        imap("rosa", "STORE 1 +FLAGS (\\Flagged)");
        String before = imap("rosa", "FETCH 1 INTERNALDATE");
        String date = before.substring(before.indexOf('"'), before.lastIndexOf('"'));
        assertThat(fetchmail("rosa", PASSWORD, "nokeep")).contains("Subject: missed");
        String list = done(server.command("", "recover", "list", "rosa@example.org", "--json"));
        assertThat(list)
                .contains("\"subject\":\"missed\"", "\"folder\":\"INBOX\"", "\"device\":\"main\"");
        done(
                server.command(
                        "",
                        "recover",
                        "restore",
                        "rosa@example.org",
                        "--device",
                        "main",
                        "--since",
                        "1d"));
        assertThat(imap("rosa", "FETCH 1 (FLAGS INTERNALDATE)"))
                .contains("\\Flagged")
                .contains(date);
        Files.delete(home.resolve("fetchmail-taken.txt"));
        assertThat(fetchmail("rosa", PASSWORD, "nokeep")).isEmpty();
        assertThat(
                        done(server.command("", "recover", "list", "rosa@example.org", "--json"))
                                .strip())
                .isEqualTo("[]");
    }

    private String imap(String person, String command) throws IOException {
        return curl(person, "imaps://127.0.0.1:" + port("imaps") + "/INBOX", "-X", command);
    }

    @Test
    void muttReadsByPop() throws IOException {
        person("mona");
        letter("mona", "for mutt");
        Path config =
                Program.configure(
                        home.resolve("muttrc"),
                        """
                        set pop_pass = "%s"
                        set ssl_verify_host = no
                        set certificate_file = "%s"
                        set folder = "%s"
                        set header_cache = ""
                        set confirmappend = no
                        set delete = yes
                        set quit = yes
                        """
                                .formatted(
                                        PASSWORD,
                                        server.data().resolve("tls/self-signed.pem"),
                                        home));
        Program.Ran ran =
                Program.run(
                        home,
                        "",
                        List.of(
                                "script",
                                "-qec",
                                "TERM=xterm mutt -F '%s' -f 'pops://mona@example.org@127.0.0.1:%s/' -e '%s'"
                                        .formatted(
                                                config,
                                                port("pop3s"),
                                                "push <copy-message>"
                                                        + home.resolve("copied")
                                                        + "<enter>y<quit>"),
                                "/dev/null"));
        assertThat(ran.status()).as(ran.output()).isBetween(0, 1);
        assertThat(Files.readString(home.resolve("copied"))).contains("Subject: for mutt");
    }

    @Test
    void curlDeletesAndListsByPop() throws IOException {
        person("carla");
        letter("carla", "one");
        letter("carla", "two");
        String url = "pop3s://127.0.0.1:" + port("pop3s") + "/";
        assertThat(curl("carla", url).lines()).hasSize(2);
        curl("carla", url + "1", "-X", "DELE", "-I");
        assertThat(curl("carla", url, "-X", "UIDL").lines()).hasSize(1);
        assertThat(curl("carla", url + "1")).contains("Subject: two");
    }
}
