package org.facteur.edge.relay;

import java.util.List;
import java.util.Objects;
import org.facteur.core.queue.Smarthost;
import org.facteur.net.dns.MailExchangers.Exchanger;
import org.facteur.net.tls.PeerTrust;
import org.facteur.net.tls.Protection;

/// What lines to servers must be: what a smarthost was set to, what a letter asks for, else what
/// the server offers. Any thread.
public final class Protections implements RelayServices.Protector {
    private final PeerTrust trust;

    public Protections(PeerTrust trust) {
        this.trust = Objects.requireNonNull(trust);
    }

    @Override
    public List<Protection> of(Way way, Exchanger exchanger) {
        Smarthost smarthost = way.smarthost();
        if (way.key().requireTls()) {
            return List.of(new Protection.Trusted(trust));
        }
        if (smarthost == null) {
            return List.of(new Protection.Opportunistic(), new Protection.Clear());
        }
        return switch (smarthost.security()) {
            case IMPLICIT, REQUIRED -> List.of(new Protection.Trusted(trust));
            case OFFERED -> List.of(new Protection.Opportunistic(), new Protection.Clear());
            case NONE -> List.of(new Protection.Clear());
        };
    }
}
