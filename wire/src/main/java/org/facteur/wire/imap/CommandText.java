package org.facteur.wire.imap;

import java.io.IOException;
import org.facteur.wire.text.Octets;

/// Where the strings of a command go while it is written: what cannot be quoted becomes a literal,
/// which may end a segment.
interface CommandText {
    /// `astring`.
    void astring(String text) throws IOException;

    /// `mailbox`, spelled as the session wants it.
    void name(String name) throws IOException;

    /// The size of a literal and what is in it, after its opening brace.
    void literal(Octets octets) throws IOException;
}
