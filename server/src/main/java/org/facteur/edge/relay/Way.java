package org.facteur.edge.relay;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import org.facteur.core.queue.Smarthost;
import org.facteur.net.dns.MailExchangers.Exchanger;
import org.jspecify.annotations.Nullable;

/// How a letter gets to its next servers. Letters with equal keys can share a session.
///
/// @param exchangers in the order to be tried, at least one
/// @param smarthost null for the way of the DNS
public record Way(Key key, List<Exchanger> exchangers, @Nullable Smarthost smarthost) {
    /// What makes two ways the same.
    ///
    /// @param next domain or smarthost
    /// @param requireTls whether the letter asks for a proven line (RFC 8689 §4.2.1)
    /// @param sources addresses of this machine it may leave from; empty for any
    public record Key(String next, boolean requireTls, List<InetAddress> sources) {
        public Key {
            Objects.requireNonNull(next);
            sources = List.copyOf(sources);
        }

        /// From any address.
        public Key(String next, boolean requireTls) {
            this(next, requireTls, List.of());
        }
    }

    public Way {
        Objects.requireNonNull(key);
        exchangers = List.copyOf(exchangers);
        if (exchangers.isEmpty()) {
            throw new IllegalArgumentException("a way leads somewhere");
        }
    }

    /// Whether the line is encrypted from its first octet.
    boolean implicitTls() {
        Smarthost over = smarthost;
        return over != null && over.security() == Smarthost.Security.IMPLICIT;
    }

    Smarthost.@Nullable SignIn signIn() {
        Smarthost over = smarthost;
        return over == null ? null : over.signIn();
    }
}
