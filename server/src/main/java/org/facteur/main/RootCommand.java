package org.facteur.main;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `facteur` itself: says where the data lies, and leads to the commands.
@Command(
        name = "facteur",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Version.class,
        subcommands = {
            ServeCommand.class,
            DemoCommand.class,
            SetupCommand.class,
            DomainCommands.class,
            AccountCommands.class,
            AliasCommands.class,
            DeviceCommands.class,
            RecoverCommands.class,
            ImportCommand.class,
            ExportCommand.class,
            QueueCommands.class,
            VerifyCommand.class,
            DoctorCommand.class,
            ConfigCommands.class
        })
final class RootCommand implements Runnable {
    private final Terminal terminal;
    private @Nullable PostOffice office;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = CommandLine.ScopeType.INHERIT,
            defaultValue = "${env:FACTEUR_DATA:-/var/lib/facteur}")
    private Path data = Path.of("/var/lib/facteur");

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
