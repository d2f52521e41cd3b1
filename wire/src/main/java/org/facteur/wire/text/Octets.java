package org.facteur.wire.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// An immutable run of octets with equality by content.
///
/// Safe for any thread. Records hold this in place of `byte[]`, whose equality is identity.
public final class Octets {
    /// No octets.
    public static final Octets EMPTY = new Octets(new byte[0]);

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /// A copy of the array.
    public static Octets copyOf(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Octets(bytes.clone());
    }

    /// A copy of `bytes[from, to)`.
    public static Octets copyOf(byte[] bytes, int from, int to) {
        return from == to ? EMPTY : new Octets(Arrays.copyOfRange(bytes, from, to));
    }

    /// The low octet of each character; for text known to be ASCII or ISO-8859-1.
    public static Octets ofLatin1(String text) {
        return text.isEmpty() ? EMPTY : new Octets(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Takes the array without a copy: the caller gives it up.
    static Octets taking(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Octets(bytes);
    }

    public int length() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    public byte at(int index) {
        return bytes[index];
    }

    /// A fresh array that belongs to the caller.
    public byte[] toArray() {
        return bytes.clone();
    }

    /// Hands the octets over without a copy; the sink must not write into them.
    public void writeTo(OctetSink sink) {
        sink.accept(bytes, 0, bytes.length);
    }

    /// Each octet as the character of the same number.
    public String toLatin1() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The length alone: contents of letters stay out of logs.
    @Override
    public String toString() {
        return "Octets[" + bytes.length + "]";
    }
}
