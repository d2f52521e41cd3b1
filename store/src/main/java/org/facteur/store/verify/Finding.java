package org.facteur.store.verify;

import java.util.Objects;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.PartitionId;
import org.jspecify.annotations.Nullable;

/// One thing that is not as it should be.
///
/// @param key null when it is about the partition as a whole
/// @param sentence in plain English; says nothing of contents
public record Finding(PartitionId partition, @Nullable Key key, String sentence) {
    public Finding {
        Objects.requireNonNull(partition);
        Objects.requireNonNull(sentence);
    }

    @Override
    public String toString() {
        return key == null ? partition + ": " + sentence : partition + " " + key + ": " + sentence;
    }
}
