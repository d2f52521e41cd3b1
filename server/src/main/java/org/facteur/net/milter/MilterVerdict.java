package org.facteur.net.milter;

import java.util.List;
import java.util.Objects;
import org.facteur.wire.milter.MilterReply;
import org.facteur.wire.smtp.SmtpReply;
import org.jspecify.annotations.Nullable;

/// What a filter wants done with a letter.
public sealed interface MilterVerdict {
    /// Take it, with these changes of its header.
    ///
    /// @param quarantine why it is to be kept apart; null where it is not
    record Accept(List<MilterReply.Change> changes, @Nullable String quarantine)
            implements MilterVerdict {
        public Accept {
            changes = List.copyOf(changes);
        }

        /// As it is.
        Accept() {
            this(List.of(), null);
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
