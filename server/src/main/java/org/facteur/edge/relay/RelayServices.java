package org.facteur.edge.relay;

import java.time.InstantSource;
import java.util.Objects;
import org.facteur.core.deliver.Bounces;
import org.facteur.core.deliver.LocalRetry;
import org.facteur.core.queue.Queue;
import org.facteur.net.dns.MailExchangers;
import org.facteur.net.listen.Network;
import org.facteur.net.tls.ClientContexts;

/// What carrying letters out needs.
public record RelayServices(
        Queue queue, Bounces bounces, LocalRetry retry, Outside outside, InstantSource clock) {
    /// The way out.
    public record Outside(Network network, MailExchangers exchangers, ClientContexts tls) {
        public Outside {
            Objects.requireNonNull(network);
            Objects.requireNonNull(exchangers);
            Objects.requireNonNull(tls);
        }
    }

    public RelayServices {
        Objects.requireNonNull(queue);
        Objects.requireNonNull(bounces);
        Objects.requireNonNull(retry);
        Objects.requireNonNull(outside);
        Objects.requireNonNull(clock);
    }
}
