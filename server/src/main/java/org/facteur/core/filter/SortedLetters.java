package org.facteur.core.filter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.facteur.wire.text.SyntaxFault;

/// Letters in files that people have sorted: to learn from, or to find out how well was learned.
/// One thread.
///
/// A fifth of them, chosen by their names, is held out: what is measured was never learned.
public final class SortedLetters {
    private static final int SHARES = 5;
    private static final long LARGEST = 50_000_000;

    private final Share share;
    private final List<One> all = new ArrayList<>();

    /// What people called a letter.
    public enum Kind {
        /// Somebody wanted it.
        HAM(false, 2),
        /// Somebody wanted it, though it looks like junk.
        HARD_HAM(false, 6),
        SPAM(true, 1);

        private final boolean junk;
        private final double worth;

        Kind(boolean junk, double worth) {
            this.junk = junk;
            this.worth = worth;
        }

        boolean junk() {
            return junk;
        }

        /// How bad it is to be wrong about one.
        double worth() {
            return worth;
        }
    }

    /// Which of them.
    public enum Share {
        ALL,
        LEARNED,
        HELD_OUT
    }

    /// @param name of its file
    record One(String name, Kind kind, ReadLetter letter) {
        One {
            Objects.requireNonNull(name);
            Objects.requireNonNull(kind);
            Objects.requireNonNull(letter);
        }
    }

    public SortedLetters(Share share) {
        this.share = Objects.requireNonNull(share);
    }

    /// Reads the files of a directory, in the order of their names. What is no letter is passed
    /// over.
    public void add(Path directory, Kind kind) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(directory)) {
            files = listed.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (isWanted(name) && Files.size(file) <= LARGEST) {
                try {
                    all.add(new One(name, kind, LetterFile.read(Files.readAllBytes(file))));
                } catch (SyntaxFault _) {
                    // Past all limits: no door takes it either.
                }
            }
        }
    }

    private boolean isWanted(String name) {
        CRC32 sum = new CRC32();
        sum.update(name.getBytes(StandardCharsets.UTF_8));
        boolean held = sum.getValue() % SHARES == 0;
        return switch (share) {
            case ALL -> true;
            case LEARNED -> !held;
            case HELD_OUT -> held;
        };
    }

    List<One> all() {
        return List.copyOf(all);
    }
}
