package org.facteur.main;

import picocli.CommandLine;

/// A command that only leads to others; alone it is wrong usage.
abstract class CommandGroup implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public final void run() {
        RootCommand root = (RootCommand) spec.root().userObject();
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                Words.bundle(root.terminal().language()).getString("facteur.no-command"));
    }
}
