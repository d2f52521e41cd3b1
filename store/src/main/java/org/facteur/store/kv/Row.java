package org.facteur.store.kv;

import java.util.Objects;

/// A key and its value as a scan returns them.
///
/// @param value belongs to the receiver
@SuppressWarnings("ArrayRecordComponent")
public record Row(Key key, byte[] value) {
    public Row {
        Objects.requireNonNull(key);
        Objects.requireNonNull(value);
    }
}
