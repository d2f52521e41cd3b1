package org.facteur.store.blob;

/// A finished blob that no row refers to yet. May be kept in several partitions; closing it
/// afterwards gives its memory or temporary file back and does not touch what was kept.
public interface StagedBlob extends AutoCloseable {
    BlobId id();

    long size();

    /// Reads it before it is kept: for the judgement of a letter, for instance.
    Blob open();

    @Override
    void close();
}
