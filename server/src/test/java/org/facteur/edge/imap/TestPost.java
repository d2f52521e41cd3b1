package org.facteur.edge.imap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Random;
import org.facteur.base.event.EventSink;
import org.facteur.base.word.Language;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Directory;
import org.facteur.core.account.DirectoryEditor;
import org.facteur.core.account.Door;
import org.facteur.core.change.Hints;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.login.CredentialEditor;
import org.facteur.core.login.Login;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.search.SearchIndex;
import org.facteur.net.listen.Admission;
import org.facteur.net.listen.Listener;
import org.facteur.net.listen.ListenerSettings;
import org.facteur.net.listen.Network;
import org.facteur.net.tls.Certificates;
import org.facteur.store.kv.EngineStore;
import org.facteur.store.kv.Store;
import org.facteur.store.memory.MemoryEngine;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;

/// A whole post office with one person in it, on the memory engine, behind real sockets.
final class TestPost implements AutoCloseable {
    static final String ALICE = "alice@example.org";

    private final Store store;
    private final Network network;
    private final Login login;
    private final Listener listener;
    final LetterBoxes boxes;
    final CredentialEditor credentials;
    final DirectoryEditor editor;
    final Account alice;
    final ImapServices services;

    /// Alice's password.
    final String password;

    private TestPost(ImapSettings settings, int port) throws IOException {
        InstantSource clock = InstantSource.system();
        store = new EngineStore(new MemoryEngine(), new Random(1), clock);
        Directory directory = new Directory(store);
        boxes = new LetterBoxes(store, directory, new Hints(), clock, 16 << 20);
        login = new Login(directory, clock, EventSink.NONE);
        editor = new DirectoryEditor(directory, clock);
        editor.addDomain(Domain.parse("example.org"), null);
        alice = editor.addAccount(EmailAddress.parse(ALICE), "Alice", Language.ENGLISH);
        boxes.prepare(alice.id(), Language.ENGLISH);
        credentials = new CredentialEditor(directory, login, clock);
        password = credentials.addDevice(alice, "test", EnumSet.of(Door.IMAP));
        network = new Network(new Admission(new Admission.Limits(1000, 1000, 1000)));
        services =
                new ImapServices(
                        boxes,
                        login,
                        () -> new LetterWriter(store.blobs(), settings.appendLimitBytes()),
                        new SearchIndex(Files.createTempDirectory("imap-index")),
                        clock,
                        new ImapServices.Product("Facteur", "test"));
        Path keys = Files.createTempDirectory("imap-tls");
        listener =
                network.listen(
                        new ListenerSettings(
                                "imap",
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                                ListenerSettings.Security.OFFERED,
                                "* BYE full"),
                        Certificates.selfSigned(keys, "localhost", clock),
                        new ImapServer(services, settings));
    }

    static TestPost open() throws IOException {
        return open(ImapSettings.STANDARD.withInsecurePlaintextLogin());
    }

    static TestPost open(ImapSettings settings) throws IOException {
        return open(settings, 0);
    }

    /// @param port 0 for any
    static TestPost open(ImapSettings settings, int port) throws IOException {
        return new TestPost(settings, port);
    }

    InetSocketAddress address() {
        return listener.address();
    }

    /// A stranger, greeted.
    Dialogue dial() throws IOException {
        return Dialogue.dial(address());
    }

    /// Alice, logged in.
    Dialogue alice() throws IOException {
        Dialogue dialogue = dial();
        dialogue.ok("LOGIN " + ALICE + " " + password);
        return dialogue;
    }

    /// Alice, with INBOX open.
    Dialogue aliceInInbox() throws IOException {
        Dialogue dialogue = alice();
        dialogue.ok("SELECT INBOX");
        return dialogue;
    }

    /// Alice's letters, without IMAP between.
    LetterBox box() {
        return boxes.open(Actor.system(alice.id(), Door.SYSTEM));
    }

    @Override
    public void close() {
        listener.stop(Duration.ofSeconds(2));
        network.close();
        login.close();
        store.close();
    }
}
