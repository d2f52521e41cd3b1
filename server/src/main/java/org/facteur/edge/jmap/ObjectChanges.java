package org.facteur.edge.jmap;

import org.facteur.core.mailbox.CatalogChanges;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What every /changes has in common (RFC 8620 §5.2). One call.
final class ObjectChanges {
    private static final int MOST = 10_000;

    private final String since;
    private final long version;
    private final int most;
    private final ArrayNode created = JmapText.array();
    private final ArrayNode updated = JmapText.array();
    private final ArrayNode destroyed = JmapText.array();

    /// Takes sinceState and maxChanges.
    ObjectChanges(Call call) {
        since = call.arguments().text("sinceState");
        version = States.parse(since);
        Long wanted = call.arguments().findUnsigned("maxChanges");
        if (wanted != null && wanted == 0) {
            throw MethodFault.invalidArguments("maxChanges is 1 or more");
        }
        most = wanted == null ? MOST : (int) Math.min(wanted, MOST);
    }

    int most() {
        return most;
    }

    /// What happened since.
    ///
    /// @throws MethodFault cannotCalculateChanges
    CatalogChanges read(LetterBox box, int letters) {
        return box.catalog().changesSince(version, letters).orElseThrow(States::cannotCalculate);
    }

    void add(CatalogChanges.Fate fate, String id) {
        switch (fate) {
            case CREATED -> created.add(id);
            case UPDATED -> updated.add(id);
            case DESTROYED -> destroyed.add(id);
        }
    }

    /// @throws MethodFault cannotCalculateChanges when there are more than was asked for
    ObjectNode answer(String accountId, CatalogChanges changes) {
        if (created.size() + updated.size() + destroyed.size() > most) {
            throw States.cannotCalculate();
        }
        ObjectNode answer =
                JmapText.object()
                        .put("accountId", accountId)
                        .put("oldState", since)
                        .put("newState", States.of(changes.to()))
                        .put("hasMoreChanges", changes.more());
        answer.set("created", created);
        answer.set("updated", updated);
        answer.set("destroyed", destroyed);
        return answer;
    }
}
