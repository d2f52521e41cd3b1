package org.facteur.wire.sasl;

import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;

/// PLAIN (RFC 4616 §2).
final class PlainClient implements SaslClient {
    private final Octets message;
    private boolean sent;

    PlainClient(String name, String password) {
        if (name.indexOf('\0') >= 0 || password.indexOf('\0') >= 0) {
            throw SyntaxFault.at(0, "a name and password without NUL", "RFC 4616 §2");
        }
        this.message = SaslText.octets("\0" + name + "\0" + password);
    }

    @Override
    public SaslMechanism mechanism() {
        return SaslMechanism.PLAIN;
    }

    @Override
    public Octets first() {
        sent = true;
        return message;
    }

    @Override
    public Octets answer(byte[] challenge) {
        if (sent || challenge.length > 0) {
            throw SyntaxFault.at(0, "no challenge", "RFC 4616 §2");
        }
        return first();
    }

    @Override
    public boolean satisfied() {
        return sent;
    }
}
