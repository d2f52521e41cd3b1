package org.facteur.core.intake;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.mime.MailDate;
import org.jspecify.annotations.Nullable;

/// The trace field of one hop (RFC 5321 §4.4). Only typed values enter it: nothing a peer typed
/// gets in as it is.
///
/// @param peer who handed the letter over; null keeps quiet about it, as for submission
/// @param by this server
/// @param id of the letter in the log: letters, digits, hyphens
/// @param recipient null unless it is the only one, so that nobody learns of the others
public record ReceivedField(
        @Nullable Peer peer,
        Domain by,
        TransferProtocol protocol,
        String id,
        @Nullable EmailAddress recipient,
        OffsetDateTime time) {
    /// @param name how it called itself; null where that was no domain
    public record Peer(@Nullable Domain name, InetAddress address) {
        public Peer {
            Objects.requireNonNull(address);
        }
    }

    public ReceivedField {
        Objects.requireNonNull(by);
        Objects.requireNonNull(protocol);
        Objects.requireNonNull(time);
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean plain =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '-';
            if (!plain) {
                throw new IllegalArgumentException("an id is letters, digits and hyphens");
            }
        }
    }

    // Time-stamp-line = "Received:" FWS Stamp <CRLF>
    // Stamp = From-domain By-domain Opt-info [CFWS] ";" FWS date-time
    /// The whole field with its CRLF.
    public byte[] toBytes() {
        StringBuilder field = new StringBuilder(200).append("Received: ");
        Peer from = peer;
        if (from != null) {
            String literal = literal(from.address());
            Domain name = from.name();
            field.append("from ").append(name == null ? literal : name.name());
            field.append(" (").append(literal).append(")\r\n ");
        }
        field.append("by ").append(by.name()).append(" with ").append(protocol.keyword());
        field.append(" id ").append(id);
        EmailAddress only = recipient;
        if (only != null) {
            field.append("\r\n for <").append(only).append('>');
        }
        field.append(";\r\n ").append(MailDate.format(time)).append("\r\n");
        return field.toString().getBytes(StandardCharsets.UTF_8);
    }

    // TCP-info = address-literal
    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String bare = zone < 0 ? text : text.substring(0, zone);
        return address instanceof Inet6Address
                ? Domain.parse("[IPv6:" + bare + "]").name()
                : "[" + bare + "]";
    }
}
