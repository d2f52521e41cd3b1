package org.facteur.core.deliver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.core.queue.Queue;
import org.facteur.core.queue.QueueItem;
import org.facteur.core.queue.QueuedRecipient;
import org.facteur.core.queue.RecipientResult;
import org.facteur.store.blob.Blob;

/// Tries again what a box here could not take. Any thread.
public final class LocalRetry {
    private static final int PIECE = 64 * 1024;

    private final Delivery delivery;
    private final LetterBoxes boxes;
    private final Queue queue;
    private final InstantSource clock;

    public LocalRetry(Delivery delivery, LetterBoxes boxes, Queue queue, InstantSource clock) {
        this.delivery = delivery;
        this.boxes = boxes;
        this.queue = queue;
        this.clock = clock;
    }

    /// Delivers a leased item to its boxes.
    ///
    /// @return what became of each waiting recipient, for [Queue#settle]
    public List<RecipientResult> attempt(QueueItem item) {
        List<RecipientResult> results = new ArrayList<>();
        for (QueuedRecipient recipient : item.waiting()) {
            results.add(attempt(item, recipient));
        }
        return results;
    }

    private RecipientResult attempt(QueueItem item, QueuedRecipient recipient) {
        try {
            deliver(item, recipient);
            return new RecipientResult(
                    recipient.address(), RecipientResult.Kind.DELIVERED, "2.1.5", "delivered");
        } catch (Refusal refusal) {
            return new RecipientResult(
                    recipient.address(),
                    RecipientResult.Kind.REFUSED,
                    "5.2.0",
                    refusal.sentence().english());
        } catch (Busy busy) {
            return new RecipientResult(
                    recipient.address(),
                    RecipientResult.Kind.DEFERRED,
                    "4.3.0",
                    String.valueOf(busy.getMessage()));
        }
    }

    private void deliver(QueueItem item, QueuedRecipient recipient) {
        try (LetterWriter writer = new LetterWriter(boxes.blobs(), item.letter().blobBytes());
                Blob blob = queue.open(item);
                InputStream in = blob.open(0, blob.size())) {
            byte[] piece = new byte[PIECE];
            for (int some = in.read(piece); some >= 0; some = in.read(piece)) {
                writer.write(piece, 0, some);
            }
            NewLetter letter = writer.finish();
            try (var _ = letter.octets()) {
                delivery.accept(
                        new Consignment(
                                letter,
                                new Envelope(
                                        item.origin().sender(),
                                        List.of(
                                                new Envelope.Recipient(
                                                        recipient.address(),
                                                        recipient.wishes().withoutSuccess())),
                                        item.origin().account(),
                                        item.letter().international(),
                                        item.letter().wishes()),
                                item.letter().prefix(),
                                item.letter().eightBit(),
                                item.schedule().created(),
                                List.of(),
                                "q" + item.id() + "/" + recipient.address()));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("blobs do no I/O of this kind", impossible);
        }
    }

    InstantSource clock() {
        return clock;
    }
}
