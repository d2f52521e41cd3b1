package org.facteur.core.queue;

import java.util.Locale;
import java.util.Objects;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.StoreFault;
import org.facteur.wire.address.Domain;
import org.jspecify.annotations.Nullable;

/// A server that takes letters for elsewhere in place of the servers the DNS names.
///
/// @param host name or address literal
/// @param port 1 to 65535
/// @param signIn null where we do not sign in
public record Smarthost(Domain host, int port, Security security, @Nullable SignIn signIn) {
    private static final int FORMAT = 1;
    private static final int PORTS = 65_536;

    /// What the line must be. The order is stored.
    public enum Security {
        /// Encrypted from its first octet, the certificate checked (RFC 8314 §3.3).
        IMPLICIT,
        /// STARTTLS, the certificate checked.
        REQUIRED,
        /// STARTTLS where it is offered.
        OFFERED,
        /// In the clear.
        NONE
    }

    /// User and password.
    public record SignIn(String user, String password) {
        public SignIn {
            Objects.requireNonNull(user);
            Objects.requireNonNull(password);
        }

        @Override
        public String toString() {
            return user + ":***";
        }
    }

    public Smarthost {
        Objects.requireNonNull(host);
        Objects.requireNonNull(security);
        if (port < 1 || port >= PORTS) {
            throw new IllegalArgumentException("port " + port);
        }
        if (signIn != null && (security == Security.OFFERED || security == Security.NONE)) {
            throw new IllegalArgumentException("no password goes over a line in the clear");
        }
    }

    byte[] encode() {
        SignIn who = signIn;
        return new Encoder(FORMAT)
                .text(host.name())
                .number(port)
                .number(security.ordinal())
                .optionalText(who == null ? null : who.user())
                .text(who == null ? "" : who.password())
                .toBytes();
    }

    static Smarthost decode(byte[] row) {
        Decoder in = new Decoder(row, FORMAT);
        Domain host = Domain.parse(in.text());
        int port = in.count();
        int security = in.count();
        if (security >= Security.values().length) {
            throw new StoreFault(StoreFault.Kind.CORRUPT, "a security that none would write");
        }
        String user = in.optionalText();
        String password = in.text();
        in.end();
        return new Smarthost(
                host,
                port,
                Security.values()[security],
                user == null ? null : new SignIn(user, password));
    }

    @Override
    public String toString() {
        SignIn who = signIn;
        return host
                + ":"
                + port
                + " "
                + security.name().toLowerCase(Locale.ROOT)
                + (who == null ? "" : " " + who);
    }
}
