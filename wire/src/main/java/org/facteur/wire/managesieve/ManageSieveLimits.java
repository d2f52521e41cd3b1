package org.facteur.wire.managesieve;

/// What one command may hold, in octets.
///
/// @param line the longest line, CRLF included
/// @param literal the longest text that is kept
/// @param passedOver the longest text that is read and dropped, so that the talk can go on
public record ManageSieveLimits(int line, int literal, long passedOver) {
    /// For peers nobody knows: an exchange of passwords fits.
    public static final ManageSieveLimits BEFORE_LOGIN =
            new ManageSieveLimits(16_384, 12_288, 65_536);

    /// For those who have signed in.
    public static final ManageSieveLimits STANDARD =
            new ManageSieveLimits(16_384, 1_000_000, 16_000_000);

    public ManageSieveLimits {
        if (line < 1 || literal < 1 || passedOver < literal) {
            throw new IllegalArgumentException("limits are 1 or more");
        }
    }
}
