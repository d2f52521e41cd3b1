package org.facteur.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.facteur.base.config.Setting;
import org.facteur.base.word.Sentence;
import org.junit.jupiter.api.Test;

/// Holds the page of settings to their declarations. With `-Dfacteur.write=true` a page that is out
/// of date is written anew instead of failing.
class SettingsPageTest {
    @Test
    void settingsPageIsUpToDate() throws IOException {
        Path page = HouseFiles.root().resolve("docs/admin/settings.md");
        String wanted = english() + "\n" + french();
        if (Boolean.getBoolean("facteur.write")) {
            Files.writeString(page, wanted);
        }
        assertThat(Files.readString(page))
                .as("docs/admin/settings.md; write it anew with -Dfacteur.write=true")
                .isEqualTo(wanted);
    }

    private static String english() {
        return """
        # Settings

        *Written by the build from the declarations in the code. En français plus bas.*

        Settings lie in the store. `facteur config show` lists them, `facteur config set NAME VALUE` \
        changes one, `facteur config apply FILE` takes a file of lines `name = value`, all or none. \
        A running server follows at once; conversations that are going on keep what they began \
        with.

        | name | default | values | meaning |
        |---|---|---|---|
        """
                + rows(Sentence::english, " to ");
    }

    private static String french() {
        return """
        # Réglages

        Les réglages sont rangés avec les données. `facteur config show` les montre, `facteur config set \
        NOM VALEUR` en change un, `facteur config apply FICHIER` prend un fichier de lignes \
        `nom = valeur`, tout ou rien. Un serveur en marche les suit aussitôt ; les \
        conversations en cours gardent ce avec quoi elles ont commencé.

        | nom | valeur d'origine | valeurs | sens |
        |---|---|---|---|
        """
                + rows(Sentence::french, " à ");
    }

    private static String rows(Function<Sentence, String> language, String to) {
        StringBuilder rows = new StringBuilder();
        for (Setting setting : Setting.all()) {
            String unit = language.apply(setting.unit());
            String values =
                    switch (setting.kind()) {
                        case SWITCH -> "on, off";
                        case NUMBER ->
                                setting.range().least()
                                        + to
                                        + setting.range().most()
                                        + (unit.isEmpty() ? "" : " " + unit);
                    };
            rows.append("| `")
                    .append(setting.name())
                    .append("` | ")
                    .append(setting.standard())
                    .append(" | ")
                    .append(values)
                    .append(" | ")
                    .append(language.apply(setting.prose()))
                    .append(" |\n");
        }
        return rows.toString();
    }
}
