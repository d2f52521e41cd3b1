package org.facteur.core.snooze;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.shelf.ShelfItem;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;

/// A letter put aside.
///
/// @param number in its account
/// @param until when it comes back
/// @param from where it lay, at least one
public record Snooze(long number, LetterId letter, Instant until, List<MailboxId> from) {
    private static final int FORMAT = 1;

    public Snooze {
        Objects.requireNonNull(letter);
        Objects.requireNonNull(until);
        from = List.copyOf(from);
    }

    byte[] encode() {
        return new Encoder(FORMAT)
                .number(letter.number())
                .signed(until.toEpochMilli())
                .list(from, (to, each) -> to.number(each.number()))
                .toBytes();
    }

    static Snooze decode(ShelfItem item) {
        Decoder in = new Decoder(item.content(), FORMAT);
        LetterId letter = new LetterId(in.number());
        Instant until = Instant.ofEpochMilli(in.signed());
        List<MailboxId> from = in.list(each -> new MailboxId(each.number()));
        in.end();
        return new Snooze(item.number(), letter, until, from);
    }
}
