package org.facteur.wire.smtp;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parameters of RCPT: what a sender asks for one recipient.
///
/// @param notices when to report (RFC 3461 §4.1); empty where it was not said, NEVER stands alone
/// @param original the recipient the sender meant (RFC 3461 §4.2)
public record RcptParameters(Set<Notify> notices, @Nullable OriginalRecipient original) {
    public static final RcptParameters NONE = new RcptParameters(Set.of(), null);

    /// NOTIFY (RFC 3461 §4.1). The order is stored.
    public enum Notify {
        NEVER,
        SUCCESS,
        FAILURE,
        DELAY
    }

    /// ORCPT (RFC 3461 §4.2).
    ///
    /// @param type of the address in lower case, for example `rfc822`
    /// @param address decoded
    public record OriginalRecipient(String type, String address) {
        /// The type whose addresses may be UTF-8 (RFC 6533 §3).
        public static final String UTF_8 = "utf-8";

        public OriginalRecipient {
            Objects.requireNonNull(type);
            Objects.requireNonNull(address);
        }
    }

    public RcptParameters {
        notices = Set.copyOf(notices);
        if (notices.contains(Notify.NEVER) && notices.size() > 1) {
            throw new IllegalArgumentException("NEVER stands alone");
        }
    }

    public boolean asksForReports() {
        return !notices.isEmpty() || original != null;
    }

    /// Whether the sender is to hear of this. Who said nothing hears of failures and delays (RFC
    /// 3461 §4.1).
    public boolean wants(Notify event) {
        return notices.isEmpty()
                ? event == Notify.FAILURE || event == Notify.DELAY
                : notices.contains(event);
    }

    /// The same without a wish to hear of success, as for the members of a group, of whom the
    /// sender is told nothing (RFC 3461 §5.2.7.2).
    public RcptParameters withoutSuccess() {
        if (!notices.contains(Notify.SUCCESS)) {
            return this;
        }
        Set<Notify> rest = EnumSet.copyOf(notices);
        rest.remove(Notify.SUCCESS);
        return new RcptParameters(rest.isEmpty() ? Set.of(Notify.NEVER) : rest, original);
    }
}
