package org.facteur.core.deliver;

import java.time.Instant;
import java.util.List;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.mailbox.NewLetter;

/// Letters the program writes itself, taken in like any other.
final class OwnLetter {
    private static final long LIMIT_BYTES = 10_000_000;

    private OwnLetter() {}

    static void deliver(
            Delivery delivery,
            LetterBoxes boxes,
            byte[] octets,
            Envelope envelope,
            Instant now,
            String handover) {
        try (LetterWriter writer = new LetterWriter(boxes.blobs(), LIMIT_BYTES)) {
            writer.write(octets, 0, octets.length);
            NewLetter letter = writer.finish();
            try (var _ = letter.octets()) {
                delivery.accept(
                        new Consignment(
                                letter,
                                envelope,
                                new byte[0],
                                writer.eightBit(),
                                now,
                                List.of(),
                                handover));
            }
        }
    }
}
