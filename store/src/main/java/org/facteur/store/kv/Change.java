package org.facteur.store.kv;

import org.jspecify.annotations.Nullable;

/// What a commit makes of one row.
///
/// @param value the row's octets, or null when it is deleted; never changed
/// @param version the version that made the change
@SuppressWarnings("ArrayRecordComponent")
public record Change(byte @Nullable [] value, long version) {}
