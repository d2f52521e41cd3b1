package org.facteur.net.milter;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import org.facteur.wire.address.Domain;

/// Where a filter is.
///
/// @param address of a port, or of a socket file
/// @param patience for one letter in all; whoever says that it still works is waited for as long
///   again
/// @param acceptWhenDown whether letters are taken unfiltered while the filter is down; otherwise
///   they are to be brought again
/// @param hostname who asks
public record MilterSettings(
        SocketAddress address, Duration patience, boolean acceptWhenDown, Domain hostname) {
    /// How long a filter may take where nothing else is said.
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    public MilterSettings {
        Objects.requireNonNull(address);
        Objects.requireNonNull(patience);
        Objects.requireNonNull(hostname);
    }
}
