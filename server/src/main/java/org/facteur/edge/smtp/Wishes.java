package org.facteur.edge.smtp;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.facteur.wire.smtp.LetterWishes;
import org.facteur.wire.smtp.MailParameters;
import org.facteur.wire.smtp.SmtpCapability;
import org.facteur.wire.smtp.SmtpReply;
import org.jspecify.annotations.Nullable;

/// What senders may ask for at a door, and what not.
final class Wishes {
    private static final Duration LONGEST_HOLD = Duration.ofDays(30);

    /// The highest priority of the MIXER profile (RFC 6710 §5.1); people cannot go past it.
    private static final int MOST_URGENT = 4;

    private final SmtpRole role;
    private final boolean encrypted;

    Wishes(SmtpRole role, boolean encrypted) {
        this.role = role;
        this.encrypted = encrypted;
    }

    /// The lines that offer it.
    // future-release-parameters = max-future-release-interval SP max-future-release-date-time
    List<String> lines(SmtpSettings.Counts counts, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(SmtpCapability.CHUNKING.keyword());
        lines.add(SmtpCapability.BINARYMIME.keyword());
        lines.add(SmtpCapability.DSN.keyword());
        lines.add(
                SmtpCapability.LIMITS.keyword()
                        + " RCPTMAX="
                        + counts.recipients()
                        + " MAILMAX="
                        + counts.letters());
        if (encrypted) {
            lines.add(SmtpCapability.REQUIRETLS.keyword());
        }
        if (role == SmtpRole.SUBMISSION) {
            lines.add(
                    SmtpCapability.FUTURERELEASE.keyword()
                            + " "
                            + LONGEST_HOLD.toSeconds()
                            + " "
                            + now.plus(LONGEST_HOLD).truncatedTo(ChronoUnit.SECONDS));
            lines.add(SmtpCapability.MT_PRIORITY.keyword() + " MIXER");
        }
        return lines;
    }

    /// @return why these parameters cannot be; null when they can
    @Nullable SmtpReply refuse(MailParameters parameters, Instant now) {
        LetterWishes wishes = parameters.wishes();
        LetterWishes.Release release = wishes.release();
        boolean submission = role == SmtpRole.SUBMISSION;
        if (parameters.auth() != null && !submission) {
            return Replies.UNKNOWN_PARAMETER;
        }
        if (wishes.requireTls() && !encrypted) {
            return Replies.UNKNOWN_PARAMETER;
        }
        if ((release != null || wishes.priority() != 0) && !submission) {
            return Replies.UNKNOWN_PARAMETER;
        }
        return release != null && release.moment(now).isAfter(now.plus(LONGEST_HOLD))
                ? Replies.HELD_TOO_LONG
                : null;
    }

    static boolean tooUrgent(MailParameters parameters) {
        return parameters.wishes().priority() > MOST_URGENT;
    }

    static MailParameters lessUrgent(MailParameters parameters) {
        LetterWishes wishes = parameters.wishes();
        return new MailParameters(
                parameters.size(),
                parameters.smtpUtf8(),
                parameters.auth(),
                new LetterWishes(
                        wishes.body(),
                        wishes.returned(),
                        wishes.envelopeId(),
                        wishes.requireTls(),
                        wishes.release(),
                        MOST_URGENT));
    }
}
