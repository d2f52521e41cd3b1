package org.facteur.main;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.facteur.base.config.ConfigFault;
import org.facteur.base.config.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Settings of the store: show, set, apply.
@Command(
        name = "config",
        subcommands = {
            ConfigCommands.Show.class,
            ConfigCommands.Put.class,
            ConfigCommands.Apply.class
        })
final class ConfigCommands extends CommandGroup {
    /// All settings with their values.
    @Command(name = "show")
    static final class Show extends OfficeCommand {
        @Override
        void run(PostOffice office, Terminal terminal) {
            printout(terminal)
                    .rows(
                            Setting.all().stream()
                                    .map(
                                            setting ->
                                                    Printout.row(
                                                            "setting",
                                                            setting.name(),
                                                            "value",
                                                            office.settings().value(setting),
                                                            "standard",
                                                            setting.standard(),
                                                            "unit",
                                                            setting.unit().in(terminal.language()),
                                                            "meaning",
                                                            setting.prose()
                                                                    .in(terminal.language())))
                                    .toList());
        }
    }

    /// One setting.
    @Command(name = "set")
    static final class Put extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "SETTING", descriptionKey = "SETTING")
        private String name = "";

        @Parameters(index = "1", paramLabel = "VALUE", descriptionKey = "VALUE")
        private String value = "";

        @Override
        boolean makesStore() {
            return true;
        }

        @Override
        void run(PostOffice office, Terminal terminal) {
            office.settings().set(Map.of(Setting.get(name), value));
            printout(terminal)
                    .say(
                            "Done; it counts for each conversation that begins now.",
                            "C'est fait ; cela vaut pour chaque conversation qui commence.");
        }
    }

    /// Settings from a file of lines `name = value`; all or none.
    @Command(name = "apply")
    static final class Apply extends OfficeCommand {
        @Parameters(paramLabel = "FILE", descriptionKey = "FILE")
        private Path file = Path.of("");

        @Override
        boolean makesStore() {
            return true;
        }

        @Override
        void run(PostOffice office, Terminal terminal) throws IOException {
            Map<Setting, String> values = new LinkedHashMap<>();
            int number = 0;
            for (String line : lines(terminal.directory().resolve(file))) {
                number++;
                String text = line.strip();
                if (text.isEmpty() || text.startsWith("#")) {
                    continue;
                }
                int equals = text.indexOf('=');
                if (equals < 0) {
                    throw new ConfigFault(
                            "line " + number + ": expected name = value.",
                            "ligne " + number + " : attendu nom = valeur.");
                }
                values.put(
                        setting(text.substring(0, equals).strip(), number),
                        text.substring(equals + 1).strip());
            }
            office.settings().set(values);
            printout(terminal)
                    .say(
                            values.size()
                                    + " settings applied; they count for each conversation that"
                                    + " begins now.",
                            values.size()
                                    + " réglages appliqués ; ils valent pour chaque conversation"
                                    + " qui commence.");
        }

        private static Setting setting(String name, int line) {
            try {
                return Setting.get(name);
            } catch (ConfigFault unknown) {
                throw new ConfigFault(
                        "line " + line + ": " + unknown.sentence().english(),
                        "ligne " + line + " : " + unknown.sentence().french());
            }
        }

        private static List<String> lines(Path file) throws IOException {
            try (BufferedReader reader =
                    new BufferedReader(
                            new InputStreamReader(
                                    Files.newInputStream(file), StandardCharsets.UTF_8))) {
                return reader.lines().limit(10_000).toList();
            } catch (java.nio.file.NoSuchFileException _) {
                throw new ConfigFault(
                        file + " cannot be read.", "Le fichier " + file + " ne peut pas être lu.");
            }
        }
    }
}
