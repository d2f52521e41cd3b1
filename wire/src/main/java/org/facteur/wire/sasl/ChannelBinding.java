package org.facteur.wire.sasl;

import java.util.Objects;
import org.facteur.wire.text.Octets;

/// What ties an exchange to the encrypted line it runs on, so that nobody between can pass it on
/// (RFC 5056).
///
/// @param type its registered name, for example `tls-server-end-point` (RFC 5929 §4)
/// @param data both ends have the same
public record ChannelBinding(String type, Octets data) {
    /// The hash of the server's certificate (RFC 5929 §4.1).
    public static final String SERVER_END_POINT = "tls-server-end-point";

    public ChannelBinding {
        Objects.requireNonNull(type);
        Objects.requireNonNull(data);
    }
}
