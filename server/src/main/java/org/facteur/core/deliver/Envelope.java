package org.facteur.core.deliver;

import java.util.List;
import java.util.Objects;
import org.facteur.core.account.AccountId;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/// Who a letter is from and for, as the transport says.
///
/// @param sender the reverse path; null for the empty one
/// @param recipients as they were accepted, 1 to 1,000
/// @param submitter the account that hands it in; null for a letter from outside
/// @param international whether it came with SMTPUTF8 (RFC 6531 §3.4)
public record Envelope(
        @Nullable EmailAddress sender,
        List<EmailAddress> recipients,
        @Nullable AccountId submitter,
        boolean international) {
    public Envelope {
        recipients = List.copyOf(recipients);
        Objects.requireNonNull(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("a letter is for somebody");
        }
    }
}
