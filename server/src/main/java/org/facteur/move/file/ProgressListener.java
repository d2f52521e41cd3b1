package org.facteur.move.file;

/// Hears how far an import or export is. Called on its thread, after each letter.
@FunctionalInterface
public interface ProgressListener {
    ProgressListener NONE = progress -> {};

    void progressed(Progress progress);

    /// How far it is.
    ///
    /// @param letters done so far, those already there included
    /// @param bytes of files read so far
    /// @param totalBytes of all files
    record Progress(long letters, long refused, long bytes, long totalBytes) {}
}
