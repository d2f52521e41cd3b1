package org.facteur.edge.imap;

import java.time.Duration;
import org.facteur.wire.imap.ImapLimits;

/// What can be set about the IMAP server.
///
/// @param times how long things may take
/// @param errorsBeforeLogin bad commands after which a stranger is shown the door, 1 or more
/// @param errorsAfterLogin the same for who has logged in
/// @param appendLimitBytes the largest letter APPEND takes, in octets; the same limit as the letter
///   writers'
/// @param messages how many letters one command works on (RFC 9738); 0 for any number
/// @param insecurePlaintextLogin whether a password may come in the clear over the loopback
///   interface; never over another
public record ImapSettings(
        Times times,
        int errorsBeforeLogin,
        int errorsAfterLogin,
        long appendLimitBytes,
        long messages,
        boolean insecurePlaintextLogin) {
    /// How long things may take.
    ///
    /// @param beforeLogin from the greeting to the login, in all
    /// @param command from the first octet of a command to the last of its answer; large letters
    ///   get one second more for each kilobyte
    /// @param idle between two commands, and inside IDLE; at least 30 minutes by RFC 9051 §5.4
    public record Times(Duration beforeLogin, Duration command, Duration idle) {
        public static final Times STANDARD =
                new Times(Duration.ofSeconds(60), Duration.ofMinutes(5), Duration.ofMinutes(30));

        public Times {
            if (!beforeLogin.isPositive() || !command.isPositive() || !idle.isPositive()) {
                throw new IllegalArgumentException("a time is positive");
            }
        }
    }

    /// The defaults.
    public static final ImapSettings STANDARD =
            new ImapSettings(Times.STANDARD, 3, 20, 50L << 20, 0, false);

    public ImapSettings {
        if (errorsBeforeLogin < 1 || errorsAfterLogin < 1 || appendLimitBytes < 1) {
            throw new IllegalArgumentException("a limit is 1 or more");
        }
        if (messages < 0) {
            throw new IllegalArgumentException("a number of letters is 0 or more");
        }
    }

    /// The same, with passwords in the clear over loopback.
    public ImapSettings withInsecurePlaintextLogin() {
        return new ImapSettings(
                times, errorsBeforeLogin, errorsAfterLogin, appendLimitBytes, messages, true);
    }

    /// The same, with a limit to what one command works on.
    ImapSettings withMessages(long most) {
        return new ImapSettings(
                times,
                errorsBeforeLogin,
                errorsAfterLogin,
                appendLimitBytes,
                most,
                insecurePlaintextLogin);
    }

    /// What a command may cost once somebody has logged in.
    ImapLimits limits() {
        return ImapLimits.AFTER_LOGIN.withAppendOctets(appendLimitBytes);
    }
}
