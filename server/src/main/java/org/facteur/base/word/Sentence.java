package org.facteur.base.word;

import java.util.Objects;

/// One sentence in both languages.
public record Sentence(String english, String french) {
    public Sentence {
        Objects.requireNonNull(english);
        Objects.requireNonNull(french);
    }

    public String in(Language language) {
        return switch (language) {
            case ENGLISH -> english;
            case FRENCH -> french;
        };
    }

    @Override
    public String toString() {
        return english;
    }
}
