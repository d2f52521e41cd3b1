package org.facteur.main;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.facteur.base.word.Language;

/// The program: reads the command line and runs it here, or in the server that holds the data.
public final class Facteur {
    private Facteur() {}

    public static void main(String[] arguments) {
        Language language = language();
        Locale.setDefault(language.locale());
        Terminal terminal =
                new Terminal(
                        stream(FileDescriptor.out),
                        stream(FileDescriptor.err),
                        System.in,
                        language,
                        Path.of("").toAbsolutePath());
        int status = run(List.of(arguments), terminal);
        terminal.out().flush();
        terminal.err().flush();
        System.exit(status);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /// French or English by the usual variables (POSIX.1-2017 §8.2).
    private static Language language() {
        for (String name : List.of("LC_ALL", "LC_MESSAGES", "LANG")) {
            String value = System.getenv(name);
            if (value != null && !value.isEmpty()) {
                return Language.of(value);
            }
        }
        return Language.ENGLISH;
    }

    /// Runs a command line of a person.
    static int run(List<String> arguments, Terminal terminal) {
        Optional<Serving> serving = Serving.plain(arguments, System.getenv());
        if (serving.isPresent()) {
            try {
                return serving.get().run(terminal);
            } catch (Exception failure) {
                return Outcomes.status(failure, terminal);
            }
        }
        return TypedLine.run(arguments, terminal);
    }
}
