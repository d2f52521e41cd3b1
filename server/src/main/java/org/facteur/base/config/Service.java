package org.facteur.base.config;

import java.util.Locale;
import java.util.Optional;

/// The services a node can listen for, under the names the node file uses.
public enum Service {
    SMTP(25, true),
    SUBMISSION(587, true),
    SUBMISSIONS(465, true),
    /// Has no port of its own; listens only where the node file says.
    LMTP(0, false),
    IMAP(143, true),
    IMAPS(993, true),
    POP3(110, true),
    POP3S(995, true),
    SIEVE(4190, true),
    /// On loopback it serves this machine; elsewhere it sends to [#HTTPS].
    HTTP(80, true),
    HTTPS(443, true),
    /// On loopback; only where the node file says.
    METRICS(0, false),
    /// Administration by HTTP, on loopback; only where the node file says.
    ADMIN(0, false);

    private final int port;
    private final boolean byDefault;

    Service(int port, boolean byDefault) {
        this.port = port;
        this.byDefault = byDefault;
    }

    /// The name in the node file.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The standard port, or 0 for none.
    public int port() {
        return port;
    }

    /// Whether it listens on its standard port where the node file says nothing.
    public boolean byDefault() {
        return byDefault;
    }

    public static Optional<Service> find(String key) {
        for (Service service : values()) {
            if (service.key().equals(key)) {
                return Optional.of(service);
            }
        }
        return Optional.empty();
    }
}
