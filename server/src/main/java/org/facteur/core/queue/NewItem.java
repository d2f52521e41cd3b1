package org.facteur.core.queue;

import java.util.List;
import java.util.Objects;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.smtp.RcptParameters;

/// An item to be added: recipients that share a destination.
///
/// @param recipients each waiting to be tried, or settled already so that only its sender is to be
///   told; past [QueueItem#RECIPIENTS] they become several items
public record NewItem(Destination destination, List<QueuedRecipient> recipients) {
    public NewItem {
        Objects.requireNonNull(destination);
        recipients = List.copyOf(recipients);
    }

    /// Recipients to be tried, for whom nothing was asked.
    public static NewItem waiting(Destination destination, List<EmailAddress> recipients) {
        return new NewItem(
                destination,
                recipients.stream()
                        .map(each -> QueuedRecipient.waiting(each, RcptParameters.NONE))
                        .toList());
    }
}
