package org.facteur.store.layout;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.facteur.store.kv.Key;

/// Builds one key: a table's code, then fields whose octets sort as the fields do. One thread.
final class KeyBuilder {
    private byte[] octets = new byte[24];
    private int length;

    KeyBuilder(Table table) {
        put(table.code());
    }

    /// 0 or more, eight octets, high first.
    KeyBuilder number(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("negative key field " + value);
        }
        for (int shift = 56; shift >= 0; shift -= 8) {
            put((int) (value >>> shift));
        }
        return this;
    }

    /// Text of any length; ends with 00, a NUL inside is 00 FF, so that no text is another's
    /// prefix.
    KeyBuilder text(String value) {
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            put(b);
            if (b == 0) {
                put(0xff);
            }
        }
        put(0);
        return this;
    }

    /// Octets of a length that the table fixes.
    KeyBuilder octets(byte[] value) {
        for (byte b : value) {
            put(b);
        }
        return this;
    }

    Key build() {
        return new Key(Arrays.copyOf(octets, length));
    }

    private void put(int octet) {
        if (length == octets.length) {
            octets = Arrays.copyOf(octets, length * 2);
        }
        octets[length++] = (byte) octet;
    }
}
