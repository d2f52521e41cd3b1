package org.facteur.wire.sieve;

/// Names of header fields.
final class HeaderNames {
    private static final int LONGEST = 998;

    private HeaderNames() {}

    // field-name = 1*ftext    ftext = %d33-57 / %d59-126
    static boolean valid(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST
                && name.chars().allMatch(c -> c > ' ' && c < 0x7F && c != ':');
    }
}
