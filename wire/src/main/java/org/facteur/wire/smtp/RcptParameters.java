package org.facteur.wire.smtp;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parameters of RCPT.
///
/// @param notices when to report (RFC 3461 §4.1); empty where it was not said, NEVER stands alone
/// @param original the recipient the sender meant (RFC 3461 §4.2)
public record RcptParameters(Set<Notify> notices, @Nullable OriginalRecipient original) {
    public static final RcptParameters NONE = new RcptParameters(Set.of(), null);

    /// NOTIFY (RFC 3461 §4.1).
    public enum Notify {
        NEVER,
        SUCCESS,
        FAILURE,
        DELAY
    }

    /// ORCPT (RFC 3461 §4.2).
    ///
    /// @param type of the address, for example `rfc822`
    /// @param address decoded
    public record OriginalRecipient(String type, String address) {
        public OriginalRecipient {
            Objects.requireNonNull(type);
            Objects.requireNonNull(address);
        }
    }

    public RcptParameters {
        notices = Set.copyOf(notices);
    }

    public boolean asksForReports() {
        return !notices.isEmpty() || original != null;
    }
}
