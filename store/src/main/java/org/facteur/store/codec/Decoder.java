package org.facteur.store.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.facteur.store.kv.StoreFault;
import org.jspecify.annotations.Nullable;

/// Reads one record. One thread. Never reads past the end: that is [StoreFault.Kind#CORRUPT].
public final class Decoder {
    private final byte[] octets;
    private final int formatVersion;
    private int at;

    /// Begins to read a record.
    ///
    /// @param newestVersion the newest format version this program knows
    /// @throws StoreFault NEWER_FORMAT for a record of a later one
    public Decoder(byte[] octets, int newestVersion) {
        this.octets = octets;
        this.formatVersion = (int) Math.min(number(), Integer.MAX_VALUE);
        if (formatVersion > newestVersion) {
            throw new StoreFault(
                    StoreFault.Kind.NEWER_FORMAT,
                    "record format " + formatVersion + ", known up to " + newestVersion);
        }
    }

    public int formatVersion() {
        return formatVersion;
    }

    public long number() {
        long value = bits();
        if (value < 0) {
            throw corrupt();
        }
        return value;
    }

    /// A number that must fit an int.
    public int count() {
        long value = number();
        if (value > Integer.MAX_VALUE) {
            throw corrupt();
        }
        return (int) value;
    }

    public long signed() {
        long value = bits();
        return (value >>> 1) ^ -(value & 1);
    }

    public long bits() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = next();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw corrupt();
    }

    public boolean flag() {
        byte b = next();
        if (b != 0 && b != 1) {
            throw corrupt();
        }
        return b == 1;
    }

    public byte[] octets() {
        return raw(count());
    }

    public byte[] raw(int length) {
        if (length < 0 || length > octets.length - at) {
            throw corrupt();
        }
        at += length;
        return Arrays.copyOfRange(octets, at - length, at);
    }

    public String text() {
        return new String(octets(), StandardCharsets.UTF_8);
    }

    public @Nullable String optionalText() {
        return flag() ? text() : null;
    }

    public <T> List<T> list(Function<Decoder, ? extends T> each) {
        int count = count();
        if (count > octets.length - at) {
            throw corrupt();
        }
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(each.apply(this));
        }
        return List.copyOf(values);
    }

    public boolean atEnd() {
        return at == octets.length;
    }

    /// The record must end here.
    public void end() {
        if (!atEnd()) {
            throw corrupt();
        }
    }

    private byte next() {
        if (at >= octets.length) {
            throw corrupt();
        }
        return octets[at++];
    }

    private static StoreFault corrupt() {
        return new StoreFault(
                StoreFault.Kind.CORRUPT, "record ends early or holds what none would");
    }
}
