package org.facteur.main;

import java.util.List;
import org.facteur.core.mailbox.BoxCheck;
import org.facteur.core.queue.QueueCheck;
import org.facteur.store.verify.PartitionCheck;

/// What a whole store is checked for besides the store's own rules.
final class Checks {
    private Checks() {}

    static List<PartitionCheck> all() {
        return List.of(new BoxCheck(), new QueueCheck());
    }
}
