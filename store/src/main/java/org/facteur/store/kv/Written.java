package org.facteur.store.kv;

/// What a write returned, and the version that holds it.
///
/// @param version the partition's version after the commit; unchanged if nothing was written
public record Written<T>(T value, long version) {}
