package org.facteur.main;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Sentence;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.login.Credential;
import org.facteur.core.sieve.ScriptName;
import org.facteur.core.sieve.Scripts;
import org.facteur.core.sieve.StoredScript;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.sieve.SieveCompilation;
import org.facteur.wire.sieve.SieveLimits;
import org.facteur.wire.sieve.SieveProblem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Scripts: of accounts, and those everybody can include.
@Command(
        name = "sieve",
        subcommands = {
            SieveCommands.ListAll.class,
            SieveCommands.Put.class,
            SieveCommands.Get.class,
            SieveCommands.Activate.class,
            SieveCommands.Remove.class,
            SieveTest.class
        })
final class SieveCommands extends CommandGroup {
    private static Actor actor(PostOffice office, EmailAddress address) {
        return new Actor(
                OfficeCommand.account(office, address).id(), Credential.MAIN, Door.COMMAND);
    }

    /// A file's octets, as large as a script may be and one more.
    static byte[] read(Path file, int most) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(most + 1);
        } catch (NoSuchFileException _) {
            throw new Refusal(
                    Refusal.Reason.NOT_FOUND, file + " is not there.", file + " n'existe pas.");
        }
    }

    /// Says what is wrong with a script.
    static Refusal faulty(List<SieveProblem> problems) {
        return new Refusal(
                Refusal.Reason.INVALID,
                String.join("\n", problems.stream().map(SieveProblem::english).toList()),
                String.join("\n", problems.stream().map(SieveProblem::french).toList()));
    }

    /// An account's scripts, or those of all.
    @Command(name = "list")
    static final class ListAll extends OfficeCommand {
        @Parameters(arity = "0..1", paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private @Nullable EmailAddress address;

        @Override
        void run(PostOffice office, Terminal terminal) {
            EmailAddress whose = address;
            List<StoredScript> scripts =
                    whose == null
                            ? office.scripts().listOfAll()
                            : office.scripts().list(actor(office, whose));
            List<Map<String, @Nullable Object>> rows =
                    scripts.stream()
                            .map(
                                    each ->
                                            Printout.row(
                                                    "name",
                                                    each.name().value(),
                                                    "active",
                                                    each.active(),
                                                    "octets",
                                                    each.sizeBytes(),
                                                    "changed",
                                                    each.changed().toString()))
                            .toList();
            printout(terminal).rows(rows);
        }
    }

    /// Checks and keeps one.
    @Command(name = "put")
    static final class Put extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "NAME", descriptionKey = "NAME")
        private String name = "";

        @Parameters(index = "1", paramLabel = "FILE", descriptionKey = "FILE")
        private Path file = Path.of("-");

        @Option(names = "--account", paramLabel = "ADDRESS")
        private @Nullable EmailAddress address;

        @Option(names = "--activate")
        private boolean activate;

        @Override
        boolean readsInput() {
            return file.toString().equals("-");
        }

        @Override
        void run(PostOffice office, Terminal terminal) throws IOException {
            Scripts scripts = office.scripts();
            int most = SieveLimits.STANDARD.scriptOctets();
            byte[] octets =
                    readsInput()
                            ? terminal.in().readNBytes(most + 1)
                            : read(terminal.directory().resolve(file), most);
            ScriptName script = new ScriptName(name);
            List<SieveProblem> warnings =
                    switch (scripts.compile(octets)) {
                        case SieveCompilation.Faulty(List<SieveProblem> problems) ->
                                throw faulty(problems);
                        case SieveCompilation.Ready(_, List<SieveProblem> found) -> found;
                    };
            EmailAddress whose = address;
            if (whose == null) {
                if (activate) {
                    throw new Refusal(
                            Refusal.Reason.INVALID,
                            "Only the script of an account can be active: add --account.",
                            "Seul le script d'un compte peut être actif : ajoutez --account.");
                }
                scripts.putOfAll(script, octets);
            } else {
                Actor actor = actor(office, whose);
                scripts.put(actor, script, octets);
                if (activate) {
                    scripts.activate(actor, script);
                }
            }
            Printout printout = printout(terminal);
            warnings.forEach(each -> printout.say(each.english(), each.french()));
            printout.say("The script is kept.", "Le script est gardé.");
            printout.value(
                    Printout.row(
                            "name",
                            name,
                            "warnings",
                            warnings.stream().map(SieveProblem::english).toList()));
        }
    }

    /// Shows one.
    @Command(name = "get")
    static final class Get extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "NAME", descriptionKey = "NAME")
        private String name = "";

        @Option(names = "--account", paramLabel = "ADDRESS")
        private @Nullable EmailAddress address;

        @Override
        void run(PostOffice office, Terminal terminal) {
            ScriptName script = new ScriptName(name);
            EmailAddress whose = address;
            byte[] octets =
                    whose == null
                            ? office.scripts().findOfAll(script).orElseThrow(Get::unknown)
                            : office.scripts().get(actor(office, whose), script);
            String text = new String(octets, StandardCharsets.UTF_8);
            Printout printout = printout(terminal);
            printout.say(text.stripTrailing(), text.stripTrailing());
            printout.value(Printout.row("name", name, "script", text));
        }

        private static Refusal unknown() {
            return new Refusal(
                    Refusal.Reason.NOT_FOUND,
                    new Sentence("There is no such script.", "Ce script n'existe pas."));
        }
    }

    /// Makes one the script that is run.
    @Command(name = "activate")
    static final class Activate extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private @Nullable EmailAddress address;

        @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", descriptionKey = "NAME")
        private @Nullable String name;

        @Override
        void run(PostOffice office, Terminal terminal) {
            EmailAddress whose = java.util.Objects.requireNonNull(address);
            String script = name;
            office.scripts()
                    .activate(actor(office, whose), script == null ? null : new ScriptName(script));
            printout(terminal).say("Done.", "C'est fait.");
        }
    }

    /// Takes one away.
    @Command(name = "remove")
    static final class Remove extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "NAME", descriptionKey = "NAME")
        private String name = "";

        @Option(names = "--account", paramLabel = "ADDRESS")
        private @Nullable EmailAddress address;

        @Override
        void run(PostOffice office, Terminal terminal) {
            ScriptName script = new ScriptName(name);
            EmailAddress whose = address;
            if (whose == null) {
                office.scripts().deleteOfAll(script);
            } else {
                office.scripts().delete(actor(office, whose), script);
            }
            printout(terminal).say("Removed.", "Supprimé.");
        }
    }
}
