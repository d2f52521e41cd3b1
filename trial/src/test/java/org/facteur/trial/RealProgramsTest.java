package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.facteur.trial.server.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Debian's own programs against a running server: each does what its users do with it.
class RealProgramsTest {
    private static final String PASSWORD = "lanterne sous la treille";

    @TempDir static Path directory;
    private static ServerProcess server;

    @TempDir Path home;

    @BeforeAll
    static void start() throws IOException {
        Path data = directory.resolve("data");
        command(ServerProcess.command(data, "", "domain", "add", "example.org"));
        server = ServerProcess.start(data, Map.of(), "");
        for (String name :
                List.of(
                        "swaks",
                        "curl",
                        "msmtp",
                        "mbsync",
                        "fetchmail",
                        "mpop",
                        "mutt",
                        "python",
                        "reader")) {
            command(
                    server.command(
                            PASSWORD + "\n",
                            "account",
                            "add",
                            name + "@example.org",
                            "--password-stdin"));
        }
    }

    @AfterAll
    static void verify() throws IOException {
        server.stop();
        assertThat(ServerProcess.command(server.data(), "", "verify").out())
                .contains("The store is sound.");
    }

    private static void command(ServerProcess.Ran ran) {
        assertThat(ran.status()).as(ran.err()).isZero();
    }

    private static String port(String service) {
        return Integer.toString(server.port(service));
    }

    private void swaks(String to, String subject, String... more) throws IOException {
        List<String> command =
                Stream.concat(
                                Stream.of(
                                        "swaks",
                                        "--server",
                                        "127.0.0.1",
                                        "--port",
                                        port("smtp"),
                                        "--from",
                                        "friend@elsewhere.example",
                                        "--to",
                                        to,
                                        "--header",
                                        "Subject: " + subject,
                                        "--body",
                                        "a body by swaks"),
                                Stream.of(more))
                        .toList();
        Program.Ran ran = Program.run(home, "", command);
        assertThat(ran.status()).as(ran.output()).isZero();
    }

