package org.facteur.edge.smtp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.facteur.core.deliver.Envelope;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.smtp.MailParameters;
import org.jspecify.annotations.Nullable;

/// A letter that was announced: its envelope so far.
///
/// @param sender null for the empty reverse path
/// @param accepted the last recipient that was accepted, which knows those before it; null for none
///   yet
record Transaction(
        @Nullable EmailAddress sender, MailParameters parameters, @Nullable Accepted accepted) {
    /// A recipient and those before it, so that adding one copies nothing.
    record Accepted(Envelope.Recipient recipient, @Nullable Accepted before, int count) {
        Accepted {
            Objects.requireNonNull(recipient);
        }
    }

    Transaction {
        Objects.requireNonNull(parameters);
    }

    static Transaction begin(@Nullable EmailAddress sender, MailParameters parameters) {
        return new Transaction(sender, parameters, null);
    }

    Transaction with(Envelope.Recipient recipient) {
        return new Transaction(
                sender, parameters, new Accepted(recipient, accepted, recipientCount() + 1));
    }

    int recipientCount() {
        return accepted == null ? 0 : accepted.count();
    }

    /// In the order they were accepted.
    List<Envelope.Recipient> recipients() {
        List<Envelope.Recipient> all = new ArrayList<>(recipientCount());
        for (Accepted each = accepted; each != null; each = each.before()) {
            all.add(each.recipient());
        }
        Collections.reverse(all);
        return Collections.unmodifiableList(all);
    }
}
