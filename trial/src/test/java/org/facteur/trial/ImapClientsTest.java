package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.facteur.trial.server.ServerProcess;
import org.facteur.trial.talk.TalkLine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// IMAP programs from Debian that mirror, sort and read, on one person's letters: what one does the
/// others see.
class ImapClientsTest {
    private static final String PASSWORD = "lanterne sous la treille";
    private static final String USER = "mira@example.org";

    @TempDir static Path directory;
    private static ServerProcess server;
    private static Path authority;

    @TempDir Path home;

    @BeforeAll
    static void start() throws IOException {
        Path data = directory.resolve("data");
        assertThat(ServerProcess.command(data, "", "setup", "example.org").status()).isZero();
        assertThat(
                        ServerProcess.command(
                                        data, "", "config", "set", "insecure-plaintext-login", "on")
                                .status())
                .isZero();
        server = ServerProcess.start(data, Map.of(), "");
        authority = server.data().resolve("tls/self-signed.pem");
        assertThat(
                        server.command(PASSWORD + "\n", "account", "add", USER, "--password-stdin")
                                .status())
                .isZero();
    }

    @AfterAll
    static void verify() throws IOException {
        server.stop();
        assertThat(ServerProcess.command(server.data(), "", "verify").out())
                .contains("The store is sound.");
    }

    /// Says commands and gives all that was answered.
    private static List<String> imap(String... commands) throws IOException {
        List<String> answers = new ArrayList<>();
        try (TalkLine line = new TalkLine(server.port("imaps"), true)) {
            line.read();
            line.say("l LOGIN " + USER + " \"" + PASSWORD + "\"");
            until(line, "l ", answers);
            for (String command : commands) {
                line.say("c " + command);
                until(line, "c ", answers);
                assertThat(answers.getLast()).as(command).startsWith("c OK");
            }
        }
        return answers;
    }

    private static void until(TalkLine line, String tag, List<String> answers) throws IOException {
        String answer;
        do {
            answer = Objects.requireNonNull(line.read(), "the server has ended");
            answers.add(answer);
        } while (!answer.startsWith(tag));
    }

    private static void letter(String mailbox, String subject) throws IOException {
        String text = "Subject: " + subject + "\r\n\r\ntext\r\n";
        imap("APPEND " + mailbox + " {" + text.length() + "+}\r\n" + text);
    }

    private void ran(String... command) throws IOException {
        Program.Ran ran = Program.run(home, "", List.of(command));
        assertThat(ran.status()).as(ran.output() + server.log()).isZero();
    }

    private static String port() {
        return Integer.toString(server.port("imaps"));
    }

    private static List<Path> files(Path maildir) throws IOException {
        try (Stream<Path> walk = Files.walk(maildir)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    private Path offlineimap() throws IOException {
        return Program.configure(
                home.resolve("offlineimaprc"),
                """
                [general]
                accounts = a
                metadata = %s
                ui = quiet
                [Account a]
                localrepository = l
                remoterepository = r
                [Repository l]
                type = Maildir
                localfolders = %s
                [Repository r]
                type = IMAP
                remotehost = 127.0.0.1
                remoteport = %s
                remoteuser = %s
                remotepass = %s
                ssl = yes
                cert_fingerprint = %s
                """
                        .formatted(
                                home.resolve("meta"),
                                home.resolve("mail"),
                                port(),
                                USER,
                                PASSWORD,
                                fingerprint()));
    }

    /// How offlineimap knows a server whose certificate nobody signed.
    private static String fingerprint() throws IOException {
        try (InputStream in = Files.newInputStream(authority)) {
            byte[] certificate =
                    CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(certificate));
        } catch (GeneralSecurityException missing) {
            throw new IOException(missing);
        }
    }

    @Test
    void offlineimapMirrorsBothWays() throws IOException {
        imap("CREATE Offline");
        letter("Offline", "far one");
        letter("Offline", "far two");
        Path config = offlineimap();
        ran("offlineimap", "-c", config.toString(), "-o");
        Path mail = home.resolve("mail/Offline");
        assertThat(files(mail)).hasSize(2);
        // Each side changes something the other has not seen.
        Path read = files(mail).getFirst();
        Files.move(
                read,
                mail.resolve("cur")
                        .resolve(read.getFileName().toString().replaceFirst(":2,.*", ":2,FS")));
        Files.writeString(
                mail.resolve("new/1700000000.1.near"),
                "Subject: near\n\ntext\n",
                StandardOpenOption.CREATE_NEW);
        imap("CREATE Offline/Below", "SELECT Offline", "STORE 1:2 +FLAGS (\\Answered)");
        ran("offlineimap", "-c", config.toString(), "-o");
        assertThat(imap("STATUS Offline (MESSAGES UNSEEN)"))
                .anyMatch(line -> line.contains("MESSAGES 3 UNSEEN 2"));
        assertThat(imap("SELECT Offline", "SEARCH FLAGGED ANSWERED SEEN"))
                .anyMatch(line -> line.matches("\\* SEARCH [12]"));
        assertThat(files(mail)).filteredOn(file -> file.toString().contains("R")).isNotEmpty();
        try (Stream<Path> folders = Files.list(home.resolve("mail"))) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .contains("Offline.Below", "INBOX", "Sent");
        }
    }

