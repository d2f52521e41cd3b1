package org.facteur.core.deliver;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/// A letter handed in for delivery.
///
/// @param trace the Received field written by whoever took it in, CRLF included; belongs to the
///   record
/// @param eightBit whether any octet of the letter is above 127
/// @param deliveredTo where it had been delivered before it came here
/// @param handover names the hand-over, so that repeating it changes nothing; null where that
///   cannot happen
@SuppressWarnings("ArrayRecordComponent")
public record Consignment(
        NewLetter letter,
        Envelope envelope,
        byte[] trace,
        boolean eightBit,
        Instant received,
        List<EmailAddress> deliveredTo,
        @Nullable String handover) {
    public Consignment {
        deliveredTo = List.copyOf(deliveredTo);
        Objects.requireNonNull(letter);
        Objects.requireNonNull(envelope);
        Objects.requireNonNull(trace);
        Objects.requireNonNull(received);
    }

    /// Whether this program wrote it: nobody handed it in, so that nobody is named before it.
    public boolean isOwn() {
        return trace.length == 0;
    }

    /// The same with another reverse path.
    Consignment as(@Nullable EmailAddress sender) {
        return new Consignment(
                letter, envelope.as(sender), trace, eightBit, received, deliveredTo, handover);
    }
}
