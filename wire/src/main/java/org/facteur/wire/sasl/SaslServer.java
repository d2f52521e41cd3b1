package org.facteur.wire.sasl;

import org.jspecify.annotations.Nullable;

/// The server's side of one exchange. One thread; used once.
public sealed interface SaslServer permits PlainServer, LoginServer, ScramServer, BearerServer {
    /// The longest response in octets, base64 taken off: what a line of 12,288 carries.
    int LONGEST_RESPONSE = 9216;

    /// The challenge for a client that sent no initial response. Not called where there was one.
    SaslStep begin();

    /// Takes a response, or the initial one. Never throws for what it holds; after anything but a
    /// [SaslStep.Challenge] the exchange is over and every further response is [SaslStep.Failed].
    SaslStep step(byte[] response);

    /// A new exchange.
    ///
    /// @param lookup asked by SCRAM alone
    /// @param nonce fresh and unguessable, printable ASCII without comma, at least 18 characters;
    ///   used by SCRAM alone
    /// @param binding what the line can be bound to, so that binding is offered on it; null for
    ///   nothing
    /// @throws IllegalArgumentException for SCRAM-SHA-256-PLUS without anything to bind to
    static SaslServer of(
            SaslMechanism mechanism,
            ScramLookup lookup,
            String nonce,
            @Nullable ChannelBinding binding) {
        return switch (mechanism) {
            case PLAIN -> new PlainServer();
            case LOGIN -> new LoginServer();
            case OAUTHBEARER -> new BearerServer(true);
            case XOAUTH2 -> new BearerServer(false);
            case SCRAM_SHA_256 -> new ScramServer(lookup, nonce, binding, false);
            case SCRAM_SHA_256_PLUS -> {
                if (binding == null) {
                    throw new IllegalArgumentException("nothing to bind to");
                }
                yield new ScramServer(lookup, nonce, binding, true);
            }
        };
    }
}
