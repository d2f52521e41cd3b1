package org.facteur.core.change;

import java.util.List;
import java.util.Objects;

/// One thing that a transaction did, with enough of what was before to take it back.
public sealed interface Change {
    /// The mailbox it happened in; 0 for what happens in none.
    long mailbox();

    /// What happened to a mailbox itself.
    enum Act {
        CREATED,
        UPDATED,
        DESTROYED
    }

    /// A mailbox was made, renamed, given a role, subscribed or removed.
    record MailboxChanged(long mailbox, Act act) implements Change {
        public MailboxChanged {
            Objects.requireNonNull(act);
        }
    }

    /// Subscriptions, grants, annotations or who shares with the account changed.
    record ListsChanged() implements Change {
        @Override
        public long mailbox() {
            return 0;
        }
    }

    /// Letters came into a mailbox.
    record Added(long mailbox, List<Mark> marks) implements Change {
        public Added {
            marks = List.copyOf(marks);
        }
    }

    /// Keywords of letters changed.
    record Marked(long mailbox, List<Mark> marks) implements Change {
        public Marked {
            marks = List.copyOf(marks);
        }
    }

    /// Letters left a mailbox.
    record Removed(long mailbox, List<Mark> marks) implements Change {
        public Removed {
            marks = List.copyOf(marks);
        }
    }

    /// A script was put, renamed, made active or not, or removed.
    record ScriptChanged(String name, Act act) implements Change {
        public ScriptChanged {
            Objects.requireNonNull(name);
            Objects.requireNonNull(act);
        }

        @Override
        public long mailbox() {
            return 0;
        }
    }

    /// One letter in one mailbox.
    ///
    /// @param before keyword bits before the change; 0 for one that came
    /// @param after keyword bits after it; 0 for one that left
    record Mark(long uid, long letter, long before, long after) {}
}
