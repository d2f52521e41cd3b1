package org.facteur.store.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Writes one record. One thread; grows as needed.
public final class Encoder {
    private byte[] buffer;
    private int length;

    /// Begins a record with its format version.
    public Encoder(int formatVersion) {
        buffer = new byte[64];
        number(formatVersion);
    }

    /// A number of 0 or more in base 128, low digits first: 1 to 9 octets.
    public Encoder number(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("negative number " + value);
        }
        long rest = value;
        ensure(10);
        while (rest > 0x7f) {
            buffer[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
        return this;
    }

    /// A number of either sign; small magnitudes are short.
    public Encoder signed(long value) {
        return bits((value << 1) ^ (value >> 63));
    }

    /// All 64 bits as an unsigned number; few low bits are short.
    public Encoder bits(long value) {
        long rest = value;
        ensure(10);
        while ((rest & ~0x7fL) != 0) {
            buffer[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
        return this;
    }

    public Encoder flag(boolean value) {
        ensure(1);
        buffer[length++] = (byte) (value ? 1 : 0);
        return this;
    }

    /// Octets with their length before them.
    public Encoder octets(byte[] value) {
        number(value.length);
        return raw(value);
    }

    /// Octets alone: the decoder must know how many.
    public Encoder raw(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, buffer, length, value.length);
        length += value.length;
        return this;
    }

    public Encoder text(String value) {
        return octets(value.getBytes(StandardCharsets.UTF_8));
    }

    public Encoder optionalText(@Nullable String value) {
        flag(value != null);
        return value == null ? this : text(value);
    }

    /// A list with its length before it.
    public <T> Encoder list(Collection<T> values, BiConsumer<Encoder, ? super T> each) {
        number(values.size());
        for (T value : values) {
            each.accept(this, value);
        }
        return this;
    }

    /// Octets so far.
    public int length() {
        return length;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    private void ensure(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
