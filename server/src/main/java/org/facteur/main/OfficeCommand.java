package org.facteur.main;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Account;
import org.facteur.core.account.Directory;
import org.facteur.core.login.Password;
import org.facteur.wire.address.EmailAddress;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// A command that works on a post office: the running one, or one opened for the occasion.
abstract class OfficeCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(names = "--json")
    private boolean json;

    /// Does it.
    ///
    /// @throws Refusal and other faults, which become a sentence and an exit status
    abstract void run(PostOffice office, Terminal terminal) throws IOException;

    /// Whether it wants what is typed or piped in.
    boolean readsInput() {
        return false;
    }

    /// Whether it may begin a store where there is none.
    boolean makesStore() {
        return false;
    }

    @Override
    public final Integer call() throws IOException {
        RootCommand root = (RootCommand) spec.root().userObject();
        run(root.office(), root.terminal());
        return status();
    }

    /// The exit status after [#run] returned.
    int status() {
        return Outcomes.DONE;
    }

    RootCommand root() {
        return (RootCommand) spec.root().userObject();
    }

    boolean json() {
        return json;
    }

    Printout printout(Terminal terminal) {
        return new Printout(terminal, json);
    }

    static Account account(PostOffice office, EmailAddress address) {
        return office.directory().findOwner(address).orElseThrow(Directory::noSuchAccount);
    }

    /// The first line of the input, as a password.
    static Password readPassword(Terminal terminal) throws IOException {
        return Password.of(readSecret(terminal));
    }

    /// The first line of the input.
    static String readSecret(Terminal terminal) throws IOException {
        byte[] input = terminal.in().readNBytes(2 * Password.LONGEST);
        String text = new String(input, java.nio.charset.StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        String typed = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        if (typed.isEmpty()) {
            throw new Refusal(
                    Refusal.Reason.INVALID,
                    "No password came on standard input.",
                    "Aucun mot de passe n'est arrivé sur l'entrée standard.");
        }
        return typed;
    }
}
