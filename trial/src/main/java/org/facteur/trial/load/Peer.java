package org.facteur.trial.load;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A mail server started for measuring, in a directory of its own, on loopback ports of its own.
interface Peer extends AutoCloseable {
    /// Where it listens.
    ///
    /// @param smtp null when it only takes LMTP
    record Doors(@Nullable Endpoint smtp, Endpoint lmtp, Endpoint imap, Endpoint pop3) {}

    String name();

    Doors doors();

    /// Where it speaks IMAP over TLS from the first octet; null where it does not.
    default @Nullable Endpoint imaps() {
        return null;
    }

    /// All its processes.
    List<ProcessTree> processes();

    /// Ends it and waits.
    @Override
    void close() throws IOException;
}
