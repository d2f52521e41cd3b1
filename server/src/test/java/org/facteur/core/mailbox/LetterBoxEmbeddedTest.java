package org.facteur.core.mailbox;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LetterBoxEmbeddedTest extends LetterBoxContract {
    LetterBoxEmbeddedTest(@TempDir Path directory) throws IOException {
        super(House.in(directory.resolve("store")));
    }
}
