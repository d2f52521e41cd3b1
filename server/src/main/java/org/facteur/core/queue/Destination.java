package org.facteur.core.queue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import org.facteur.wire.address.Domain;

/// Where an item goes.
public sealed interface Destination {
    /// To the mail servers of a domain elsewhere.
    record Remote(Domain domain) implements Destination {
        public Remote {
            Objects.requireNonNull(domain);
        }
    }

    /// Into boxes here that could not take the letter at once.
    record Local() implements Destination {}

    /// The number under which what is due for it lies together: 63 bits of a hash that nobody can
    /// aim with. Part of the stored format.
    default long lane() {
        String name =
                switch (this) {
                    case Remote(Domain domain) -> domain.name();
                    case Local _ -> "";
                };
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.US_ASCII));
            return ByteBuffer.wrap(hash).getLong() & Long.MAX_VALUE;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
