package org.facteur.move.file;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// A file with letters in it.
///
/// @param folder where its letters belong, below the source's own; empty for there
record FoundFile(Path file, long sizeBytes, List<String> folder, Kind kind) {
    /// What is in it.
    sealed interface Kind {
        /// Many letters.
        record Mbox() implements Kind {}

        /// One letter.
        record Single() implements Kind {}

        /// One letter, with flags in the file's name.
        record Maildir(MaildirFlags flags) implements Kind {
            public Maildir {
                Objects.requireNonNull(flags);
            }
        }
    }

    FoundFile {
        Objects.requireNonNull(file);
        Objects.requireNonNull(kind);
        folder = List.copyOf(folder);
    }
}
