package org.facteur.wire.imap;

import java.io.IOException;

/// The octets of a literal, known by their number and handed over only when they are written.
///
/// A supply that writes another number of octets than it promised makes the writer fail with
/// [IOException], because the conversation is then out of step and must end.
public interface OctetSupply {
    /// How many octets [#writeTo] will write, 0 or more.
    long length();

    /// Writes exactly [#length()] octets.
    void writeTo(OctetSink sink) throws IOException;
}
