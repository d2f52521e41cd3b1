package org.facteur.main;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs the post office until it is stopped. Asks nothing it can find out.
@Command(name = "serve")
final class ServeCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(names = "--config", paramLabel = "FILE")
    private @Nullable Path config;

    @Option(names = "--log", paramLabel = "text|json")
    private Serving.LogForm log = Serving.LogForm.TEXT;

    @Option(names = "--debug")
    private boolean debug;

    @Override
    public Integer call() throws IOException {
        RootCommand root = (RootCommand) spec.root().userObject();
        return new Serving(root.data(), config, log, debug).run(root.terminal());
    }
}
