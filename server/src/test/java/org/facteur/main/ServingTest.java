package org.facteur.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServingTest {
    private static final Map<String, String> NONE = Map.of();

    @Test
    void plainFormsAreRead() {
        assertThat(
                        Serving.plain(
                                List.of(
                                        "--data",
                                        "d",
                                        "serve",
                                        "--config",
                                        "f.toml",
                                        "--debug",
                                        "--log",
                                        "json"),
                                NONE))
                .contains(new Serving(Path.of("d"), Path.of("f.toml"), Serving.LogForm.JSON, true));
        assertThat(Serving.plain(List.of("serve", "--data", "d"), NONE))
                .contains(new Serving(Path.of("d"), null, Serving.LogForm.TEXT, false));
    }

    @Test
    void withoutDirectoryTheVariableOrTheStandardPlaceCounts() {
        assertThat(Serving.plain(List.of("serve"), Map.of("FACTEUR_DATA", "/elsewhere")))
                .contains(new Serving(Path.of("/elsewhere"), null, Serving.LogForm.TEXT, false));
        assertThat(Serving.plain(List.of("serve"), NONE).orElseThrow().data())
                .isEqualTo(Path.of(RootCommand.DATA));
    }

    @Test
    void everythingElseIsLeftToTheCommandLineLibrary() {
        for (List<String> words :
                List.of(
                        List.<String>of(),
                        List.of("--data", "d"),
                        List.of("serve", "--help"),
                        List.of("serve", "--data"),
                        List.of("serve", "--data", "--debug"),
                        List.of("serve", "--data=d"),
                        List.of("serve", "--data", "a", "--data", "b"),
                        List.of("serve", "--log", "xml"),
                        List.of("--debug", "serve"),
                        List.of("--config", "f", "serve"),
                        List.of("serve", "serve"),
                        List.of("serve", "more"),
                        List.of("demo"))) {
            assertThat(Serving.plain(words, NONE)).as(words.toString()).isEmpty();
        }
    }
}
