package org.facteur.main;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Objects;
import org.facteur.base.word.Language;
import org.facteur.base.word.Sentence;

/// Where a command speaks: here, or in the terminal of whoever called the server.
///
/// @param directory from which relative file names count
public record Terminal(
        PrintStream out, PrintStream err, InputStream in, Language language, Path directory) {
    public Terminal {
        Objects.requireNonNull(out);
        Objects.requireNonNull(err);
        Objects.requireNonNull(in);
        Objects.requireNonNull(language);
        Objects.requireNonNull(directory);
    }

    /// One line in the reader's language.
    void say(String english, String french) {
        out.println(language == Language.FRENCH ? french : english);
    }

    void complain(Sentence sentence) {
        err.println(sentence.in(language));
    }
}
