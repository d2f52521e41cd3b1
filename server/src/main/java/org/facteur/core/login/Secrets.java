package org.facteur.core.login;

import java.util.Objects;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;

/// What is kept of a password. Prints as `***`.
///
/// @param hash Argon2id with its parameters, or SHA-256 of a device password
/// @param storedKey and serverKey of SCRAM-SHA-256 (RFC 5802 §3), 32 octets each
@SuppressWarnings("ArrayRecordComponent")
record Secrets(byte[] salt, byte[] hash, Cost cost, byte[] storedKey, byte[] serverKey) {
    /// How the hash was made.
    ///
    /// @param memoryKib 0 for a plain SHA-256
    record Cost(int memoryKib, int passes, int lanes) {
        /// OWASP's first choice: 46 MiB, one pass, one lane.
        static final Cost ARGON2 = new Cost(46 * 1024, 1, 1);

        static final Cost SHA256 = new Cost(0, 0, 0);

        boolean fast() {
            return memoryKib == 0;
        }
    }

    Secrets {
        Objects.requireNonNull(salt);
        Objects.requireNonNull(hash);
        Objects.requireNonNull(cost);
        Objects.requireNonNull(storedKey);
        Objects.requireNonNull(serverKey);
    }

    void encode(Encoder out) {
        out.octets(salt).octets(hash);
        out.number(cost.memoryKib()).number(cost.passes()).number(cost.lanes());
        out.octets(storedKey).octets(serverKey);
    }

    static Secrets decode(Decoder in) {
        return new Secrets(
                in.octets(),
                in.octets(),
                new Cost(in.count(), in.count(), in.count()),
                in.octets(),
                in.octets());
    }

    @Override
    public String toString() {
        return "***";
    }
}
