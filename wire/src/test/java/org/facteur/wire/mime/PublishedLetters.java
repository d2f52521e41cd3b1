package org.facteur.wire.mime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The letters of the published collections.
final class PublishedLetters {
    private static final List<String> FOLDERS =
            List.of(
                    "mime-stalwart",
                    "mime-mime4j",
                    "mime-mikel",
                    "mime-mailparser",
                    "mime-talon",
                    "mox");
    private static final Set<String> NOT_LETTERS =
            Set.of("json", "xml", "out", "html", "gitignore", "gitattributes", "md");

    private PublishedLetters() {}

    static Path folder() {
        return Path.of(System.getProperty("facteur.data", "../../shared/data"));
    }

    static boolean present() {
        return Files.isDirectory(folder());
    }

    static List<Path> all() {
        return FOLDERS.stream().flatMap(name -> in(name).stream()).toList();
    }

    static List<Path> in(String folder) {
        Path root = folder().resolve(folder);
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(PublishedLetters::isLetter)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isLetter(Path file) {
        String name = file.getFileName().toString();
        return !NOT_LETTERS.contains(name.substring(name.lastIndexOf('.') + 1))
                && !name.equals("COPYING");
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
