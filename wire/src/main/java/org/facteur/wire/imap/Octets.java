package org.facteur.wire.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// An immutable run of octets, compared by content.
public final class Octets implements OctetSupply {
    /// No octets at all.
    public static final Octets EMPTY = new Octets(new byte[0]);

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Takes an array over without copying it: the caller gives up changing it.
    public static Octets wrap(byte[] bytes) {
        return new Octets(bytes);
    }

    /// Copies a part of an array.
    public static Octets copyOf(byte[] bytes, int from, int to) {
        return new Octets(Arrays.copyOfRange(bytes, from, to));
    }

    /// The UTF-8 form of a text.
    public static Octets utf8(String text) {
        return new Octets(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public void writeTo(OctetSink sink) throws IOException {
        sink.write(bytes, 0, bytes.length);
    }

    /// A copy of the octets.
    public byte[] toArray() {
        return bytes.clone();
    }

    /// The octets as text, malformed UTF-8 replaced; for messages and tests, not for parsing.
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    byte[] array() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The number of octets only: they may be a secret or a letter.
    @Override
    public String toString() {
        return bytes.length + " octets";
    }
}
