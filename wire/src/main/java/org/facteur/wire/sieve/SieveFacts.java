package org.facteur.wire.sieve;

import java.time.ZonedDateTime;
import java.util.Objects;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/// What a run of a script looks at.
///
/// @param now with the zone that dates are told in where the script names none
public record SieveFacts(
        SieveLetter letter, Envelope envelope, SieveSurroundings surroundings, ZonedDateTime now) {
    /// What the transport says.
    ///
    /// @param from null for the empty reverse path
    /// @param to the one recipient this run is for, as the transport has it
    /// @param tagSeparator what stands between a user and its detail (RFC 5233 §4)
    public record Envelope(@Nullable EmailAddress from, EmailAddress to, char tagSeparator) {
        public Envelope {
            Objects.requireNonNull(to);
        }
    }

    public SieveFacts {
        Objects.requireNonNull(letter);
        Objects.requireNonNull(envelope);
        Objects.requireNonNull(surroundings);
        Objects.requireNonNull(now);
    }
}
