package org.facteur.wire.sasl;

import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;

/// LOGIN. What the challenges say is not looked at: servers word them as they like.
final class LoginClient implements SaslClient {
    private final String name;
    private final String password;
    private int sent;

    LoginClient(String name, String password) {
        this.name = name;
        this.password = password;
    }

    @Override
    public SaslMechanism mechanism() {
        return SaslMechanism.LOGIN;
    }

    @Override
    public Octets first() {
        sent = 1;
        return SaslText.octets(name);
    }

    @Override
    public Octets answer(byte[] challenge) {
        sent++;
        return switch (sent) {
            case 1 -> SaslText.octets(name);
            case 2 -> SaslText.octets(password);
            default -> throw new SyntaxFault(-1, "no third challenge", null);
        };
    }

    @Override
    public boolean satisfied() {
        return sent == 2;
    }
}
