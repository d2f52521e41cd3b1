package org.facteur.wire.report;

import java.time.OffsetDateTime;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.mime.HeaderText;
import org.jspecify.annotations.Nullable;

/// What became of a letter for one recipient (RFC 3464 §2.3).
///
/// @param recipient the address as it was when delivery was tried
/// @param original the address the sender had given (RFC 3461 §4.2), null where not known
/// @param remoteMta the host that answered, null where none did
/// @param diagnostic its answer, code included, null where there was none
/// @param willRetryUntil for delays
public record RecipientReport(
        EmailAddress recipient,
        @Nullable EmailAddress original,
        DeliveryOutcome outcome,
        @Nullable HeaderText remoteMta,
        @Nullable HeaderText diagnostic,
        @Nullable OffsetDateTime lastAttempt,
        @Nullable OffsetDateTime willRetryUntil) {}
