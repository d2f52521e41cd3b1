package org.facteur.store.kv;

import org.facteur.store.blob.BlobId;
import org.facteur.store.blob.StagedBlob;

/// A partition as it will be: what was there, and what this transaction writes over it.
///
/// Reads see the transaction's own writes. Nothing is visible to others before the commit.
public interface Transaction extends ReadView {
    /// The version the partition will have if this commits: [#version()] + 1.
    long nextVersion();

    /// @throws IllegalArgumentException past [StoreLimits]: a bug of the caller, who must cut its
    ///   work
    void put(Key key, byte[] value);

    void delete(Key key);

    /// How many rows may still be put or deleted.
    int rowsLeft();

    /// How many octets may still be written.
    int bytesLeft();

    /// Adds one reference to a blob that was just written; its octets become durable with this
    /// commit, or, when it is too large to travel along, were so before.
    void keep(StagedBlob blob);

    /// Adds one reference to a blob the partition already holds.
    ///
    /// @throws IllegalStateException when the partition does not hold it
    void retain(BlobId blob);

    /// Takes one reference away; with the last one the blob becomes garbage, collected later.
    void release(BlobId blob);
}
