package org.facteur.base.config;

import org.facteur.base.word.Sentence;

/// A node file or setting that cannot be taken; the message names the line where there is one.
public final class ConfigFault extends RuntimeException {
    private final Sentence sentence;

    public ConfigFault(String english, String french) {
        super(english, null, false, false);
        this.sentence = new Sentence(english, french);
    }

    public Sentence sentence() {
        return sentence;
    }
}
