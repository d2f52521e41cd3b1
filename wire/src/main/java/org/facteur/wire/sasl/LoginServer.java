package org.facteur.wire.sasl;

import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// LOGIN: the name, then the password; for programs that know nothing better.
final class LoginServer implements SaslServer {
    private @Nullable String name;
    private boolean over;

    @Override
    public SaslStep begin() {
        return new SaslStep.Challenge(SaslText.octets("Username:"));
    }

    @Override
    public SaslStep step(byte[] response) {
        if (over) {
            return new SaslStep.Failed("the exchange is over");
        }
        try {
            String text = SaslText.utf8(response);
            String known = name;
            if (known == null) {
                name = SaslText.name(text);
                return new SaslStep.Challenge(SaslText.octets("Password:"));
            }
            over = true;
            return new SaslStep.Credentials(known, text);
        } catch (SyntaxFault fault) {
            over = true;
            return SaslText.failed(fault);
        }
    }
}
