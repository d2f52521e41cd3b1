package org.facteur.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.facteur.base.word.Language;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Directory;
import org.facteur.core.account.DirectoryEditor;
import org.facteur.core.account.Door;
import org.facteur.core.change.Hints;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.queue.QueueCheck;
import org.facteur.store.embedded.EmbeddedEngine;
import org.facteur.store.embedded.EmbeddedSettings;
import org.facteur.store.kv.Engine;
import org.facteur.store.kv.EngineStore;
import org.facteur.store.memory.MemoryEngine;
import org.facteur.store.verify.StoreVerifier;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/// A domain, a person and a letter box over a real engine; closing it checks the whole store.
public final class House implements AutoCloseable {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Engine engine;
    private final EngineStore store;
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final Directory directory;
    private final LetterBoxes boxes;
    private final Account alice;

    private House(Engine engine) {
        this.engine = engine;
        this.store = new EngineStore(engine, new SplittableRandom(1), now::get);
        this.directory = new Directory(store);
        this.boxes = new LetterBoxes(store, directory, new Hints(), now::get, 10_000_000);
        DirectoryEditor editor = new DirectoryEditor(directory, now::get);
        if (directory.findDomain(Domain.parse("example.org")).isEmpty()) {
            editor.addDomain(Domain.parse("example.org"), null);
        }
        this.alice =
                directory
                        .findAccount(EmailAddress.parse("alice@example.org"))
                        .orElseGet(() -> person("alice"));
    }

    /// On the heap.
    public static House inMemory() {
        return new House(new MemoryEngine());
    }

    /// In a directory, which may hold one from before.
    public static House in(Path directory) throws IOException {
        return new House(EmbeddedEngine.open(EmbeddedSettings.of(directory)));
    }

    /// Another person of the domain, with the first mailboxes.
    public Account person(String name) {
        Account account = begun(name);
        boxes.prepare(account.id(), Language.ENGLISH);
        return account;
    }

    /// A person whose making was cut off before the first mailboxes were there.
    public Account begun(String name) {
        return new DirectoryEditor(directory, now::get)
                .addAccount(EmailAddress.parse(name + "@example.org"), name, Language.ENGLISH);
    }

    public Account alice() {
        return alice;
    }

    public Directory directory() {
        return directory;
    }

    public LetterBoxes boxes() {
        return boxes;
    }

    public EngineStore store() {
        return store;
    }

    public Engine engine() {
        return engine;
    }

    public Instant now() {
        return now.get();
    }

    public void later(java.time.Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    public LetterBox box() {
        return box(alice);
    }

    public LetterBox box(Account account) {
        return boxes.open(Actor.system(account.id(), Door.COMMAND));
    }

    public MailboxId inbox() {
        return box().mailboxes().get(MailboxName.INBOX).id();
    }

    /// Puts a letter into alice's inbox.
    public Placed append(String letter) {
        return append(box(), inbox(), letter, Set.of(), null);
    }

    public Placed append(
            LetterBox box,
            MailboxId mailbox,
            String letter,
            Set<Keyword> keywords,
            @Nullable String handover) {
        byte[] octets = letter.getBytes(StandardCharsets.UTF_8);
        try (LetterWriter writer = new LetterWriter(boxes.blobs(), 10_000_000)) {
            writer.write(octets, 0, octets.length);
            NewLetter fresh = writer.finish();
            try (var _ = fresh.octets()) {
                return box.append(
                        new Arrival(fresh, new byte[0], mailbox, keywords, now.get(), handover));
            }
        }
    }

    /// A small letter of its own.
    public static String letter(int number) {
        return """
        From: Bob <bob@example.net>\r
        To: alice@example.org\r
        Subject: letter %d\r
        Message-ID: <%d@example.net>\r
        Date: Sun, 1 Mar 2026 11:00:00 +0000\r
        \r
        Number %d.\r
        """
                .formatted(number, number, number);
    }

    /// Checks the whole store.
    public void check() {
        assertThat(
                        new StoreVerifier(engine, List.of(new BoxCheck(), new QueueCheck()), 20)
                                .run()
                                .findings())
                .isEmpty();
    }

    @Override
    public void close() {
        try {
            check();
        } finally {
            store.close();
        }
    }
}
