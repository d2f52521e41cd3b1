package org.facteur.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.facteur.store.blob.Blob;
import org.facteur.store.blob.BlobId;
import org.facteur.store.blob.StagedBlob;
import org.slf4j.LoggerFactory;

/// A finished blob of this engine that is not kept yet.
sealed interface Staged extends StagedBlob {
    /// Travels in the batch.
    ///
    /// @param packed as [BlobPacking] makes it
    @SuppressWarnings("ArrayRecordComponent")
    record Small(BlobId id, byte[] octets, byte[] packed) implements Staged {
        public Small {
            Objects.requireNonNull(id);
        }

        @Override
        public long size() {
            return octets.length;
        }

        @Override
        public Blob open() {
            return new HeapBlob(id, octets);
        }

        @Override
        public void close() {
            // the heap takes it back
        }
    }

    /// Lies in a synced file that partitions link to.
    record Large(BlobId id, long size, Path file) implements Staged {
        public Large {
            Objects.requireNonNull(id);
            Objects.requireNonNull(file);
        }

        @Override
        public Blob open() {
            return FileBlob.open(file, id);
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LoggerFactory.getLogger(Staged.class).warn("{} stays until a restart", file, e);
            }
        }
    }
}
