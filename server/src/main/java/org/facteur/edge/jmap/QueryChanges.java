package org.facteur.edge.jmap;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.facteur.core.mailbox.CatalogChanges;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterCatalog;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.ThreadId;
import org.facteur.core.mailbox.WholeLetter;
import org.facteur.wire.jmap.Arguments;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What every /queryChanges has in common (RFC 8620 §5.6): the query is asked again, and every
/// object that was touched since is taken out of the old result and, where it still fits, put into
/// the new one.
///
/// @param upToId the last id the client knows; null for all
record QueryChanges(
        String since, long version, @Nullable Long most, @Nullable String upToId, boolean total) {
    static QueryChanges take(Arguments arguments) {
        String since = arguments.text("sinceQueryState");
        Long most = arguments.findUnsigned("maxChanges");
        String upTo = arguments.findId("upToId");
        boolean total = arguments.flag("calculateTotal", false);
        return new QueryChanges(since, States.parse(since), most, upTo, total);
    }

    /// @param touched ids that may have come, gone or moved
    /// @param now the whole result, in order
    ObjectNode answer(LetterBox box, long version, Set<String> touched, List<String> now) {
        ArrayNode added = JmapText.array();
        for (int i = 0; i < now.size(); i++) {
            if (touched.contains(now.get(i))) {
                added.add(JmapText.object().put("id", now.get(i)).put("index", i));
            }
        }
        if (most != null && touched.size() + added.size() > most) {
            throw new MethodFault("tooManyChanges", null);
        }
        ObjectNode answer =
                JmapText.object()
                        .put("accountId", ObjectIds.of(box.owner()))
                        .put("oldQueryState", since)
                        .put("newQueryState", States.of(version));
        if (total) {
            answer.put("total", now.size());
        }
        answer.set("removed", JmapText.array(touched));
        answer.set("added", added);
        return answer;
    }

    /// Email/queryChanges (RFC 8621 §4.5).
    static ObjectNode ofEmails(Call call) throws IOException {
        LetterBox box = call.box();
        EmailQuery query = new EmailQuery(call, box);
        QueryChanges asked = take(call.arguments());
        call.arguments().end();
        CatalogChanges changes =
                box.catalog()
                        .changesSince(asked.version(), Integer.MAX_VALUE)
                        .orElseThrow(States::cannotCalculate);
        Set<String> touched = new LinkedHashSet<>();
        changes.letters().keySet().forEach(each -> touched.add(ObjectIds.of(each)));
        if (query.ofThreads()) {
            touched.addAll(neighbours(box, changes));
        }
        return asked.answer(box, changes.to(), touched, EmailQuery.names(query.find()));
    }

    /// All letters of threads of which a letter was touched: another of them may stand for the
    /// thread now.
    private static Set<String> neighbours(LetterBox box, CatalogChanges changes) {
        LetterCatalog catalog = box.catalog();
        LetterCatalog.Threads threads = catalog.threads();
        Set<ThreadId> seen = new HashSet<>();
        Set<String> all = new LinkedHashSet<>();
        for (Map.Entry<LetterId, CatalogChanges.LetterFate> each : changes.letters().entrySet()) {
            Optional<ThreadId> thread = threads.find(each.getKey());
            if (thread.isEmpty()) {
                throw States.cannotCalculate();
            }
            if (seen.add(thread.get())) {
                for (WholeLetter letter : catalog.thread(thread.get())) {
                    all.add(ObjectIds.of(letter.letter().id()));
                }
            }
        }
        return all;
    }

    /// Mailbox/queryChanges (RFC 8621 §2.4).
    static ObjectNode ofMailboxes(Call call) {
        LetterBox box = call.box();
        MailboxQuery query = new MailboxQuery(call.arguments(), box);
        QueryChanges asked = take(call.arguments());
        call.arguments().end();
        CatalogChanges changes =
                box.catalog()
                        .changesSince(asked.version(), Integer.MAX_VALUE)
                        .orElseThrow(States::cannotCalculate);
        Set<String> touched = new LinkedHashSet<>();
        changes.mailboxes()
                .forEach(
                        (id, fate) -> {
                            if (!fate.countsOnly()) {
                                touched.add(ObjectIds.of(id));
                            }
                        });
        return asked.answer(box, changes.to(), touched, query.find());
    }
}
