package org.facteur.wire.vcard;

/// How much is read.
///
/// @param octets of a file
/// @param cards in a file
/// @param properties of a card; more are dropped
/// @param parameters of a property; more are dropped
public record VcardLimits(int octets, int cards, int properties, int parameters) {
    public static final VcardLimits STANDARD = new VcardLimits(64 << 20, 10_000, 1000, 50);

    public VcardLimits {
        if (octets < 1 || cards < 1 || properties < 1 || parameters < 1) {
            throw new IllegalArgumentException("limits are 1 or more");
        }
    }
}
