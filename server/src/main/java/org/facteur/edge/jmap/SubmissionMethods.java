package org.facteur.edge.jmap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.shelf.ItemKind;
import org.facteur.core.shelf.ShelfChanges;
import org.facteur.core.submission.Submission;
import org.facteur.core.submission.SubmissionDesk;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.jmap.Arguments;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.facteur.wire.jmap.UtcDate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// EmailSubmission/get, /changes, /query and /queryChanges (RFC 8621 §7).
final class SubmissionMethods {
    private static final Set<String> PROPERTIES = Shapes.SUBMISSION.names();

    private SubmissionMethods() {}

    static ObjectNode get(Call call) {
        LetterBox box = call.ownBox();
        ObjectGet get = new ObjectGet(call, PROPERTIES::contains);
        call.arguments().end();
        SubmissionDesk desk = call.services().extras().desk();
        String state = States.of(box.version());
        Set<String> ids = get.ids();
        if (ids == null) {
            desk.list(box.owner()).forEach(each -> get.foundWhole(json(each)));
        } else {
            for (String id : ids) {
                Optional<Submission> found =
                        number(id).flatMap(number -> desk.find(box.owner(), number));
                if (found.isPresent()) {
                    get.foundWhole(json(found.get()));
                } else {
                    get.missing(id);
                }
            }
        }
        return get.answer(ObjectIds.of(box.owner()), state);
    }

    static Optional<Long> number(String id) {
        OptionalLong number = ObjectIds.number('S', id);
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }

    static ObjectNode changes(Call call) {
        return Identities.shelved(call, call.ownBox(), ItemKind.SUBMISSION, "S");
    }

    static ObjectNode json(Submission each) {
        ObjectNode json =
                JmapText.object()
                        .put("id", "S" + each.number())
                        .put("identityId", "I" + each.identity())
                        .put("emailId", ObjectIds.of(each.letter()))
                        .put("threadId", ObjectIds.of(each.thread()));
        ObjectNode envelope = JmapText.object();
        envelope.set("mailFrom", address(each.path().sender()));
        var recipients = JmapText.array();
        each.path().recipients().forEach(to -> recipients.add(address(to)));
        envelope.set("rcptTo", recipients);
        json.set("envelope", envelope);
        json.put("sendAt", UtcDate.of(each.sendAt()));
        json.put("undoStatus", undoStatus(each.state()));
        json.set("deliveryStatus", deliveryStatus(each));
        json.set("dsnBlobIds", JmapText.array());
        json.set("mdnBlobIds", JmapText.array());
        return json;
    }

    private static ObjectNode address(EmailAddress address) {
        return JmapText.object().put("email", address.toString()).putNull("parameters");
    }

    static String undoStatus(Submission.State state) {
        return switch (state) {
            case PENDING -> "pending";
            case LEAVING, SENT, REFUSED -> "final";
            case CANCELED -> "canceled";
        };
    }

    /// What is known when a letter leaves; reports that come later are letters themselves.
    private static @Nullable ObjectNode deliveryStatus(Submission each) {
        String reply =
                switch (each.state()) {
                    case SENT -> "250 2.0.0 Accepted";
                    case REFUSED -> "550 5.7.1 Refused";
                    case PENDING, LEAVING, CANCELED -> null;
                };
        if (reply == null) {
            return null;
        }
        ObjectNode all = JmapText.object();
        for (EmailAddress to : each.path().recipients()) {
            all.set(
                    to.toString(),
                    JmapText.object()
                            .put("smtpReply", reply)
                            .put(
                                    "delivered",
                                    each.state() == Submission.State.SENT ? "unknown" : "no")
                            .put("displayed", "unknown"));
        }
        return all;
    }

    /// Filter and sort of a query.
    private record Asked(Predicate<Submission> filter, Comparator<Submission> order) {
        static Asked take(Call call) {
            Predicate<Submission> filter =
                    FilterProgram.of(
                            call.arguments().findObject("filter"), SubmissionMethods::condition);
            return new Asked(filter, SubmissionMethods.order(call.arguments().findList("sort")));
        }

        List<String> find(SubmissionDesk desk, LetterBox box) {
            List<Submission> found = new ArrayList<>();
            for (Submission each : desk.list(box.owner())) {
                if (filter.test(each)) {
                    found.add(each);
                }
            }
            found.sort(order);
            return found.stream().map(each -> "S" + each.number()).toList();
        }
    }

    static ObjectNode query(Call call) {
        LetterBox box = call.ownBox();
        Asked asked = Asked.take(call);
        QueryWindow window = QueryWindow.take(call.arguments());
        call.arguments().end();
        ObjectNode answer =
                JmapText.object()
                        .put("accountId", ObjectIds.of(box.owner()))
                        .put("queryState", States.of(box.version()))
                        .put("canCalculateChanges", true);
        window.cut(asked.find(call.services().extras().desk(), box), answer);
        return answer;
    }

    static ObjectNode queryChanges(Call call) {
        LetterBox box = call.ownBox();
        Asked query = Asked.take(call);
        QueryChanges asked = QueryChanges.take(call.arguments());
        call.arguments().end();
        SubmissionDesk desk = call.services().extras().desk();
        ShelfChanges changes =
                desk.changesSince(box.owner(), asked.version())
                        .orElseThrow(States::cannotCalculate);
        return asked.answer(
                box, changes.to(), CardMethods.touched(changes, "S"), query.find(desk, box));
    }

    private static Predicate<Submission> condition(Arguments condition) {
        List<String> identities = condition.findIds("identityIds");
        List<String> letters = condition.findIds("emailIds");
        List<String> threads = condition.findIds("threadIds");
        String undo = condition.findText("undoStatus");
        Instant before = condition.findDate("before");
        Instant after = condition.findDate("after");
        return each ->
                (identities == null || identities.contains("I" + each.identity()))
                        && (letters == null || letters.contains(ObjectIds.of(each.letter())))
                        && (threads == null || threads.contains(ObjectIds.of(each.thread())))
                        && (undo == null || undo.equals(undoStatus(each.state())))
                        && (before == null || each.sendAt().isBefore(before))
                        && (after == null || !each.sendAt().isBefore(after));
    }

    private static Comparator<Submission> order(@Nullable List<JsonNode> list) {
        Comparator<Submission> all = Comparator.comparingInt(_ -> 0);
        for (JsonNode each : list == null ? List.<JsonNode>of() : list) {
            if (!(each instanceof ObjectNode object)) {
                throw MethodFault.invalidArguments("a comparator is an object");
            }
            Arguments arguments = new Arguments(object);
            String property = arguments.text("property");
            boolean ascending = arguments.flag("isAscending", true);
            arguments.findText("collation");
            arguments.end();
            Comparator<Submission> one =
                    switch (property) {
                        case "emailId" -> Comparator.comparing(Submission::letter);
                        case "threadId" -> Comparator.comparing(Submission::thread);
                        case "sentAt", "sendAt" -> Comparator.comparing(Submission::sendAt);
                        default ->
                                throw new MethodFault(
                                        "unsupportedSort", "there is no order by " + property);
                    };
            all = all.thenComparing(ascending ? one : one.reversed());
        }
        return all.thenComparing(Comparator.comparingLong(Submission::number).reversed());
    }
}
