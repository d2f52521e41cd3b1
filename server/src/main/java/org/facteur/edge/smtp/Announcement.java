package org.facteur.edge.smtp;

import java.util.List;
import java.util.Objects;
import org.facteur.core.account.Account;
import org.facteur.core.deliver.Envelope;
import org.jspecify.annotations.Nullable;

/// All that a conversation has said of a letter when its octets begin.
///
/// @param submitter who signed in; null where nobody did
record Announcement(
        SmtpState.Greeting greeting, @Nullable Account submitter, Transaction transaction) {
    Announcement {
        Objects.requireNonNull(greeting);
        Objects.requireNonNull(transaction);
    }

    List<Envelope.Recipient> recipients() {
        return transaction.recipients();
    }
}
