package org.facteur.wire.auth;

import java.util.Optional;

/// How letters are signed (RFC 8301 §3.1, RFC 8463 §3). SHA-1 is not among them.
public enum DkimAlgorithm {
    RSA_SHA256("rsa-sha256", "rsa", "SHA256withRSA"),
    ED25519_SHA256("ed25519-sha256", "ed25519", "Ed25519");

    private final String word;
    private final String keyWord;
    private final String javaName;

    DkimAlgorithm(String word, String keyWord, String javaName) {
        this.word = word;
        this.keyWord = keyWord;
        this.javaName = javaName;
    }

    /// As `a=` has it.
    public String word() {
        return word;
    }

    /// As `k=` of a key has it.
    public String keyWord() {
        return keyWord;
    }

    String javaName() {
        return javaName;
    }

    static Optional<DkimAlgorithm> find(String word) {
        for (DkimAlgorithm each : values()) {
            if (each.word.equals(word)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
