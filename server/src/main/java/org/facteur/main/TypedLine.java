package org.facteur.main;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.facteur.base.event.EventSink;
import org.facteur.base.word.Sentence;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// A command line as the library reads it. Apart from [Facteur], so that `serve` starts without the
/// library's classes.
final class TypedLine {
    private TypedLine() {}

    /// Runs a command line of a person.
    static int run(List<String> arguments, Terminal terminal) {
        CommandLine line = commandLine(arguments, terminal, null);
        line.setExecutionStrategy(parsed -> dispatch(parsed, line, arguments, terminal));
        return line.execute(arguments.toArray(String[]::new));
    }

    /// Runs a command line inside the server.
    static int runInside(PostOffice office, List<String> arguments, Terminal terminal) {
        return commandLine(arguments, terminal, office).execute(arguments.toArray(String[]::new));
    }

    /// A command line that does its commands on an office, or on the one its caller will open.
    static CommandLine commandLine(
            List<String> arguments, Terminal terminal, @Nullable PostOffice office) {
        CommandLine line = new CommandLine(new RootCommand(terminal, office));
        RootCommand.addCommands(line, arguments);
        line.setResourceBundle(Words.bundle(terminal.language()));
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.AUTO));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(false);
        // An argument is what it says, never the name of a file to read arguments from.
        line.setExpandAtFiles(false);
        line.setExecutionExceptionHandler(
                (failure, command, parsed) -> Outcomes.status(failure, terminal));
        Converters.register(line);
        return line;
    }

    /// A command on a post office goes to the server that runs; without one the store is opened
    /// here.
    private static int dispatch(
            CommandLine.ParseResult parsed,
            CommandLine line,
            List<String> arguments,
            Terminal terminal) {
        CommandLine.ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        boolean help = last.isUsageHelpRequested() || last.isVersionHelpRequested();
        if (help || !(last.commandSpec().userObject() instanceof OfficeCommand command)) {
            return new CommandLine.RunLast().execute(parsed);
        }
        RootCommand root = (RootCommand) line.getCommand();
        try {
            OptionalInt answered =
                    ControlSocket.call(root.data(), arguments, terminal, command.readsInput());
            if (answered.isPresent()) {
                return answered.getAsInt();
            }
            if (!command.makesStore() && !PostOffice.exists(root.data())) {
                terminal.complain(
                        new Sentence(
                                "There is no server and no store in " + root.data() + ".",
                                "Il n'y a ni serveur ni données dans " + root.data() + "."));
                return Outcomes.NO_STORE;
            }
            Logs.quiet();
            try (PostOffice office = PostOffice.open(root.data(), EventSink.NONE)) {
                root.use(office);
                return new CommandLine.RunLast().execute(parsed);
            }
        } catch (IOException unreachable) {
            terminal.complain(
                    new Sentence(
                            "The store cannot be opened: " + unreachable.getMessage(),
                            "Les données ne peuvent pas être ouvertes : "
                                    + unreachable.getMessage()));
            return Outcomes.NO_STORE;
        } catch (CommandLine.ExecutionException wrapped) {
            Throwable cause = wrapped.getCause();
            return Outcomes.status(cause == null ? wrapped : cause, terminal);
        } catch (RuntimeException failure) {
            return Outcomes.status(failure, terminal);
        }
    }
}
