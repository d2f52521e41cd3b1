package org.facteur.edge.relay;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.facteur.core.deliver.Bounces;
import org.facteur.core.deliver.LocalRetry;
import org.facteur.core.queue.Queue;
import org.facteur.core.queue.RouteBook;
import org.facteur.net.dns.MailExchangers;
import org.facteur.net.dns.MailExchangers.Exchanger;
import org.facteur.net.listen.Network;
import org.facteur.net.tls.ClientContexts;
import org.facteur.net.tls.Protection;
import org.jspecify.annotations.Nullable;

/// What carrying letters out needs.
public record RelayServices(
        Queue queue,
        Bounces bounces,
        LocalRetry retry,
        RouteBook routes,
        Outside outside,
        InstantSource clock) {
    /// The way out.
    ///
    /// @param protector what lines to servers must be
    public record Outside(
            Network network, MailExchangers exchangers, ClientContexts tls, Protector protector) {
        public Outside {
            Objects.requireNonNull(protector);
            Objects.requireNonNull(network);
            Objects.requireNonNull(exchangers);
            Objects.requireNonNull(tls);
        }
    }

    /// Says what protects the line to a server.
    @FunctionalInterface
    public interface Protector {
        Guard of(Way way, Exchanger exchanger);
    }

    /// What may be done towards one server.
    public sealed interface Guard {
        /// @param protections to be tried, best first; the last one that fails ends the attempt at
        ///   that server
        /// @param watch hears how lines fare; null for nobody
        record Lines(List<Protection> protections, @Nullable SessionWatch watch) implements Guard {
            public Lines {
                protections = List.copyOf(protections);
            }

            /// Unwatched ones.
            public Lines(List<Protection> protections) {
                this(protections, null);
            }
        }

        /// The server must not be used now.
        ///
        /// @param why for the log and the sender
        record Nothing(String status, String why) implements Guard {
            public Nothing {
                Objects.requireNonNull(status);
                Objects.requireNonNull(why);
            }
        }
    }

    public RelayServices {
        Objects.requireNonNull(queue);
        Objects.requireNonNull(bounces);
        Objects.requireNonNull(retry);
        Objects.requireNonNull(routes);
        Objects.requireNonNull(outside);
        Objects.requireNonNull(clock);
    }
}
