package org.facteur.core.submission;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.ThreadId;
import org.facteur.core.shelf.ShelfItem;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.wire.address.EmailAddress;

/// A letter handed in, and what became of it.
///
/// @param number in its account
/// @param identity as whom it is sent, by number; 0 for the account itself
/// @param letter that is sent
/// @param sendAt when it leaves
public record Submission(
        long number,
        long identity,
        LetterId letter,
        ThreadId thread,
        Path path,
        Instant sendAt,
        State state) {
    private static final int FORMAT = 1;

    /// From whom it is and for whom.
    public record Path(EmailAddress sender, List<EmailAddress> recipients) {
        public Path {
            Objects.requireNonNull(sender);
            recipients = List.copyOf(recipients);
        }
    }

    /// How far it is. The order is stored.
    public enum State {
        /// It can be taken back.
        PENDING,
        /// It is being sent.
        LEAVING,
        /// It was handed to delivery.
        SENT,
        /// It was taken back.
        CANCELED,
        /// Delivery would not have it.
        REFUSED
    }

    public Submission {
        Objects.requireNonNull(letter);
        Objects.requireNonNull(thread);
        Objects.requireNonNull(path);
        Objects.requireNonNull(sendAt);
        Objects.requireNonNull(state);
    }

    Submission as(State newState) {
        return new Submission(number, identity, letter, thread, path, sendAt, newState);
    }

    byte[] encode() {
        Encoder out = new Encoder(FORMAT);
        out.number(identity).number(letter.number()).number(thread.number());
        out.text(path.sender().toString());
        out.list(path.recipients(), (to, each) -> to.text(each.toString()));
        return out.signed(sendAt.toEpochMilli()).number(state.ordinal()).toBytes();
    }

    static Submission decode(ShelfItem item) {
        Decoder in = new Decoder(item.content(), FORMAT);
        long identity = in.number();
        LetterId letter = new LetterId(in.number());
        ThreadId thread = new ThreadId(in.number());
        Path path =
                new Path(
                        EmailAddress.parse(in.text()),
                        in.list(from -> EmailAddress.parse(from.text())));
        Instant sendAt = Instant.ofEpochMilli(in.signed());
        State state = State.values()[Math.min(in.count(), State.values().length - 1)];
        in.end();
        return new Submission(item.number(), identity, letter, thread, path, sendAt, state);
    }
}
