package org.facteur.edge.jmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Holds the types the pages are checked with to what the server says. With `-Dfacteur.write=true`
/// a file that is out of date is written anew instead of failing.
class TypesFileTest {
    @Test
    void theTypesOfThePagesAreTheServers() throws IOException {
        holds("types.ts", Shapes.typescript());
        holds("card-types.ts", CardShapes.typescript());
    }

    private static void holds(String name, String wanted) throws IOException {
        Path file =
                Path.of(System.getProperty("facteur.root")).resolve("webmail/src/jmap/" + name);
        if (Boolean.getBoolean("facteur.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, wanted);
        }
        assertThat(Files.readString(file)).isEqualTo(wanted);
    }

    @Test
    void theSetsThatMethodsKnowAreTheShapes() {
        assertThat(EmailProperties.STANDARD).containsExactlyElementsOf(Shapes.EMAIL.names());
        assertThat(BodyJson.STANDARD).containsExactlyElementsOf(Shapes.BODY_PART.names());
    }
}
