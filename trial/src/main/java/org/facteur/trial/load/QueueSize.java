package org.facteur.trial.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.facteur.base.event.EventSink;
import org.facteur.base.word.Language;
import org.facteur.core.queue.Berth;
import org.facteur.core.queue.Destination;
import org.facteur.core.queue.NewItem;
import org.facteur.core.queue.Origin;
import org.facteur.core.queue.Queue;
import org.facteur.core.queue.QueuedLetter;
import org.facteur.core.queue.RetrySchedule;
import org.facteur.store.blob.BlobWriter;
import org.facteur.store.blob.StagedBlob;
import org.facteur.store.embedded.EmbeddedEngine;
import org.facteur.store.embedded.EmbeddedSettings;
import org.facteur.store.kv.EngineStore;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.smtp.LetterWishes;

/// A queue of many letters on a real store: how long its start takes, and whether new letters are
/// slower than on an empty one.
final class QueueSize {
    private static final int WRITERS = 64;
    private static final int FRESH = 2_000;
    private static final int DOMAINS = 1_000;

    private final long letters;
    private final PrintStream out;
    private final RetrySchedule retries = RetrySchedule.DEFAULT;

    QueueSize(long letters, PrintStream out) {
        this.letters = letters;
        this.out = out;
    }

    void run() throws IOException {
        Path directory = Files.createTempDirectory("facteur-queue");
        try {
            try (EmbeddedEngine engine = EmbeddedEngine.open(EmbeddedSettings.of(directory))) {
                Queue queue = queue(engine);
                queue.load();
                tell("new letters/s, empty queue", rate(engine, queue, FRESH));
                tell("letters/s while it fills", rate(engine, queue, letters));
            }
            long begun = System.nanoTime();
            try (EmbeddedEngine engine = EmbeddedEngine.open(EmbeddedSettings.of(directory))) {
                tell("store open, ms", (System.nanoTime() - begun) / 1e6);
                Queue queue = queue(engine);
                queue.load();
                tell("queue known, ms after the beginning", (System.nanoTime() - begun) / 1e6);
                try (Berth berth = queue.enter().orElseThrow()) {
                    if (berth.next().isEmpty()) {
                        throw new IOException("nothing of the queue is due");
                    }
                }
                tell("first letter out, ms after the beginning", (System.nanoTime() - begun) / 1e6);
                tell("new letters/s, full queue", rate(engine, queue, FRESH));
            }
        } finally {
            try (Stream<Path> walk = Files.walk(directory)) {
                for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    private Queue queue(EmbeddedEngine engine) {
        return new Queue(
                new EngineStore(engine, new SecureRandom(), InstantSource.system()),
                InstantSource.system(),
                () -> retries,
                EventSink.NONE);
    }

    private void tell(String what, double value) {
        out.printf(Locale.ROOT, "%-44s %12.0f%n", what, value);
        out.flush();
    }

    private static double rate(EmbeddedEngine engine, Queue queue, long count) throws IOException {
        byte[] octets = SampleLetter.make(1, 1_000);
        long begun = System.nanoTime();
        Crowd.run(
                WRITERS,
                writer -> {
                    long done = 0;
                    for (long i = writer; i < count; i += WRITERS) {
                        add(engine, queue, octets, i);
                        done++;
                    }
                    return done;
                });
        return count / ((System.nanoTime() - begun) / 1e9);
    }

    private static void add(EmbeddedEngine engine, Queue queue, byte[] octets, long number)
            throws IOException {
        try (BlobWriter writer = engine.blobs().write()) {
            writer.write(octets, 0, octets.length);
            try (StagedBlob staged = writer.finish()) {
                Domain domain = Domain.parse("d" + number % DOMAINS + ".example");
                queue.add(
                        new QueuedLetter(
                                staged.id(),
                                staged.size(),
                                new byte[0],
                                400,
                                false,
                                false,
                                LetterWishes.NONE),
                        staged,
                        new Origin(EmailAddress.parse("a@example.org"), null, Language.ENGLISH),
                        List.of(
                                NewItem.waiting(
                                        new Destination.Remote(domain),
                                        List.of(EmailAddress.parse("b@" + domain.name())))),
                        null);
            }
        }
    }
}
