package org.facteur.edge.jmap;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.LetterEdit;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.wire.jmap.PatchObject;
import org.facteur.wire.jmap.SetFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A change of one Email: its mailboxes and keywords, and nothing else (RFC 8621 §4.6).
final class EmailPatch {
    private static final String MAILBOXES = "mailboxIds";
    private static final String KEYWORDS = "keywords";

    private final Call call;
    private @Nullable Set<MailboxId> allMailboxes;
    private @Nullable Set<Keyword> allKeywords;
    private final Map<MailboxId, Boolean> mailboxes = new HashMap<>();
    private final Map<Keyword, Boolean> keywords = new HashMap<>();

    private EmailPatch(Call call) {
        this.call = call;
    }

    /// @throws SetFault invalidPatch, invalidProperties
    static LetterEdit of(Call call, LetterId letter, ObjectNode patch) {
        EmailPatch reading = new EmailPatch(call);
        for (Map.Entry<String, JsonNode> each : patch.properties()) {
            reading.take(each.getKey(), each.getValue());
        }
        boolean moves = reading.allMailboxes != null || !reading.mailboxes.isEmpty();
        boolean marks = reading.allKeywords != null || !reading.keywords.isEmpty();
        return new LetterEdit(
                letter,
                moves ? new LetterEdit.Selection<>(reading.allMailboxes, reading.mailboxes) : null,
                marks ? new LetterEdit.Selection<>(reading.allKeywords, reading.keywords) : null);
    }

    private void take(String path, JsonNode value) {
        List<String> steps = PatchObject.steps(path);
        switch (steps.getFirst()) {
            case MAILBOXES -> {
                if (steps.size() == 1) {
                    allMailboxes = mailboxes(call, value);
                } else {
                    mailboxes.put(mailbox(call, single(steps)), flag(path, value));
                }
            }
            case KEYWORDS -> {
                if (steps.size() == 1) {
                    allKeywords = keywords(value);
                } else {
                    keywords.put(keyword(single(steps)), flag(path, value));
                }
            }
            default -> throw SetFault.invalidProperties("it cannot be changed", steps.getFirst());
        }
        boolean both =
                (allMailboxes != null && !mailboxes.isEmpty())
                        || (allKeywords != null && !keywords.isEmpty());
        if (both) {
            throw SetFault.invalidPatch("one path is inside another");
        }
    }

    private static String single(List<String> steps) {
        if (steps.size() != 2) {
            throw SetFault.invalidPatch("too deep a path");
        }
        return steps.get(1);
    }

    private static boolean flag(String path, JsonNode value) {
        if (value.isNull()) {
            return false;
        }
        if (!value.isBoolean() || !value.booleanValue()) {
            throw SetFault.invalidProperties("true or null is wanted", path);
        }
        return true;
    }

    static Set<MailboxId> mailboxes(Call call, JsonNode value) {
        Set<MailboxId> all = new HashSet<>();
        for (String each : names(MAILBOXES, value)) {
            all.add(mailbox(call, each));
        }
        if (all.isEmpty()) {
            throw SetFault.invalidProperties("a letter lies in one mailbox at least", MAILBOXES);
        }
        return all;
    }

    static Set<Keyword> keywords(JsonNode value) {
        Set<Keyword> all = new HashSet<>();
        for (String each : names(KEYWORDS, value)) {
            all.add(keyword(each));
        }
        return all;
    }

    private static Set<String> names(String property, JsonNode value) {
        Set<String> names = new HashSet<>();
        if (!value.isObject()) {
            throw SetFault.invalidProperties("a set is wanted", property);
        }
        for (Map.Entry<String, JsonNode> each : value.properties()) {
            if (!each.getValue().isBoolean() || !each.getValue().booleanValue()) {
                throw SetFault.invalidProperties("true is wanted", property);
            }
            names.add(each.getKey());
        }
        return names;
    }

    private static MailboxId mailbox(Call call, String id) {
        String real = call.resolve(id);
        return ObjectIds.mailbox(real == null ? "" : real)
                .orElseThrow(
                        () -> SetFault.invalidProperties("there is no mailbox " + id, MAILBOXES));
    }

    private static Keyword keyword(String name) {
        try {
            return new Keyword(name);
        } catch (Refusal invalid) {
            throw SetFault.invalidProperties(invalid.sentence().english(), KEYWORDS);
        }
    }
}
