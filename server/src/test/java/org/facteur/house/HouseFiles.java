package org.facteur.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Where the project's own files lie.
final class HouseFiles {
    private HouseFiles() {}

    /// The project's directory.
    static Path root() {
        return Path.of(System.getProperty("facteur.root", "..")).toAbsolutePath().normalize();
    }

    /// All Java files that are shipped or test what is shipped, but manual pages.
    static List<Path> javaSources() throws IOException {
        return javaSourcesAndManuals().stream()
                .filter(file -> !file.endsWith("package-info.java"))
                .toList();
    }

    /// What a file is about: its class, or its package for a manual page.
    static String name(Path file) {
        if (!file.endsWith("package-info.java")) {
            return file.getFileName().toString().replace(".java", "");
        }
        // …/org/facteur/wire/mime/package-info.java
        int names = file.getNameCount();
        return file.getName(names - 3) + "." + file.getName(names - 2);
    }

    /// Everything the pages are written in, but their sentences.
    static List<Path> pageSources() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("src", "test", "build", "trial")) {
            try (Stream<Path> walk = Files.walk(root().resolve("webmail").resolve(folder))) {
                walk.filter(Files::isRegularFile)
                        .filter(file -> !file.toString().endsWith(".json"))
                        .forEach(files::add);
            }
        }
        return files;
    }

    /// All Java files.
    static List<Path> javaSourcesAndManuals() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String module : List.of("wire", "store", "server", "trial")) {
            for (String kind : List.of("main", "test")) {
                Path source = root().resolve(module).resolve("src").resolve(kind).resolve("java");
                if (Files.isDirectory(source)) {
                    try (Stream<Path> walk = Files.walk(source)) {
                        walk.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
                    }
                }
            }
        }
        return files;
    }
}
