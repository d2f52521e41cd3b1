package org.facteur.main;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.facteur.base.word.Language;
import picocli.CommandLine;

/// A start and some thousand letters without a public, so that the Java machine can keep the
/// classes it loaded and what it learned about them in a cache (`-XX:AOTCacheOutput`). Started by
/// the launcher, never by a person.
public final class Rehearsal {
    private static final int LETTERS = 3000;

    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream nobody =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Terminal terminal =
                new Terminal(
                        nobody,
                        nobody,
                        InputStream.nullInputStream(),
                        Language.ENGLISH,
                        Path.of("").toAbsolutePath());
        Logs.quiet();
        learnByName();
        begins(terminal);
        try (Demo demo = Demo.open(terminal)) {
            demo.importLetters(null);
            demo.letterTravels();
            demo.letterComesBack();
            demo.manyLetters(LETTERS);
        }
        System.exit(0);
    }

    /// Classes a start needs and a rehearsal would not touch: one that is not in the cache makes
    /// the machine open every jar.
    private static void learnByName() {
        List<Class<?>> classes =
                List.of(
                        Facteur.class,
                        CommandLine.PicocliException.class,
                        CommandLine.ParameterException.class);
        try {
            for (Class<?> each : classes) {
                Class.forName(each.getName());
            }
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException("a class of the program is not there", gone);
        }
    }

    /// A first start as `serve` makes it, from a node file.
    private static void begins(Terminal terminal) throws IOException {
        Path directory = Files.createTempDirectory("facteur-rehearsal");
        try {
            Path file = directory.resolve("facteur.toml");
            StringBuilder listen = new StringBuilder("hostname = \"mail.example.org\"\n[listen]\n");
            for (var service : org.facteur.base.config.Service.values()) {
                listen.append(service.key())
                        .append(service.byDefault() ? " = \"127.0.0.1:0\"\n" : " = \"off\"\n");
            }
            Files.writeString(file, listen);
            for (int start = 0; start < 2; start++) {
                Serving serving =
                        Serving.plain(
                                        List.of(
                                                "serve",
                                                "--data",
                                                directory.resolve("data").toString(),
                                                "--config",
                                                file.toString()),
                                        Map.of())
                                .orElseThrow();
                serving.start(terminal).close();
            }
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path each : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }
}
