package org.facteur.wire.report;

import java.time.OffsetDateTime;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.mime.HeaderText;
import org.facteur.wire.mime.NamedAddress;

/// The header of a report's letter. Its envelope sender is always empty (RFC 3464 §2).
///
/// @param to the envelope sender of the letter reported on
/// @param messageId without angle brackets
public record ReportFrame(
        NamedAddress from,
        EmailAddress to,
        OffsetDateTime date,
        String messageId,
        HeaderText subject) {}
