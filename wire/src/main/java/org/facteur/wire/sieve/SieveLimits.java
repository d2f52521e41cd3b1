package org.facteur.wire.sieve;

/// What a script may take. None is unlimited.
///
/// @param scriptOctets the largest script
/// @param nesting blocks within blocks, and tests within tests (RFC 5228 §2.10.5 asks for 15)
/// @param variables different names in one script (RFC 5229 §6 asks for 128)
/// @param variableCharacters what a longer value is cut to (RFC 5229 §6 asks for 4,000)
/// @param includes scripts within scripts (RFC 6609 §3.1 asks for 3)
/// @param run what one run may take
public record SieveLimits(
        int scriptOctets,
        int nesting,
        int variables,
        int variableCharacters,
        int includes,
        Run run) {
    /// What one run may take and do.
    ///
    /// @param steps instructions, and octets looked at by hundreds
    /// @param redirects addresses a letter is sent on to
    /// @param notices letters that tell of a letter
    /// @param actions of all kinds together
    /// @param bodyOctets decoded octets looked at by body tests and texts taken from parts
    public record Run(int steps, int redirects, int notices, int actions, int bodyOctets) {
        public Run {
            if (steps < 1 || redirects < 1 || notices < 1 || actions < 1 || bodyOctets < 1) {
                throw new IllegalArgumentException("limits of a run are 1 or more");
            }
        }
    }

    public static final SieveLimits STANDARD =
            new SieveLimits(1_000_000, 15, 128, 4_000, 10, new Run(1_000_000, 4, 2, 64, 4_000_000));

    public SieveLimits {
        if (scriptOctets < 1
                || nesting < 1
                || variables < 1
                || variableCharacters < 1
                || includes < 1) {
            throw new IllegalArgumentException("limits of scripts are 1 or more");
        }
    }
}
