package org.facteur.main;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `facteur` itself: says where the data lies, and leads to the commands.
@Command(
        name = "facteur",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Version.Provider.class)
final class RootCommand implements Runnable {
    /// Where the data lies when nothing else is said.
    static final String DATA = "/var/lib/facteur";

    /// The commands. A class that knows its own options is slow to read by reflection, so only the
    /// one that was asked for is built.
    private static final Map<String, Class<?>> COMMANDS = commands();

    private final Terminal terminal;
    private @Nullable PostOffice office;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = CommandLine.ScopeType.INHERIT,
            defaultValue = "${env:FACTEUR_DATA:-" + DATA + "}")
    private Path data = Path.of(DATA);

    private static Map<String, Class<?>> commands() {
        Map<String, Class<?>> commands = new LinkedHashMap<>();
        commands.put("serve", ServeCommand.class);
        commands.put("demo", DemoCommand.class);
        commands.put("setup", SetupCommand.class);
        commands.put("domain", DomainCommands.class);
        commands.put("account", AccountCommands.class);
        commands.put("alias", AliasCommands.class);
        commands.put("group", GroupCommands.class);
        commands.put("device", DeviceCommands.class);
        commands.put("mailbox", MailboxCommands.class);
        commands.put("letter", LetterCommands.class);
        commands.put("recover", RecoverCommands.class);
        commands.put("import", ImportCommand.class);
        commands.put("export", ExportCommand.class);
        commands.put("contacts", ContactsCommands.class);
        commands.put("queue", QueueCommands.class);
        commands.put("report", ReportCommands.class);
        commands.put("source", SourceCommands.class);
        commands.put("route", RouteCommands.class);
        commands.put("sieve", SieveCommands.class);
        commands.put("filter", FilterCommands.class);
        commands.put("index", IndexCommands.class);
        commands.put("verify", VerifyCommand.class);
        commands.put("doctor", DoctorCommand.class);
        commands.put("config", ConfigCommands.class);
        return commands;
    }

    /// Gives a command line the command its arguments name, or all of them when they name none:
    /// then help or a suggestion is due.
    static void addCommands(CommandLine line, List<String> arguments) {
        String asked = asked(arguments);
        Class<?> command = COMMANDS.get(asked);
        if (command == null) {
            COMMANDS.forEach(line::addSubcommand);
        } else {
            line.addSubcommand(asked, command);
        }
    }

    /// The first word that is neither an option nor the value of one.
    private static String asked(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.equals("--data")) {
                i++;
            } else if (!word.startsWith("-")) {
                return word;
            }
        }
        return "";
    }

    RootCommand(Terminal terminal, @Nullable PostOffice office) {
        this.terminal = terminal;
        this.office = office;
    }

    Terminal terminal() {
        return terminal;
    }

    Path data() {
        return terminal.directory().resolve(data).normalize();
    }

    void use(PostOffice opened) {
        office = opened;
    }

    PostOffice office() {
        PostOffice open = office;
        if (open == null) {
            throw new IllegalStateException("no post office is open");
        }
        return open;
    }

    /// Without a command there is only help.
    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                Words.bundle(terminal.language()).getString("facteur.no-command"));
    }
}
