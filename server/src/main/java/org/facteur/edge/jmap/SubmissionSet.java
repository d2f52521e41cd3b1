package org.facteur.edge.jmap;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.shelf.ItemKind;
import org.facteur.core.submission.Submission;
import org.facteur.core.submission.SubmissionDesk;
import org.facteur.wire.address.AddressList;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.facteur.wire.jmap.SetFault;
import org.facteur.wire.jmap.UtcDate;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// EmailSubmission/set (RFC 8621 §7.5). One call.
final class SubmissionSet {
    private static final Set<String> KNOWN = Set.of("identityId", "emailId", "envelope");
    private static final List<String> RECIPIENTS = List.of("To", "Cc", "Bcc");

    private final Call call;
    private final LetterBox box;
    private final SubmissionDesk desk;
    private final SetAnswer answer;

    /// Letters by the submission that took them, as the client names it: `#name` or an id.
    private final Map<String, String> letters = new LinkedHashMap<>();

    private SubmissionSet(Call call, LetterBox box) {
        this.call = call;
        this.box = box;
        this.desk = call.services().extras().desk();
        this.answer = new SetAnswer(call);
    }

    static ObjectNode run(Call call) throws IOException {
        LetterBox box = call.ownBox();
        Map<String, ObjectNode> update = call.arguments().objects("onSuccessUpdateEmail");
        List<String> destroy = call.arguments().findIds("onSuccessDestroyEmail");
        SetArguments asked = SetArguments.take(call);
        call.arguments().end();
        String before = States.of(box.version());
        Identities.requireState(
                call.services().extras().shelf(), box, ItemKind.SUBMISSION, asked.ifInState());
        SubmissionSet one = new SubmissionSet(call, box);
        asked.create().forEach(one::create);
        asked.update().forEach(one::update);
        asked.destroy().forEach(one::destroy);
        String after = States.of(box.version());
        one.afterwards(update, destroy == null ? List.of() : destroy);
        return one.answer.json(ObjectIds.of(box.owner()), before, after);
    }

    /// What is done to the letters that were taken (RFC 8621 §7.5).
    private void afterwards(Map<String, ObjectNode> update, List<String> destroy)
            throws IOException {
        Map<String, ObjectNode> patches = new LinkedHashMap<>();
        update.forEach(
                (name, patch) -> {
                    String letter = letters.get(name);
                    if (letter != null) {
                        patches.put(letter, patch);
                    }
                });
        Set<String> ends = new LinkedHashSet<>();
        for (String name : destroy) {
            String letter = letters.get(name);
            if (letter != null) {
                ends.add(letter);
            }
        }
        if (!patches.isEmpty() || !ends.isEmpty()) {
            call.also()
                    .accept(
                            "Email/set",
                            EmailSet.run(
                                    call, box, new SetArguments(null, Map.of(), patches, ends)));
        }
    }

    private void create(String name, ObjectNode object) {
        try {
            Submission made = take(object);
            ObjectNode told = SubmissionMethods.json(made);
            told.remove("identityId");
            told.remove("emailId");
            answer.created(name, told);
            letters.put("#" + name, ObjectIds.of(made.letter()));
        } catch (SetFault fault) {
            answer.notCreated(name, fault);
        } catch (SyntaxFault fault) {
            answer.notCreated(name, new SetFault("invalidEmail", fault.getMessage()));
        } catch (Refusal refusal) {
            answer.notCreated(name, fault(refusal));
        } catch (Busy busy) {
            answer.notCreated(name, new SetFault("serverUnavailable", "try again"));
        }
    }

    private static SetFault fault(Refusal refusal) {
        String text = refusal.sentence().english();
        return switch (refusal.reason()) {
            case NOT_ALLOWED -> new SetFault("forbiddenFrom", text);
            case LIMIT -> new SetFault("rateLimit", text);
            case TOO_LARGE -> new SetFault("tooLarge", text);
            case NOT_FOUND, ALREADY_EXISTS, INVALID, OVER_QUOTA, LOOP, CANNOT ->
                    new SetFault("forbiddenToSend", text);
        };
    }

    private Submission take(ObjectNode object) {
        for (String property : object.propertyNames()) {
            if (!KNOWN.contains(property)) {
                throw SetFault.invalidProperties("it cannot be set", property);
            }
        }
        Identities.Chosen identity =
                Identities.find(call, box, id(object, "identityId"))
                        .orElseThrow(
                                () ->
                                        SetFault.invalidProperties(
                                                "there is no such identity", "identityId"));
        Letter letter =
                ObjectIds.letter(id(object, "emailId"))
                        .flatMap(box::findLetter)
                        .orElseThrow(
                                () ->
                                        SetFault.invalidProperties(
                                                "there is no such email", "emailId"));
        Instant now = call.services().clock().instant();
        JsonNode envelope = object.get("envelope");
        Submission.Path path;
        Instant sendAt = now;
        if (envelope == null || envelope.isNull()) {
            path = new Submission.Path(identity.address(), recipients(letter));
        } else {
            path = path(envelope);
            sendAt = sendAt(envelope.path("mailFrom").path("parameters"), now);
        }
        checkCount(path.recipients().size());
        return desk.submit(
                box.actor(),
                letter,
                new Submission(
                        0,
                        identity.number(),
                        letter.id(),
                        letter.thread(),
                        path,
                        sendAt,
                        Submission.State.PENDING));
    }

    private String id(ObjectNode object, String property) {
        JsonNode value = object.get(property);
        if (value == null || !value.isString()) {
            throw SetFault.invalidProperties("an id is wanted", property);
        }
        String real = call.resolve(value.stringValue());
        return real == null ? "" : real;
    }

