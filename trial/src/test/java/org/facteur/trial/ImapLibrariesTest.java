package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.UIDFolder;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.SubjectTerm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.facteur.trial.server.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The libraries that programs in Java and for Node speak IMAP with: Angus Mail and imapflow.
class ImapLibrariesTest {
    private static final String PASSWORD = "lanterne sous la treille";
    private static final String USER = "lea@example.org";

    @TempDir static Path directory;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        Path data = directory.resolve("data");
        assertThat(ServerProcess.command(data, "", "setup", "example.org").status()).isZero();
        server = ServerProcess.start(data, Map.of(), "");
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

    @Test
    void imapflowReadsFilesAndIsTold() throws IOException {
        Path program =
                Path.of(System.getProperty("facteur.root", ".."))
                        .resolve("trial/programs/imapflow.mjs")
                        .toAbsolutePath();
        Program.Ran ran =
                Program.run(
                        directory,
                        "",
                        List.of(
                                "node",
                                program.toString(),
                                Integer.toString(server.port("imaps")),
                                USER,
                                PASSWORD));
        assertThat(ran.output()).contains("all was as it should be");
        assertThat(ran.status()).isZero();
    }

    private static Session session() {
        Properties settings = new Properties();
        for (String protocol : List.of("imaps", "pop3s", "smtps")) {
            settings.put("mail." + protocol + ".ssl.trust", "*");
            settings.put("mail." + protocol + ".ssl.checkserveridentity", "false");
            settings.put("mail." + protocol + ".connectiontimeout", "60000");
            settings.put("mail." + protocol + ".timeout", "60000");
        }
        settings.put("mail.imaps.peek", "true");
        return Session.getInstance(settings);
    }

    private static MimeMessage letter(Session session, String subject) throws MessagingException {
        MimeMessage letter = new MimeMessage(session);
        letter.setFrom(new InternetAddress(USER));
        letter.setRecipients(Message.RecipientType.TO, USER);
        letter.setSubject(subject, "UTF-8");
        letter.setText("Réponds-moi vite.", "UTF-8");
        letter.saveChanges();
        return letter;
    }

    @Test
    void angusSendsReadsFilesAndWaits() throws Exception {
        Session session = session();
        try (Transport out = session.getTransport("smtps")) {
            out.connect("127.0.0.1", server.port("submissions"), USER, PASSWORD);
            MimeMessage sent = letter(session, "Angus écrit");
            out.sendMessage(sent, sent.getAllRecipients());
        }
        try (Store store = session.getStore("imaps")) {
            store.connect("127.0.0.1", server.port("imaps"), USER, PASSWORD);
            Folder kept = store.getFolder("Gardé");
            assertThat(kept.create(Folder.HOLDS_MESSAGES)).isTrue();
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_WRITE);
                Message[] found = inbox.search(new SubjectTerm("angus ÉCRIT"));
                assertThat(found).hasSize(1);
                assertThat(found[0].getContent()).isEqualTo("Réponds-moi vite.\r\n");
                assertThat(found[0].isSet(Flags.Flag.SEEN)).isFalse();
                found[0].setFlags(new Flags("$Important"), true);
                assertThat(((UIDFolder) inbox).getUID(found[0])).isPositive();
                waits(session, (IMAPFolder) inbox);
                ((IMAPFolder) inbox).moveMessages(found, kept);
                assertThat(found[0].isExpunged()).isTrue();
                inbox.expunge();
                assertThat(inbox.getMessageCount()).isEqualTo(1);
            }
            try (kept) {
                kept.open(Folder.READ_ONLY);
                assertThat(kept.getMessage(1).getFlags().contains("$Important")).isTrue();
                assertThat(kept.getMessage(1).getSubject()).isEqualTo("Angus écrit");
            }
        }
        byPop(session);
    }

    /// A letter that another connection puts while this one idles.
    private static void waits(Session session, IMAPFolder inbox) throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        inbox.addMessageCountListener(
                new MessageCountAdapter() {
                    @Override
                    public void messagesAdded(MessageCountEvent event) {
                        try {
                            told.complete(event.getMessages()[0].getSubject());
                        } catch (MessagingException failed) {
                            told.completeExceptionally(failed);
                        }
                    }
                });
        Thread other =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try (Store second = session.getStore("imaps")) {
                                        second.connect(
                                                "127.0.0.1", server.port("imaps"), USER, PASSWORD);
                                        second.getFolder("INBOX")
                                                .appendMessages(
                                                        new Message[] {
                                                            letter(session, "Nouvelle")
                                                        });
                                    } catch (MessagingException failed) {
                                        told.completeExceptionally(failed);
                                    }
                                });
        while (!told.isDone()) {
            inbox.idle(true);
        }
        assertThat(told.get(60, TimeUnit.SECONDS)).isEqualTo("Nouvelle");
        other.join();
    }

    private static void byPop(Session session) throws MessagingException {
        try (Store store = session.getStore("pop3s")) {
            store.connect("127.0.0.1", server.port("pop3s"), USER, PASSWORD);
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                assertThat(inbox.getMessageCount()).isEqualTo(1);
                assertThat(inbox.getMessage(1).getSubject()).isEqualTo("Nouvelle");
            }
        }
    }
}
