package org.facteur.wire.report;

import java.time.OffsetDateTime;
import java.util.List;
import org.facteur.wire.mime.HeaderText;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// A delivery status notification without its frame (RFC 3464 §2.2).
///
/// @param envelopeId what the sender gave as ENVID (RFC 3461 §4.4), decoded
/// @param reportingMta the host that speaks
/// @param arrival when that host had taken the letter
/// @param recipients at least one, at most 1,000
public record DeliveryReport(
        @Nullable HeaderText envelopeId,
        HeaderText reportingMta,
        @Nullable OffsetDateTime arrival,
        List<RecipientReport> recipients) {
    static final int MOST_RECIPIENTS = 1000;

    public DeliveryReport {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty() || recipients.size() > MOST_RECIPIENTS) {
            throw SyntaxFault.at(0, "1 to 1,000 recipients", "RFC 3464 §2.1");
        }
    }

    /// Whether an address needs the international forms (RFC 6533).
    public boolean isInternational() {
        return recipients.stream()
                .anyMatch(
                        r -> {
                            var original = r.original();
                            return r.recipient().isInternational()
                                    || (original != null && original.isInternational());
                        });
    }
}
