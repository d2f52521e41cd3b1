package org.facteur.base.fault;

import java.security.SecureRandom;
import java.util.HexFormat;

/// The name of something that should not have happened: told to the peer, written to the log with
/// the stack, so that one leads to the other.
public record Incident(String id) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /// A new one: eight hexadecimal digits.
    public static Incident create() {
        byte[] octets = new byte[4];
        RANDOM.nextBytes(octets);
        return new Incident(HexFormat.of().formatHex(octets));
    }

    @Override
    public String toString() {
        return id;
    }
}