    @Test
    void imapfilterSortsAndAnotherSeesIt() throws IOException {
        letter("INBOX", "to be sorted");
        letter("INBOX", "to stay");
        Path script =
                Program.configure(
                        home.resolve("sort.lua"),
                        """
                        options.timeout = 60
                        options.create = true
                        options.certificates = false
                        options.hostnames = false
                        local account = IMAP {
                            server = '127.0.0.1', port = %s, username = '%s',
                            password = '%s', ssl = 'auto' }
                        local found = account.INBOX:contain_subject('to be sorted')
                        found:mark_flagged()
                        account:create_mailbox('Sorted')
                        found:move_messages(account['Sorted'])
                        """
                                .formatted(port(), USER, PASSWORD));
        ran("imapfilter", "-t", authority.toString(), "-c", script.toString());
        assertThat(imap("SELECT Sorted", "FETCH 1 (FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])"))
                .contains("Subject: to be sorted")
                .anyMatch(line -> line.contains("\\Flagged"));
        assertThat(imap("SELECT INBOX", "SEARCH SUBJECT \"to be sorted\"")).contains("* SEARCH");
        Path config = offlineimap();
        ran("offlineimap", "-c", config.toString(), "-o", "-f", "Sorted");
        assertThat(files(home.resolve("mail/Sorted"))).hasSize(1);
    }

    @Test
    void neomuttCopiesAndFlags() throws IOException {
        imap("CREATE Read", "CREATE Kept");
        letter("Read", "for neomutt");
        Path config =
                Program.configure(
                        home.resolve("neomuttrc"),
                        """
                        set imap_user = "%s"
                        set imap_pass = "%s"
                        set folder = "imaps://127.0.0.1:%s/"
                        set spoolfile = "+Read"
                        set ssl_verify_host = no
                        set certificate_file = "%s"
                        set imap_condstore = yes
                        set imap_qresync = yes
                        set header_cache = "%s"
                        set confirmappend = no
                        """
                                .formatted(
                                        USER, PASSWORD, port(), authority, home.resolve("cache")));
        Path keys =
                Program.configure(
                        home.resolve("keys"),
                        "push '<tag-pattern>~A<enter><tag-prefix><copy-message>+Kept<enter>"
                                + "<flag-message><sync-mailbox><quit>'\n");
        ran(
                "script",
                "-qec",
                "TERM=xterm neomutt -F " + config + " -e 'source " + keys + "'",
                "/dev/null");
        assertThat(imap("STATUS Kept (MESSAGES)")).contains("* STATUS Kept (MESSAGES 1)");
        assertThat(imap("SELECT Read", "SEARCH FLAGGED")).contains("* SEARCH 1");
    }

    @Test
    void mbsyncMeetsConflicts() throws IOException {
        imap("CREATE Both");
        letter("Both", "one");
        letter("Both", "two");
        Path mail = Files.createDirectories(home.resolve("near"));
        Path config =
                Program.configure(
                        home.resolve("mbsyncrc"),
                        """
                        IMAPAccount facteur
                        Host localhost
                        Port %s
                        User %s
                        Pass "%s"
                        SSLType IMAPS
                        CertificateFile %s

                        IMAPStore far
                        Account facteur

                        MaildirStore near
                        Path %s/
                        Inbox %s/INBOX

                        Channel both
                        Far :far:
                        Near :near:
                        Patterns Both
                        Create Both
                        Expunge Both
                        SyncState *
                        """
                                .formatted(port(), USER, PASSWORD, authority, mail, mail));
        ran("mbsync", "-c", config.toString(), "-a");
        Path both = mail.resolve("Both");
        List<Path> near = files(both);
        assertThat(near).hasSize(2);
        // Here one is read and the other removed; there both are flagged, and a third has come.
        Path first = near.getFirst();
        Files.move(
                first,
                both.resolve("cur")
                        .resolve(
                                first.getFileName().toString().replaceFirst(":2,.*", "") + ":2,S"));
        Files.delete(near.getLast());
        imap("SELECT Both", "STORE 1:2 +FLAGS (\\Flagged)");
        letter("Both", "three");
        ran("mbsync", "-c", config.toString(), "-a");
        ran("mbsync", "-c", config.toString(), "-a");
        List<String> far = imap("SELECT Both", "UID SEARCH ALL", "UID SEARCH SEEN FLAGGED");
        assertThat(files(both)).hasSize(2);
        assertThat(far).anyMatch(line -> line.matches("\\* SEARCH \\d+ 3"));
        assertThat(far).anyMatch(line -> line.matches("\\* SEARCH [12]"));
    }

    @Test
    void aercReadsMarksAndFiles() throws IOException {
        imap("CREATE Terminal");
        letter(
                "Terminal",
                "Pour aerc\r\nFrom: zoe@example.net\r\nDate: Sun, 1 Mar 2026 11:00:00 +0000\r\n"
                        + "Content-Type: text/plain\r\n\r\nLu dans un terminal");
        Path settings = home.resolve(".config/aerc");
        Files.createDirectories(settings);
        Program.configure(
                settings.resolve("accounts.conf"),
                """
                [mira]
                source = imap+insecure://%s@127.0.0.1:%s
                source-cred-cmd = echo '%s'
                default = Terminal
                from = Mira <%s>
                """
                        .formatted(USER.replace("@", "%40"), server.port("imap"), PASSWORD, USER));
        Program.configure(
                settings.resolve("aerc.conf"),
                """
                [viewer]
                pager = cat
                [filters]
                text/plain = cat
                """);
        Path script = Path.of(System.getProperty("facteur.root"), "trial/src/test/python/aerc.py");
        ran("python3", script.toString(), home.toString());
        assertThat(
                        imap(
                                "SELECT \"Gard&AOk-\"",
                                "FETCH 1:* (FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])"))
                .anyMatch(line -> line.contains("\\Flagged") && line.contains("\\Seen"))
                .anyMatch(line -> line.contains("Subject: Pour aerc"));
    }
}
