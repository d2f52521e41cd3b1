package org.facteur.core.sieve;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.facteur.base.fault.Refusal;

/// What a script is called (RFC 5804 §1.6).
///
/// @param value NFC; 1 to 512 octets of UTF-8 without controls and line separators
public record ScriptName(String value) {
    /// The longest name, in octets of UTF-8.
    public static final int LONGEST_OCTETS = 512;

    /// @throws Refusal INVALID
    public ScriptName {
        value = Normalizer.normalize(value, Normalizer.Form.NFC);
        if (value.isEmpty()
                || value.getBytes(StandardCharsets.UTF_8).length > LONGEST_OCTETS
                || value.codePoints().anyMatch(ScriptName::odd)) {
            throw new Refusal(
                    Refusal.Reason.INVALID,
                    "A script's name has 1 to 512 octets without control characters.",
                    "Le nom d'un script compte 1 à 512 octets, sans caractère de commande.");
        }
    }

    private static boolean odd(int point) {
        return Character.isISOControl(point)
                || point == 0x2028
                || point == 0x2029
                || (point >= 0xD800 && point <= 0xDFFF);
    }

    @Override
    public String toString() {
        return value;
    }
}
