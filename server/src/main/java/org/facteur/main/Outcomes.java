package org.facteur.main;

import org.facteur.base.config.ConfigFault;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Incident;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Sentence;
import org.facteur.store.kv.StoreFault;
import org.facteur.wire.text.SyntaxFault;
import org.slf4j.LoggerFactory;

/// Exit statuses, and the one sentence that goes with a failure.
final class Outcomes {
    static final int DONE = 0;
    static final int REFUSED = 1;
    static final int USAGE = 2;
    static final int NO_STORE = 3;

    private Outcomes() {}

    /// Says why a command failed.
    ///
    /// @return its exit status
    static int status(Throwable failure, Terminal terminal) {
        return switch (failure) {
            case Refusal refusal -> complain(terminal, refusal.sentence(), REFUSED);
            case ConfigFault fault -> complain(terminal, fault.sentence(), REFUSED);
            case SyntaxFault fault ->
                    complain(
                            terminal,
                            new Sentence(
                                    "This is not well formed: " + fault.getMessage() + ".",
                                    "Ceci est mal formé : " + fault.getMessage() + "."),
                            REFUSED);
            case Busy busy ->
                    complain(
                            terminal,
                            new Sentence(
                                    "Not possible now: " + busy.getMessage() + ".",
                                    "Impossible pour l'instant : " + busy.getMessage() + "."),
                            REFUSED);
            case StoreFault fault ->
                    complain(
                            terminal,
                            new Sentence(
                                    "The store failed: " + fault.getMessage(),
                                    "Les données ont fait défaut : " + fault.getMessage()),
                            NO_STORE);
            default -> unexpected(failure, terminal);
        };
    }

    private static int complain(Terminal terminal, Sentence sentence, int status) {
        terminal.complain(sentence);
        return status;
    }

    private static int unexpected(Throwable failure, Terminal terminal) {
        Incident incident = Incident.create();
        LoggerFactory.getLogger(Outcomes.class).error("incident {}", incident, failure);
        return complain(
                terminal,
                new Sentence(
                        "Something went wrong that should not have (incident " + incident + ").",
                        "Il s'est passé quelque chose d'imprévu (incident " + incident + ")."),
                REFUSED);
    }
}
