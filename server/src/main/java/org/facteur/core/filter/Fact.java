package org.facteur.core.filter;

import java.util.Objects;
import org.facteur.base.word.Sentence;

/// Something that speaks for or against a letter.
///
/// @param code a short name: lower case and hyphens
/// @param weight above 0 for junk; natural logarithm of odds
/// @param sentence the same for people
public record Fact(String code, double weight, Sentence sentence) {
    public Fact {
        Objects.requireNonNull(code);
        Objects.requireNonNull(sentence);
    }
}
