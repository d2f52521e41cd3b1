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

    /// All Java files that are shipped or test what is shipped.
    static List<Path> javaSources() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String module : List.of("wire", "store", "server", "trial")) {
            for (String kind : List.of("main", "test")) {
                Path source = root().resolve(module).resolve("src").resolve(kind).resolve("java");
                if (Files.isDirectory(source)) {
                    try (Stream<Path> walk = Files.walk(source)) {
                        walk.filter(file -> file.toString().endsWith(".java"))
                                .filter(file -> !file.endsWith("package-info.java"))
                                .forEach(files::add);
                    }
                }
            }
        }
        return files;
    }
}
