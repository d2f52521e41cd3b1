package org.facteur.core.login;

import java.security.SecureRandom;
import java.util.Locale;

/// The form of device passwords: 26 letters and digits in groups, 130 random bits. Letters that
/// look alike are left out, so that it can be copied by hand.
final class DevicePassword {
    /// Crockford's base 32, lower case.
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private static final int LENGTH = 26;
    private static final int GROUP = 5;
    private static final int IMPOSED_LENGTH = 20;
    private static final int IMPOSED_GROUP = 4;

    private static final SecureRandom RANDOM = new SecureRandom();

    private DevicePassword() {}

    /// A new one, as its owner types it.
    static String create() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            if (i > 0 && i % GROUP == 0) {
                text.append('-');
            }
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /// A new one for a person who will choose another: 20 characters, 100 random bits, in groups of
    /// four, so that it is never taken for a device's.
    static String createImposed() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < IMPOSED_LENGTH; i++) {
            if (i > 0 && i % IMPOSED_GROUP == 0) {
                text.append('-');
            }
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /// Whether a password could only be a device's: then the slow hash need not be asked.
    static boolean looksLike(Password password) {
        return canonical(password.text()).length() == LENGTH
                && canonical(password.text()).chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)
                && password.text().indexOf('-') == GROUP;
    }

    private static String canonical(String text) {
        return text.replace("-", "").toLowerCase(Locale.ROOT);
    }
}
