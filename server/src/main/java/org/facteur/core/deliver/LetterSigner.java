package org.facteur.core.deliver;

import java.time.Instant;

/// Puts this server's word before letters that leave. Any thread.
@FunctionalInterface
public interface LetterSigner {
    /// @param leaves when it goes out for the first time
    /// @return header fields, each ended by CRLF; empty where there is nothing to say
    byte[] sign(Consignment consignment, Instant leaves);
}
