package org.facteur.wire.smtp;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The parameters of MAIL.
///
/// @param size the declared size in octets (RFC 1870 §6.1), or -1 where none was
/// @param auth who handed the letter in first, as the peer says (RFC 4954 §5), decoded; empty for
///   `<>`
/// @param wishes what is asked for the letter
public record MailParameters(
        long size, boolean smtpUtf8, @Nullable String auth, LetterWishes wishes) {
    public static final MailParameters NONE =
            new MailParameters(-1, false, null, LetterWishes.NONE);

    public MailParameters {
        if (size < -1) {
            throw new IllegalArgumentException("size " + size);
        }
        Objects.requireNonNull(wishes);
    }

    /// What the letter's octets are declared to be; null where nothing was.
    public @Nullable BodyKind body() {
        return wishes.body();
    }
}
