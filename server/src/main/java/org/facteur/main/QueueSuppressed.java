package org.facteur.main;

import org.facteur.wire.address.EmailAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Addresses that no longer exist: list, forget.
@Command(
        name = "suppressed",
        subcommands = {QueueSuppressed.ListAll.class, QueueSuppressed.Forget.class})
final class QueueSuppressed extends CommandGroup {
    private static final EmailAddress NOBODY = EmailAddress.parse("nobody@localhost");

    /// All that were ever said not to exist, and which of them letters no longer go to.
    @Command(name = "list")
    static final class ListAll extends OfficeCommand {
        @Override
        void run(PostOffice office, Terminal terminal) {
            printout(terminal)
                    .rows(
                            office.queue().suppressions().list().stream()
                                    .map(
                                            each ->
                                                    Printout.row(
                                                            "address",
                                                            each.address(),
                                                            "suppressed",
                                                            each.active(),
                                                            "count",
                                                            each.count(),
                                                            "last",
                                                            each.last().toString(),
                                                            "answer",
                                                            each.answer()))
                                    .toList());
        }
    }

    /// Lets letters go there again.
    @Command(name = "forget")
    static final class Forget extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Override
        void run(PostOffice office, Terminal terminal) {
            office.queue().suppressions().forget(address);
            printout(terminal).say("Done.", "C'est fait.");
        }
    }
}
