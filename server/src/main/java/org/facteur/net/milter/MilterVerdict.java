package org.facteur.net.milter;

import java.util.List;
import java.util.Objects;
import org.facteur.wire.milter.MilterReply;
import org.facteur.wire.smtp.SmtpReply;

/// What a filter wants done with a letter.
public sealed interface MilterVerdict {
    /// Take it, with these changes of its header.
    record Accept(List<MilterReply.Change> changes) implements MilterVerdict {
        public Accept {
            changes = List.copyOf(changes);
        }
    }

    /// Answer this, 4xx or 5xx.
    record Refuse(SmtpReply reply) implements MilterVerdict {
        public Refuse {
            Objects.requireNonNull(reply);
        }
    }

    /// Say that it was taken, and drop it.
    record Discard() implements MilterVerdict {}
}
