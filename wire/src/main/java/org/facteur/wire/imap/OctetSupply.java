package org.facteur.wire.imap;

import java.io.IOException;
import org.facteur.wire.text.Octets;

/// The octets of a literal, known by their number and handed over only when they are written.
///
/// A supply that writes another number of octets than it promised makes the writer fail with
/// [IOException], because the conversation is then out of step and must end.
public interface OctetSupply {
    /// How many octets [#writeTo] will write, 0 or more.
    long length();

    /// Writes exactly [#length()] octets.
    void writeTo(ByteTarget sink) throws IOException;

    /// Octets that are at hand.
    static OctetSupply of(Octets octets) {
        return new Given(octets);
    }

    /// Octets that are at hand, compared by content.
    record Given(Octets octets) implements OctetSupply {
        @Override
        public long length() {
            return octets.length();
        }

        @Override
        public void writeTo(ByteTarget target) throws IOException {
            byte[] copy = octets.toArray();
            target.write(copy, 0, copy.length);
        }
    }
}