    @Test
    void swaksDeliversInTheClearAndWithStartTls() throws IOException {
        swaks("swaks@example.org", "clear");
        swaks("swaks@example.org", "encrypted", "--tls");
        Program.Ran unknown =
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
                                "ghost@example.org"));
        assertThat(unknown.output()).contains("550 5.1.1");
        assertThat(subjects("swaks")).contains("clear", "encrypted");
    }

    @Test
    void swaksSubmitsWithEveryMechanism() throws IOException {
        for (String mechanism : List.of("PLAIN", "LOGIN")) {
            Program.Ran ran =
                    Program.run(
                            home,
                            "",
                            List.of(
                                    "swaks",
                                    "--server",
                                    "127.0.0.1",
                                    "--port",
                                    port("submission"),
                                    "--tls",
                                    "--auth",
                                    mechanism,
                                    "--auth-user",
                                    "swaks@example.org",
                                    "--auth-password",
                                    PASSWORD,
                                    "--from",
                                    "swaks@example.org",
                                    "--to",
                                    "reader@example.org",
                                    "--header",
                                    "Subject: by " + mechanism));
            assertThat(ran.status()).as(ran.output()).isZero();
        }
        assertThat(subjects("reader")).contains("by PLAIN", "by LOGIN");
    }

    @Test
    void curlSendsListsFetchesAndSearches() throws IOException {
        Path letter =
                Files.writeString(
                        home.resolve("letter.eml"),
                        "From: curl@example.org\r\nTo: curl@example.org\r\nSubject: by curl\r\n\r\nhello\r\n");
        curl(
                "smtps://127.0.0.1:" + port("submissions"),
                "--mail-from",
                "curl@example.org",
                "--mail-rcpt",
                "curl@example.org",
                "-T",
                letter.toString());
        assertThat(curl("imaps://127.0.0.1:" + port("imaps") + "/")).contains("INBOX", "Sent");
        assertThat(curl("imaps://127.0.0.1:" + port("imaps") + "/INBOX;MAILINDEX=1"))
                .contains("Subject: by curl");
        assertThat(curl("imaps://127.0.0.1:" + port("imaps") + "/INBOX?SUBJECT%20curl"))
                .contains("SEARCH 1");
        assertThat(
                        curl(
                                "imaps://127.0.0.1:" + port("imaps") + "/",
                                "-X",
                                "STATUS INBOX (MESSAGES)"))
                .contains("MESSAGES 1");
        assertThat(curl("pop3s://127.0.0.1:" + port("pop3s") + "/1")).contains("Subject: by curl");
        assertThat(curl("pop3://127.0.0.1:" + port("pop3") + "/", "--ssl-reqd")).contains("1 ");
    }

    private String curl(String url, String... more) throws IOException {
        List<String> command =
                Stream.concat(
                                Stream.of(
                                        "curl",
                                        "-sS",
                                        "-k",
                                        "-u",
                                        "curl@example.org:" + PASSWORD,
                                        url),
                                Stream.of(more))
                        .toList();
        Program.Ran ran = Program.run(home, "", command);
        assertThat(ran.status()).as(ran.output()).isZero();
        return ran.output();
    }

    @Test
    void msmtpSubmits() throws IOException {
        Path config =
                Program.configure(
                        home.resolve("msmtprc"),
                        """
                        account default
                        host 127.0.0.1
                        port %s
                        tls on
                        tls_starttls on
                        tls_certcheck off
                        auth plain
                        user msmtp@example.org
                        password %s
                        from msmtp@example.org
                        """
                                .formatted(port("submission"), PASSWORD));
        Program.Ran ran =
                Program.run(
                        home,
                        "From: msmtp@example.org\nTo: msmtp@example.org\nSubject: by msmtp\n\nhello\n",
                        List.of("msmtp", "-C", config.toString(), "msmtp@example.org"));
        assertThat(ran.status()).as(ran.output()).isZero();
        assertThat(subjects("msmtp")).contains("by msmtp");
    }

    @Test
    void mbsyncMirrorsBothWays() throws IOException {
        swaks("mbsync@example.org", "one");
        swaks("mbsync@example.org", "two");
        Path mail = Files.createDirectories(home.resolve("mail"));
        Path config =
                Program.configure(
                        home.resolve("mbsyncrc"),
                        """
                        IMAPAccount facteur
                        Host 127.0.0.1
                        Port %s
                        User mbsync@example.org
                        Pass "%s"
                        SSLType IMAPS
                        CertificateFile %s

                        IMAPStore far
                        Account facteur

                        MaildirStore near
                        Path %s/
                        Inbox %s/INBOX
                        SubFolders Verbatim

                        Channel all
                        Far :far:
                        Near :near:
                        Patterns *
                        Create Both
                        Expunge Both
                        SyncState *
                        """
                                .formatted(
                                        port("imaps"),
                                        PASSWORD,
                                        server.data().resolve("tls/self-signed.pem"),
                                        mail,
                                        mail));
        mbsync(config);
        Path inbox = mail.resolve("INBOX");
        assertThat(files(inbox)).hasSize(2);
        // A letter made here, and one removed here, go to the server with the next run.
        Files.writeString(
                inbox.resolve("cur/1.here:2,S"), "From: me@example.org\nSubject: three\n\nhello\n");
        Path one =
                files(inbox).stream()
                        .filter(file -> contains(file, "Subject: one"))
                        .findFirst()
                        .orElseThrow();
        Files.move(
                one,
                inbox.resolve("cur")
                        .resolve(one.getFileName().toString().replaceAll(":2,.*", "") + ":2,ST"));
        mbsync(config);
        assertThat(subjects("mbsync")).contains("two", "three").doesNotContain("one");
    }

    private void mbsync(Path config) throws IOException {
        Program.Ran ran = Program.run(home, "", List.of("mbsync", "-c", config.toString(), "-a"));
        assertThat(ran.status()).as(ran.output() + server.log()).isZero();
    }

    private static List<Path> files(Path maildir) throws IOException {
        try (Stream<Path> walk = Files.walk(maildir)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    @Test
    void fetchmailTakesByPop() throws IOException {
        swaks("fetchmail@example.org", "for fetchmail");
        Path inbox = home.resolve("taken.txt");
        Path config =
                Program.configure(
                        home.resolve("fetchmailrc"),
                        """
                        poll 127.0.0.1 service %s protocol pop3 uidl
                          user "fetchmail@example.org" password "%s" ssl no sslcertck
                          mda "cat >>%s" nokeep
                        """
                                .formatted(port("pop3s"), PASSWORD, inbox));
        Program.Ran ran =
                Program.run(
                        home,
                        "",
                        List.of(
                                "fetchmail",
                                "-f",
                                config.toString(),
                                "--nodetach",
                                "-v",
                                "--nosyslog"));
        assertThat(ran.status()).as(ran.output()).isZero();
        assertThat(Files.readString(inbox)).contains("Subject: for fetchmail");
        assertThat(subjects("fetchmail")).isEmpty();
    }

    @Test
    void mpopTakesByPopAndLeavesWhatItIsTold() throws IOException {
        swaks("mpop@example.org", "for mpop");
        Path taken = Files.createDirectories(home.resolve("taken"));
        for (String folder : List.of("cur", "new", "tmp")) {
            Files.createDirectories(taken.resolve(folder));
        }
        Path config =
                Program.configure(
                        home.resolve("mpoprc"),
                        """
                        account default
                        host 127.0.0.1
                        port %s
                        tls on
                        tls_starttls off
                        tls_certcheck off
                        user mpop@example.org
                        password %s
                        auth scram-sha-256
                        keep on
                        delivery maildir %s
                        uidls_file %s
                        """
                                .formatted(port("pop3s"), PASSWORD, taken, home.resolve("uidls")));
        for (int round = 0; round < 2; round++) {
            Program.Ran ran = Program.run(home, "", List.of("mpop", "-C", config.toString()));
            assertThat(ran.status()).as(ran.output()).isZero();
        }
        assertThat(files(taken)).hasSize(1);
        assertThat(subjects("mpop")).contains("for mpop");
    }

    @Test
    void muttReadsAndSends() throws IOException {
        swaks("mutt@example.org", "for mutt");
        Path config =
                Program.configure(
                        home.resolve("muttrc"),
                        """
                        set imap_user = "mutt@example.org"
                        set imap_pass = "%s"
                        set smtp_url = "smtps://mutt@example.org@127.0.0.1:%s"
                        set smtp_pass = "%s"
                        set from = "mutt@example.org"
                        set use_from = yes
                        set ssl_verify_host = no
                        set certificate_file = "%s"
                        set folder = "imaps://127.0.0.1:%s/"
                        set spoolfile = "+INBOX"
                        set record = "+Sent"
                        set header_cache = ""
                        """
                                .formatted(
                                        PASSWORD,
                                        port("submissions"),
                                        PASSWORD,
                                        server.data().resolve("tls/self-signed.pem"),
                                        port("imaps")));
        Program.Ran sent =
                Program.run(
                        home,
                        "hello from mutt\n",
                        List.of(
                                "mutt",
                                "-F",
                                config.toString(),
                                "-s",
                                "by mutt",
                                "--",
                                "mutt@example.org"));
        assertThat(sent.status()).as(sent.output()).isZero();
        assertThat(subjects("mutt")).contains("for mutt", "by mutt");
        Program.Ran read =
                Program.run(
                        home,
                        "",
                        List.of(
                                "mutt",
                                "-F",
                                config.toString(),
                                "-R",
                                "-e",
                                "push '<tag-pattern>~A<enter><tag-prefix><copy-message>"
                                        + home.resolve("copied")
                                        + "<enter>y<quit>n'"));
        assertThat(read.status()).as(read.output()).isBetween(0, 1);
    }

    @Test
    void pythonsStandardLibraryDoesEverything() throws IOException {
        Path script =
                Files.writeString(
                        home.resolve("trip.py"),
                        """
                        import imaplib, poplib, smtplib, ssl, sys
                        user, password = "python@example.org", sys.argv[1]
                        smtp, submission, imaps, pop3s = map(int, sys.argv[2:6])
                        context = ssl.create_default_context()
                        context.check_hostname = False
                        context.verify_mode = ssl.CERT_NONE
                        with smtplib.SMTP("127.0.0.1", submission) as s:
                            s.starttls(context=context)
                            s.login(user, password)
                            s.sendmail(user, [user], "From: %s\\r\\nTo: %s\\r\\nSubject: by python\\r\\n\\r\\n.dot\\r\\nhello\\r\\n" % (user, user))
                            try:
                                s.sendmail("someone@else.example", [user], "x")
                                sys.exit("forged sender was accepted")
                            except smtplib.SMTPSenderRefused:
                                pass
                        i = imaplib.IMAP4_SSL("127.0.0.1", imaps, ssl_context=context)
                        i.login(user, password)
                        assert i.select("INBOX")[1] == [b"1"], i.select("INBOX")
                        assert b".dot" in i.fetch("1", "(BODY[TEXT])")[1][0][1]
                        assert i.search(None, 'SUBJECT', '"python"')[1] == [b"1"]
                        assert i.create("Archives/2026")[0] == "OK"
                        assert i.copy("1", "Archives/2026")[0] == "OK"
                        assert i.store("1", "+FLAGS", "(\\\\Flagged)")[0] == "OK"
                        assert b"Flagged" in i.fetch("1", "(FLAGS)")[1][0]
                        assert i.append("Drafts", "(\\\\Draft)", imaplib.Time2Internaldate(1700000000), b"Subject: draft\\r\\n\\r\\nx\\r\\n")[0] == "OK"
                        assert i.select("Archives/2026")[1] == [b"1"]
                        i.close()
                        i.logout()
                        p = poplib.POP3_SSL("127.0.0.1", pop3s, context=context)
                        p.user(user)
                        p.pass_(password)
                        assert p.stat()[0] == 1
                        assert b"..dot" not in p.retr(1)[1] and b".dot" in p.retr(1)[1]
                        p.quit()
                        print("all done")
                        """);
        Program.Ran ran =
                Program.run(
                        home,
                        "",
                        List.of(
                                "python3",
                                script.toString(),
                                PASSWORD,
                                port("smtp"),
                                port("submission"),
                                port("imaps"),
                                port("pop3s")));
        assertThat(ran.output()).contains("all done");
    }

    /// The subjects in somebody's inbox, as curl sees them.
    private String subjects(String who) throws IOException {
        Program.Ran ran =
                Program.run(
                        home,
                        "",
                        List.of(
                                "curl",
                                "-sS",
                                "-v",
                                "-k",
                                "-u",
                                who + "@example.org:" + PASSWORD,
                                "imaps://127.0.0.1:" + port("imaps") + "/INBOX",
                                "-X",
                                "FETCH 1:* (BODY.PEEK[HEADER.FIELDS (SUBJECT)])"));
        StringBuilder subjects = new StringBuilder();
        ran.output()
                .lines()
                .filter(line -> line.contains("Subject: "))
                .forEach(line -> subjects.append(line).append('\n'));
        return subjects.toString();
    }
}
