package org.facteur.core.account;

/// What an account may hold.
///
/// @param bytes sizes of all its letters, copies counted, 1 or more
/// @param letters how many, copies counted, 1 or more
public record Quota(long bytes, long letters) {
    /// 15 GB, two million letters.
    public static final Quota DEFAULT = new Quota(15_000_000_000L, 2_000_000);

    public Quota {
        if (bytes <= 0 || letters <= 0) {
            throw new IllegalArgumentException("a quota is 1 or more");
        }
    }
}