    private static void checkCount(int recipients) {
        if (recipients == 0) {
            throw new SetFault("noRecipients", null);
        }
        if (recipients > SubmissionDesk.RECIPIENTS) {
            throw new SetFault("tooManyRecipients", null)
                    .with(
                            "maxRecipients",
                            tools.jackson.databind.node.JsonNodeFactory.instance.numberNode(
                                    SubmissionDesk.RECIPIENTS));
        }
    }

    /// Everybody in To, Cc and Bcc, each once.
    private List<EmailAddress> recipients(Letter letter) {
        Set<EmailAddress> all = new LinkedHashSet<>();
        List<String> broken = new ArrayList<>();
        try (OpenLetter open = new OpenLetter(box, letter)) {
            for (String field : RECIPIENTS) {
                for (byte[] value : open.header().findAll(field)) {
                    for (HeaderAddress each : AddressList.decode(value, AddressList.MOST)) {
                        EmailAddress address = each.mailbox();
                        if (address == null) {
                            broken.add(each.address());
                        } else {
                            all.add(address);
                        }
                    }
                }
            }
        }
        refuseBroken(broken);
        return List.copyOf(all);
    }

    private static void refuseBroken(List<String> broken) {
        if (!broken.isEmpty()) {
            throw new SetFault("invalidRecipients", null)
                    .with("invalidRecipients", JmapText.array(broken));
        }
    }

    private static Submission.Path path(JsonNode envelope) {
        JsonNode from = envelope.path("mailFrom").get("email");
        JsonNode to = envelope.get("rcptTo");
        if (from == null || !from.isString() || to == null || !to.isArray()) {
            throw SetFault.invalidProperties("mailFrom and rcptTo are wanted", "envelope");
        }
        List<String> broken = new ArrayList<>();
        Set<EmailAddress> recipients = new LinkedHashSet<>();
        for (JsonNode each : to) {
            JsonNode email = each.get("email");
            String text = email == null ? "" : email.asString("");
            try {
                recipients.add(EmailAddress.parse(text));
            } catch (SyntaxFault _) {
                broken.add(text);
            }
        }
        refuseBroken(broken);
        try {
            return new Submission.Path(
                    EmailAddress.parse(from.stringValue()), List.copyOf(recipients));
        } catch (SyntaxFault _) {
            throw new SetFault("forbiddenMailFrom", "this is no address");
        }
    }

    /// HOLDFOR and HOLDUNTIL (RFC 4865 §4).
    private Instant sendAt(@Nullable JsonNode parameters, Instant now) {
        Instant at = now;
        if (parameters != null && parameters.isObject()) {
            for (Map.Entry<String, JsonNode> each : parameters.properties()) {
                String value = each.getValue().asString("");
                at =
                        switch (each.getKey().toUpperCase(Locale.ROOT)) {
                            case "HOLDFOR" -> now.plusSeconds(seconds(value));
                            case "HOLDUNTIL" -> until(value);
                            default ->
                                    throw SetFault.invalidProperties(
                                            "this parameter is not understood",
                                            "envelope/mailFrom/parameters/" + each.getKey());
                        };
            }
        }
        Duration most = call.settings().holding();
        if (at.isAfter(now.plus(most))) {
            throw SetFault.invalidProperties(
                    "a letter is held " + most.toDays() + " days at most", "envelope");
        }
        return at;
    }

    private static long seconds(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                throw SetFault.invalidProperties("seconds are wanted", "envelope");
            }
        }
        if (value.isEmpty() || value.length() > 9) {
            throw SetFault.invalidProperties("seconds are wanted", "envelope");
        }
        return Long.parseLong(value);
    }

    private static Instant until(String value) {
        try {
            return UtcDate.parse(value);
        } catch (MethodFault _) {
            throw SetFault.invalidProperties("a UTC date is wanted", "envelope");
        }
    }

    private void update(String id, ObjectNode patch) {
        try {
            Optional<Long> number = SubmissionMethods.number(id);
            JsonNode undo = patch.get("undoStatus");
            if (number.isEmpty()) {
                throw SetFault.notFound();
            }
            if (patch.size() != 1 || undo == null || !undo.asString("").equals("canceled")) {
                throw SetFault.invalidProperties("only undoStatus can be set, to canceled");
            }
            Submission known = desk.find(box.owner(), number.get()).orElseThrow(SetFault::notFound);
            if (known.state() != Submission.State.CANCELED) {
                desk.cancel(box.actor(), number.get());
            }
            answer.updated(id, null);
            letters.put(id, ObjectIds.of(known.letter()));
        } catch (SetFault fault) {
            answer.notUpdated(id, fault);
        } catch (Refusal refusal) {
            answer.notUpdated(
                    id,
                    refusal.reason() == Refusal.Reason.CANNOT
                            ? new SetFault("cannotUnsend", refusal.sentence().english())
                            : SetAnswer.fault(refusal));
        }
    }

    private void destroy(String id) {
        try {
            long number = SubmissionMethods.number(id).orElseThrow(SetFault::notFound);
            Submission known = desk.find(box.owner(), number).orElseThrow(SetFault::notFound);
            desk.forget(box.actor(), number);
            answer.destroyed(id);
            letters.put(id, ObjectIds.of(known.letter()));
        } catch (SetFault fault) {
            answer.notDestroyed(id, fault);
        } catch (Refusal refusal) {
            answer.notDestroyed(id, SetAnswer.fault(refusal));
        }
    }
}
