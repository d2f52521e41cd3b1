package org.facteur.wire.sasl;

import java.text.Normalizer;
import java.util.Locale;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;

/// PLAIN: name and password in one message (RFC 4616).
final class PlainServer implements SaslServer {
    private boolean over;

    @Override
    public SaslStep begin() {
        return new SaslStep.Challenge(Octets.EMPTY);
    }

    // message = [authzid] UTF8NUL authcid UTF8NUL passwd
    @Override
    public SaslStep step(byte[] response) {
        if (over) {
            return new SaslStep.Failed("the exchange is over");
        }
        over = true;
        try {
            String message = SaslText.utf8(response);
            int first = message.indexOf('\0');
            int second = first < 0 ? -1 : message.indexOf('\0', first + 1);
            if (second < 0 || message.indexOf('\0', second + 1) >= 0) {
                return new SaslStep.Failed("expected two NULs (RFC 4616 §2)");
            }
            String name = SaslText.name(message.substring(first + 1, second));
            if (first > 0 && !prepared(message.substring(0, first)).equals(prepared(name))) {
                return new SaslStep.Failed("acting for another identity");
            }
            return new SaslStep.Credentials(name, message.substring(second + 1));
        } catch (SyntaxFault fault) {
            return SaslText.failed(fault);
        }
    }

    /// RFC 8265 §3.3: width and case do not tell names apart.
    private static String prepared(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
