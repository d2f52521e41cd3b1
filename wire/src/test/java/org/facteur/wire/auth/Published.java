package org.facteur.wire.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The published vectors.
final class Published {
    private Published() {}

    static Path folder() {
        return Path.of(System.getProperty("facteur.data", "../../shared/data"));
    }

    static boolean present() {
        return Files.isDirectory(folder());
    }

    /// The documents of a YAML file.
    static List<Map<?, ?>> documents(String file) {
        List<Map<?, ?>> documents = new ArrayList<>();
        try {
            String text = Files.readString(folder().resolve(file));
            for (Object each : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
                documents.add((Map<?, ?>) each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return documents;
    }

    static Map<?, ?> map(Map<?, ?> from, String key) {
        return from.get(key) instanceof Map<?, ?> map ? map : Map.of();
    }

    static byte[] letter(String file) {
        try {
            return crlf(
                    Files.readString(
                            folder().resolve(file), java.nio.charset.StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] crlf(String text) {
        return text.replace("\r\n", "\n")
                .replace("\n", "\r\n")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
