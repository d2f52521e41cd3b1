package org.facteur.net.milter;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A letter as a filter is told of it.
///
/// @param header whole; belongs to the record
/// @param body opened once at most
@SuppressWarnings("ArrayRecordComponent")
public record MilterLetter(
        Peer peer, Envelope envelope, byte[] header, Supplier<InputStream> body) {
    /// Who brought it.
    ///
    /// @param name how it called itself; null where that was no domain
    public record Peer(@Nullable String name, InetSocketAddress address) {
        public Peer {
            Objects.requireNonNull(address);
        }
    }

    /// Its envelope.
    ///
    /// @param id of the letter in the log
    /// @param user who signed in; null for nobody
    /// @param sender without brackets, empty for none
    /// @param recipients without brackets
    public record Envelope(
            String id, @Nullable String user, String sender, List<String> recipients) {
        public Envelope {
            Objects.requireNonNull(id);
            Objects.requireNonNull(sender);
            recipients = List.copyOf(recipients);
        }
    }

    public MilterLetter {
        Objects.requireNonNull(peer);
        Objects.requireNonNull(envelope);
        Objects.requireNonNull(header);
        Objects.requireNonNull(body);
    }
}
