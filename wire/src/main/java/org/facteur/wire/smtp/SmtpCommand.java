package org.facteur.wire.smtp;

import java.util.Objects;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// A command line.
public sealed interface SmtpCommand {
    /// EHLO (RFC 5321 §4.1.1.1).
    ///
    /// @param name how the peer calls itself; null where that is no domain
    record Ehlo(@Nullable Domain name) implements SmtpCommand {}

    /// HELO.
    record Helo(@Nullable Domain name) implements SmtpCommand {}

    /// LHLO (RFC 2033 §4.1).
    record Lhlo(@Nullable Domain name) implements SmtpCommand {}

    /// MAIL (RFC 5321 §4.1.1.2).
    ///
    /// @param from null for `<>`
    record Mail(@Nullable EmailAddress from, MailParameters parameters) implements SmtpCommand {
        public Mail {
            Objects.requireNonNull(parameters);
        }
    }

    /// RCPT (RFC 5321 §4.1.1.3).
    ///
    /// @param to null for `<postmaster>`, which needs no domain
    record Rcpt(@Nullable EmailAddress to, RcptParameters parameters) implements SmtpCommand {
        public Rcpt {
            Objects.requireNonNull(parameters);
        }
    }

    record Data() implements SmtpCommand {}

    /// BDAT (RFC 3030 §2): so many octets follow the line.
    record Bdat(long octets, boolean last) implements SmtpCommand {}

    record Rset() implements SmtpCommand {}

    record Noop() implements SmtpCommand {}

    record Quit() implements SmtpCommand {}

    record Vrfy() implements SmtpCommand {}

    record Expn() implements SmtpCommand {}

    record Help() implements SmtpCommand {}

    record StartTls() implements SmtpCommand {}

    /// AUTH (RFC 4954 §4).
    ///
    /// @param initial the initial response, base64 taken off; null for none, empty for `=`
    record Auth(String mechanism, @Nullable Octets initial) implements SmtpCommand {
        public Auth {
            Objects.requireNonNull(mechanism);
        }
    }

    /// A verb nobody knows here.
    record Unknown() implements SmtpCommand {}

    /// Well formed, and not to be obeyed.
    record Unacceptable(Why why) implements SmtpCommand {
        public Unacceptable {
            Objects.requireNonNull(why);
        }
    }

    /// Why a command that was understood cannot be obeyed.
    enum Why {
        /// A parameter of MAIL or RCPT that nobody offered (RFC 5321 §4.1.1.11).
        UNKNOWN_PARAMETER,
        /// An address that needs SMTPUTF8 in a letter that goes without (RFC 6531 §3.5).
        NEEDS_SMTPUTF8,
        /// A line past the limit of its verb (RFC 5321 §4.5.3.1.9).
        TOO_LONG
    }
}
