package org.facteur.core.mailbox;

import java.util.ArrayList;
import java.util.List;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;

/// Where a letter lies. Immutable; empty means it may go.
record Places(List<Place> list) {
    private static final int FORMAT = 1;

    record Place(MailboxId mailbox, long uid) {}

    Places {
        list = List.copyOf(list);
    }

    Places with(MailboxId mailbox, long uid) {
        List<Place> more = new ArrayList<>(list);
        more.add(new Place(mailbox, uid));
        return new Places(more);
    }

    Places without(MailboxId mailbox, long uid) {
        List<Place> fewer = new ArrayList<>(list);
        fewer.remove(new Place(mailbox, uid));
        return new Places(fewer);
    }

    byte[] encode() {
        return new Encoder(FORMAT)
                .list(
                        list,
                        (out, place) -> out.number(place.mailbox().number()).number(place.uid()))
                .toBytes();
    }

    static Places decode(byte[] octets) {
        Decoder in = new Decoder(octets, FORMAT);
        Places places =
                new Places(in.list(from -> new Place(new MailboxId(from.number()), from.number())));
        in.end();
        return places;
    }
}
