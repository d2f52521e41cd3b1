package org.facteur.core.queue;

import java.util.List;
import java.util.Objects;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.smtp.RcptParameters;

/// An item to be added: recipients that share a destination.
///
/// @param recipients each waiting to be tried, or settled already so that only its sender is to be
///   told; past [QueueItem#RECIPIENTS] they become several items
/// @param isHeld whether it waits until somebody releases it
public record NewItem(Destination destination, List<QueuedRecipient> recipients, boolean isHeld) {
    public NewItem {
        Objects.requireNonNull(destination);
        recipients = List.copyOf(recipients);
    }

    /// One that may leave.
    public NewItem(Destination destination, List<QueuedRecipient> recipients) {
        this(destination, recipients, false);
    }

    /// The same for elsewhere, until somebody releases it. What stays in the house is not held: it
    /// is kept apart there, or only told of.
    public NewItem held() {
        return switch (destination) {
            case Destination.Remote _ -> new NewItem(destination, recipients, true);
            case Destination.Local _ -> this;
        };
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
