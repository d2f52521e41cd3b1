package org.facteur.core.login;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/// What somebody typed as a password, prepared for comparison (RFC 8265 §4.2). Prints as `***`.
public final class Password {
    /// The longest, in octets; longer ones are no password and are not hashed.
    public static final int LONGEST = 1024;

    private final String text;

    private Password(String text) {
        this.text = text;
    }

    /// NFC, every blank a space.
    public static Password of(String typed) {
        StringBuilder text = new StringBuilder(typed.length());
        typed.codePoints()
                .map(point -> Character.getType(point) == Character.SPACE_SEPARATOR ? ' ' : point)
                .forEach(text::appendCodePoint);
        return new Password(Normalizer.normalize(text, Normalizer.Form.NFC));
    }

    /// Whether it could be somebody's password at all.
    public boolean possible() {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && octets().length <= LONGEST
                && text.indexOf('\0') < 0;
    }

    String text() {
        return text;
    }

    byte[] octets() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "***";
    }
}
