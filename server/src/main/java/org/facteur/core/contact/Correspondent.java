package org.facteur.core.contact;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.facteur.core.shelf.ShelfItem;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;

/// Somebody an account's owner has written to.
///
/// @param number in its account
/// @param address as it was written last
/// @param name as it stood beside the address; empty where none ever did
/// @param letters how many were written
/// @param first when the first was written
/// @param last when the last was written
public record Correspondent(
        long number, String address, String name, long letters, Instant first, Instant last) {
    private static final int FORMAT = 1;

    /// After this a letter weighs half.
    private static final Duration HALF_LIFE = Duration.ofDays(90);

    public Correspondent {
        Objects.requireNonNull(address);
        Objects.requireNonNull(name);
        Objects.requireNonNull(first);
        Objects.requireNonNull(last);
    }

    /// How likely it is that somebody is written to again: letters, halved every 90 days since the
    /// last.
    public double weight(Instant now) {
        double age = Math.max(0, Duration.between(last, now).toSeconds());
        return letters * Math.pow(2, -age / HALF_LIFE.toSeconds());
    }

    byte[] encode() {
        return new Encoder(FORMAT)
                .text(address)
                .text(name)
                .number(letters)
                .signed(first.toEpochMilli())
                .signed(last.toEpochMilli())
                .toBytes();
    }

    static Correspondent decode(ShelfItem item) {
        Decoder in = new Decoder(item.content(), FORMAT);
        Correspondent one =
                new Correspondent(
                        item.number(),
                        in.text(),
                        in.text(),
                        in.number(),
                        Instant.ofEpochMilli(in.signed()),
                        Instant.ofEpochMilli(in.signed()));
        in.end();
        return one;
    }
}
