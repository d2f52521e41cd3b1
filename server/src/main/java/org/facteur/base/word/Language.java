package org.facteur.base.word;

import java.util.Locale;

/// The languages everything a person reads exists in.
public enum Language {
    ENGLISH("en", Locale.ENGLISH),
    FRENCH("fr", Locale.FRENCH);

    private final String tag;
    private final Locale locale;

    Language(String tag, Locale locale) {
        this.tag = tag;
        this.locale = locale;
    }

    /// The language tag (RFC 5646 §2.1).
    public String tag() {
        return tag;
    }

    public Locale locale() {
        return locale;
    }

    /// French for any tag or locale name that begins with `fr`, else English.
    public static Language of(String tag) {
        return tag.toLowerCase(Locale.ROOT).startsWith("fr") ? FRENCH : ENGLISH;
    }
}
