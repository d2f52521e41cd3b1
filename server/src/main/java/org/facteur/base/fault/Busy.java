package org.facteur.base.fault;

import org.jspecify.annotations.Nullable;

/// Try again later: the disk is full, the store is stopping, a resolver does not answer, a limit
/// that passes with time was reached.
///
/// SMTP 451 4.3.0, IMAP `NO [UNAVAILABLE]`, POP3 `-ERR [SYS/TEMP]`, JMAP serverUnavailable, HTTP
/// 503.
public final class Busy extends RuntimeException {
    public Busy(String cause) {
        this(cause, null);
    }

    /// @param cause for the log, in plain English; the peer only learns that it may try again
    public Busy(String cause, @Nullable Throwable origin) {
        super(cause, origin);
    }
}
