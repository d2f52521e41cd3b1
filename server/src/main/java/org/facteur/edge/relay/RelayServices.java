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
        /// Whatever the server offers.
        Protector OPPORTUNISTIC =
                (way, exchanger) -> List.of(new Protection.Opportunistic(), new Protection.Clear());

        /// The protections to try, best first; the last one that fails ends the attempt at that
        /// server.
        List<Protection> of(Way way, Exchanger exchanger);
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
