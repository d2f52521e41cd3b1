package org.facteur.wire.sasl;

import org.facteur.wire.text.Octets;

/// The client's side of one exchange: for relays that sign in, for moving in from elsewhere, and
/// for tests. One thread; used once.
public sealed interface SaslClient permits PlainClient, LoginClient, ScramClient {
    SaslMechanism mechanism();

    /// The initial response. LOGIN has none by its definition, but servers take the name.
    Octets first();

    /// Answers a challenge.
    ///
    /// @throws org.facteur.wire.text.SyntaxFault when the server's message breaks the mechanism's
    ///   grammar or limits, or its own proof is wrong
    Octets answer(byte[] challenge);

    /// Whether the exchange may end in success now; a success before that is a lie (RFC 5802 §5).
    boolean satisfied();

    static SaslClient plain(String name, String password) {
        return new PlainClient(name, password);
    }

    static SaslClient login(String name, String password) {
        return new LoginClient(name, password);
    }

    /// @param nonce fresh and unguessable, printable ASCII without comma
    static SaslClient scram(String name, String password, String nonce) {
        return new ScramClient(name, password, nonce, null);
    }

    /// SCRAM-SHA-256-PLUS.
    static SaslClient scram(String name, String password, String nonce, ChannelBinding binding) {
        return new ScramClient(name, password, nonce, binding);
    }
}
