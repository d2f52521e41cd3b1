package org.facteur.wire.smtp;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a sender asks for one letter, by parameters of MAIL. It travels with the letter from hop to
/// hop.
///
/// @param body what the letter's octets are declared to be (RFC 6152 §2, RFC 3030 §3); null where
///   nothing was declared
/// @param returned how much of the letter a report returns (RFC 3461 §4.3); null where not said
/// @param envelopeId the sender's name for this letter (RFC 3461 §4.4), decoded, at most 100
///   characters; null for none
/// @param requireTls never in the clear (RFC 8689 §2)
/// @param release when it may leave (RFC 4865 §4); null for at once
/// @param priority -9 to 9, 0 where nothing was said (RFC 6710 §4.1)
public record LetterWishes(
        @Nullable BodyKind body,
        @Nullable Returned returned,
        @Nullable String envelopeId,
        boolean requireTls,
        @Nullable Release release,
        int priority) {
    /// Nothing was asked for.
    public static final LetterWishes NONE = new LetterWishes(null, null, null, false, null, 0);

    static final int ENVELOPE_ID_LENGTH = 100;

    /// The highest priority; the lowest is its negative (RFC 6710 §4.1).
    public static final int HIGHEST_PRIORITY = 9;

    /// RET (RFC 3461 §4.3). The order is stored.
    public enum Returned {
        FULL,
        HDRS
    }

    /// When a letter may leave (RFC 4865 §4).
    public sealed interface Release {
        /// HOLDFOR: that long after it was handed in.
        record After(Duration time) implements Release {
            public After {
                Objects.requireNonNull(time);
            }
        }

        /// HOLDUNTIL.
        record At(Instant moment) implements Release {
            public At {
                Objects.requireNonNull(moment);
            }
        }

        /// The moment, for a letter handed in then.
        default Instant moment(Instant handedIn) {
            return switch (this) {
                case After(Duration time) -> handedIn.plus(time);
                case At(Instant moment) -> moment;
            };
        }
    }

    public LetterWishes {
        if (Math.abs(priority) > HIGHEST_PRIORITY) {
            throw new IllegalArgumentException("priority " + priority);
        }
        if (envelopeId != null && envelopeId.length() > ENVELOPE_ID_LENGTH) {
            throw new IllegalArgumentException("a name of at most 100 characters");
        }
    }

    /// Whether anything of RFC 3461 was asked for.
    public boolean asksForReports() {
        return returned != null || envelopeId != null;
    }

    public LetterWishes withBody(@Nullable BodyKind newBody) {
        return new LetterWishes(newBody, returned, envelopeId, requireTls, release, priority);
    }

    public LetterWishes withRelease(@Nullable Release newRelease) {
        return new LetterWishes(body, returned, envelopeId, requireTls, newRelease, priority);
    }
}
