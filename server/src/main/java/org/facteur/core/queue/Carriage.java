package org.facteur.core.queue;

import java.util.Objects;

/// How an attempt reached another server.
///
/// @param host its name, empty where none was reached
/// @param tls what protected the line, in words: `TLSv1.3, DANE`; empty for a line in the clear
public record Carriage(String host, String tls) {
    /// Nobody was reached, or the letter stayed in the house.
    public static final Carriage NONE = new Carriage("", "");

    public Carriage {
        Objects.requireNonNull(host);
        Objects.requireNonNull(tls);
    }
}
