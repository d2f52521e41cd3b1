package org.facteur.main;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// A whole post office on this machine, to try it: letters really travel.
@Command(name = "demo")
final class DemoCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(names = "--letters", paramLabel = "FILE|DIR", descriptionKey = "letters")
    private @Nullable Path letters;

    @Option(names = "--once")
    private boolean once;

    @Override
    public Integer call() throws IOException {
        RootCommand root = (RootCommand) spec.root().userObject();
        Terminal terminal = root.terminal();
        Logs.quiet();
        Path source = letters == null ? null : terminal.directory().resolve(letters);
        try (Demo demo = Demo.open(terminal)) {
            demo.importLetters(source);
            demo.letterTravels();
            demo.letterComesBack();
            if (once) {
                terminal.say("The self-check passed.", "La vérification a réussi.");
                return Outcomes.DONE;
            }
            demo.showTable();
            demo.awaitEnd();
            return Outcomes.DONE;
        } catch (IOException | IllegalStateException failed) {
            terminal.complain(
                    new org.facteur.base.word.Sentence(
                            "The demo failed: " + failed.getMessage(),
                            "L'essai a échoué : " + failed.getMessage()));
            return Outcomes.REFUSED;
        }
    }
}
