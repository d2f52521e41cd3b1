package org.facteur.wire.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing run of octets with a hard limit.
///
/// What would pass the limit is cut off and [#overflowed()] tells. Used by one thread.
public final class OctetBuffer implements OctetSink {
    private static final byte[] NONE = new byte[0];

    private final int limit;
    private byte[] bytes = NONE;
    private int size;
    private boolean overflowed;

    /// @param limit the most octets kept, at least 0
    public OctetBuffer(int limit) {
        this.limit = limit;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /// Whether anything was cut off since the last [#clear()].
    public boolean overflowed() {
        return overflowed;
    }

    public byte at(int index) {
        return bytes[index];
    }

    public void append(int octet) {
        if (size == bytes.length && !grow(1)) {
            return;
        }
        bytes[size++] = (byte) octet;
    }

    @Override
    public void accept(byte[] source, int offset, int length) {
        int count = Math.min(length, limit - size);
        if (count < length) {
            overflowed = true;
        }
        if (count > 0 && (size + count <= bytes.length || grow(count))) {
            System.arraycopy(source, offset, bytes, size, count);
            size += count;
        }
    }

    /// Appends the low octet of each character.
    public OctetBuffer appendLatin1(String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        accept(octets, 0, octets.length);
        return this;
    }

    public OctetBuffer appendUtf8(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        accept(octets, 0, octets.length);
        return this;
    }

    public OctetBuffer append(Octets octets) {
        octets.writeTo(this);
        return this;
    }

    /// Keeps the first `length` octets and forgets an overflow.
    public void truncate(int length) {
        size = Math.min(size, length);
        overflowed = false;
    }

    public void clear() {
        size = 0;
        overflowed = false;
    }

    public byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    public byte[] toArray(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    public Octets toOctets() {
        return Octets.taking(toArray());
    }

    private boolean grow(int count) {
        if (size >= limit) {
            overflowed = true;
            return false;
        }
        long wanted = Math.max(64, Math.max((long) size + count, (long) bytes.length * 2));
        bytes = Arrays.copyOf(bytes, (int) Math.min(limit, wanted));
        return true;
    }
}
