package org.facteur.wire.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;

/// What the mechanisms' texts have in common.
final class SaslText {
    private static final int LONGEST_NAME = 320;

    private SaslText() {}

    /// @throws SyntaxFault for octets that are no UTF-8, or more than a line carries
    static String utf8(byte[] octets) {
        if (octets.length > SaslServer.LONGEST_RESPONSE) {
            throw new SyntaxFault(-1, "a shorter response", null);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException _) {
            throw SyntaxFault.at(0, "UTF-8", "RFC 4422 §5");
        }
    }

    /// @throws SyntaxFault for a name that is empty, too long or has controls
    static String name(String typed) {
        if (typed.isEmpty() || typed.length() > LONGEST_NAME) {
            throw new SyntaxFault(-1, "a name of 1 to 320 characters", null);
        }
        if (typed.codePoints().anyMatch(Character::isISOControl)) {
            throw SyntaxFault.at(-1, "a name without controls", "RFC 8265 §3.2");
        }
        return typed;
    }

    static Octets octets(String text) {
        return Octets.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    static SaslStep failed(SyntaxFault fault) {
        return new SaslStep.Failed(String.valueOf(fault.getMessage()));
    }
}
