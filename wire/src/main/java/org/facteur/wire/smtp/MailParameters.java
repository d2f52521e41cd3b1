package org.facteur.wire.smtp;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The parameters of MAIL.
///
/// @param size the declared size in octets (RFC 1870 §6.1), or -1 where none was
/// @param body null where none was declared
/// @param auth who handed the letter in first, as the peer says (RFC 4954 §5), decoded; empty for
///   `<>`
/// @param returned how much of the letter a report returns (RFC 3461 §4.3)
/// @param envelopeId the sender's name for this letter (RFC 3461 §4.4), decoded
public record MailParameters(
        long size,
        @Nullable BodyKind body,
        boolean smtpUtf8,
        @Nullable String auth,
        @Nullable Returned returned,
        @Nullable String envelopeId) {
    public static final MailParameters NONE = new MailParameters(-1, null, false, null, null, null);

    /// RET (RFC 3461 §4.3).
    public enum Returned {
        FULL,
        HDRS
    }

    public MailParameters {
        if (size < -1) {
            throw new IllegalArgumentException("size " + size);
        }
        if (auth != null) {
            Objects.requireNonNull(auth);
        }
    }

    /// Whether anything of RFC 3461 was asked for.
    public boolean asksForReports() {
        return returned != null || envelopeId != null;
    }
}
