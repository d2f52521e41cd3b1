package org.facteur.main;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Sentence;
import org.facteur.core.queue.QueueId;
import org.facteur.core.queue.RecipientResult;
import org.facteur.core.queue.Timeline;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Where is my letter? What happened to one, or to those a person sent lately.
@Command(name = "trace")
final class QueueTrace extends OfficeCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", descriptionKey = "ID")
    private @Nullable Long id;

    @Option(names = "--sender", paramLabel = "ADDRESS")
    private @Nullable EmailAddress sender;

    @Option(names = "--most", paramLabel = "N")
    private int most = 20;

    @Override
    void run(PostOffice office, Terminal terminal) {
        Printout printout = printout(terminal);
        List<Timeline> found = find(office);
        if (json()) {
            List<Map<String, @Nullable Object>> whole = new ArrayList<>();
            for (Timeline timeline : found) {
                Map<String, @Nullable Object> row = head(timeline);
                row.put(
                        "steps",
                        timeline.steps().stream().map(step -> step(step, terminal)).toList());
                whole.add(row);
            }
            printout.rows(whole);
            return;
        }
        for (Timeline timeline : found) {
            printout.rows(List.of(head(timeline)));
            printout.rows(timeline.steps().stream().map(step -> step(step, terminal)).toList());
            terminal.out().println();
        }
        if (found.isEmpty()) {
            printout.say(
                    "Nothing is known of such letters.", "Rien n'est connu de telles lettres.");
        }
    }

    private List<Timeline> find(PostOffice office) {
        Long number = id;
        EmailAddress from = sender;
        if (number != null) {
            return List.of(
                    office.queue()
                            .timelines()
                            .find(new QueueId(Math.max(0, number)))
                            .orElseThrow(
                                    () ->
                                            new Refusal(
                                                    Refusal.Reason.NOT_FOUND,
                                                    "Nothing is known of such a letter.",
                                                    "Rien n'est connu d'une telle lettre.")));
        }
        if (from == null) {
            throw new Refusal(
                    Refusal.Reason.INVALID,
                    "Name a letter by its number, or a person with --sender.",
                    "Indiquez une lettre par son numéro, ou une personne avec --sender.");
        }
        return office.queue().timelines().sentBy(account(office, from).id(), most);
    }

    private static Map<String, @Nullable Object> head(Timeline timeline) {
        return Printout.row(
                "id",
                timeline.id().toString(),
                "sender",
                timeline.sender().isEmpty() ? "<>" : timeline.sender(),
                "destination",
                timeline.destination().isEmpty() ? "local" : timeline.destination(),
                "accepted",
                timeline.accepted().toString());
    }

    private static Map<String, @Nullable Object> step(Timeline.Step step, Terminal terminal) {
        return Printout.row(
                "at",
                step.at().toString(),
                "what",
                words(step.kind()).in(terminal.language()),
                "recipients",
                step.recipients(),
                "host",
                step.carriage().host(),
                "tls",
                step.carriage().tls(),
                "status",
                step.status(),
                "answer",
                step.answer(),
                "next",
                step.next() == null ? "" : step.next().toString());
    }

    private static Sentence words(RecipientResult.Kind kind) {
        return switch (kind) {
            case DELIVERED -> new Sentence("delivered", "remise");
            case RELAYED -> new Sentence("relayed", "transmise");
            case DEFERRED -> new Sentence("waits", "attend");
            case REFUSED -> new Sentence("refused", "refusée");
        };
    }
}
