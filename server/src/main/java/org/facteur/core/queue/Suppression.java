package org.facteur.core.queue;

import java.time.Instant;
import java.util.Objects;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;

/// An address whose server said that it does not exist.
///
/// @param address in compared form: lower case
/// @param count how often it was said, each at least an hour after the time before
/// @param first when it was said first
/// @param last when it was said last
/// @param answer the other side's last words
public record Suppression(String address, int count, Instant first, Instant last, String answer) {
    /// How often it must be said before letters are no longer sent there.
    public static final int ENOUGH = 3;

    private static final int FORMAT = 1;
    private static final int ANSWER = 200;

    public Suppression {
        Objects.requireNonNull(address);
        Objects.requireNonNull(first);
        Objects.requireNonNull(last);
        if (answer.length() > ANSWER) {
            int end = Character.isHighSurrogate(answer.charAt(ANSWER - 1)) ? 1 : 0;
            answer = answer.substring(0, ANSWER - end);
        }
    }

    /// Whether letters are refused without being sent.
    public boolean active() {
        return count >= ENOUGH;
    }

    byte[] encode() {
        return new Encoder(FORMAT)
                .number(count)
                .signed(first.toEpochMilli())
                .signed(last.toEpochMilli())
                .text(answer)
                .toBytes();
    }

    static Suppression decode(String address, byte[] row) {
        Decoder in = new Decoder(row, FORMAT);
        int count = in.count();
        Suppression read =
                new Suppression(
                        address,
                        count,
                        Instant.ofEpochMilli(in.signed()),
                        Instant.ofEpochMilli(in.signed()),
                        in.text());
        in.end();
        return read;
    }
}
