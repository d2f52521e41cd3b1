package org.facteur.main;

import java.util.List;
import java.util.Map;
import org.facteur.base.fault.Refusal;
import org.facteur.core.queue.Destination;
import org.facteur.core.queue.Queue;
import org.facteur.core.queue.QueueId;
import org.facteur.core.queue.QueueItem;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The queue: list, show, retry, hold, release, drop, trace; addresses that no longer exist.
@Command(
        name = "queue",
        subcommands = {
            QueueCommands.ListAll.class,
            QueueCommands.Show.class,
            QueueCommands.Retry.class,
            QueueCommands.Hold.class,
            QueueCommands.Release.class,
            QueueCommands.Drop.class,
            QueueTrace.class,
            QueueSuppressed.class
        })
final class QueueCommands extends CommandGroup {
    private static Map<String, @Nullable Object> row(QueueItem item) {
        EmailAddress sender = item.origin().sender();
        String to =
                switch (item.destination()) {
                    case Destination.Remote remote -> remote.domain().name();
                    case Destination.Local _ -> "local";
                };
        return Printout.row(
                "id",
                item.id().toString(),
                "sender",
                sender == null ? "<>" : sender.toString(),
                "destination",
                to,
                "recipients",
                item.recipients().stream().map(each -> each.address().toString()).toList(),
                "bytes",
                item.letter().sizeBytes(),
                "attempts",
                item.schedule().attempts(),
                "next",
                item.schedule().held() ? "held" : item.schedule().next().toString());
    }

    /// What waits.
    @Command(name = "list")
    static final class ListAll extends OfficeCommand {
        @Option(names = "--most", paramLabel = "N")
        private int most = 1000;

        @Override
        void run(PostOffice office, Terminal terminal) {
            printout(terminal)
                    .rows(office.queue().list(most).stream().map(QueueCommands::row).toList());
        }
    }

    /// One item with what the other side said.
    @Command(name = "show")
    static final class Show extends ItemCommand {
        @Override
        void run(PostOffice office, Terminal terminal) {
            QueueItem item =
                    office.queue()
                            .find(id())
                            .orElseThrow(
                                    () ->
                                            new Refusal(
                                                    Refusal.Reason.NOT_FOUND,
                                                    "There is no such letter in the queue.",
                                                    "Cette lettre n'est pas dans la file."));
            Printout printout = printout(terminal);
            List<Map<String, @Nullable Object>> recipients =
                    item.recipients().stream()
                            .map(
                                    each ->
                                            Printout.row(
                                                    "recipient", each.address().toString(),
                                                    "state", each.state().name(),
                                                    "status", each.status(),
                                                    "answer", each.answer()))
                            .toList();
            if (json()) {
                Map<String, @Nullable Object> whole = row(item);
                whole.put("recipients", recipients);
                whole.put("created", item.schedule().created().toString());
                printout.value(whole);
            } else {
                printout.rows(List.of(row(item)));
                printout.rows(recipients);
            }
        }
    }

    /// A command on one item, or on all.
    abstract static class ItemCommand extends OfficeCommand {
        @Parameters(paramLabel = "ID", descriptionKey = "ID")
        private long id;

        QueueId id() {
            return new QueueId(id);
        }
    }

    /// A command that changes one item and says so.
    abstract static class Changing extends ItemCommand {
        abstract void change(Queue queue);

        @Override
        final void run(PostOffice office, Terminal terminal) {
            change(office.queue());
            printout(terminal).say("Done.", "C'est fait.");
        }
    }

    /// Try now.
    @Command(name = "retry")
    static final class Retry extends Changing {
        @Override
        void change(Queue queue) {
            queue.retry(id());
        }
    }

    /// Keep back.
    @Command(name = "hold")
    static final class Hold extends Changing {
        @Override
        void change(Queue queue) {
            queue.hold(id());
        }
    }

    /// Let go on.
    @Command(name = "release")
    static final class Release extends Changing {
        @Override
        void change(Queue queue) {
            queue.retry(id());
        }
    }

    /// Remove without telling anybody.
    @Command(name = "drop")
    static final class Drop extends Changing {
        @Override
        void change(Queue queue) {
            queue.drop(id());
        }
    }
}
