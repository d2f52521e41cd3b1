package org.facteur.edge.smtp;

import java.time.Duration;
import java.util.Objects;
import org.facteur.wire.address.Domain;
import org.facteur.wire.smtp.SmtpLimits;

/// How a listener receives letters.
///
/// @param hostname this server's name in greetings and trace fields
/// @param lines the longest command lines
/// @param sizeBytes the largest letter; announced (RFC 1870 §4)
/// @param insecurePlaintextLogin lets peers on the machine's own loopback sign in without TLS; for
///   demonstrations
public record SmtpSettings(
        Domain hostname,
        SmtpRole role,
        SmtpLimits lines,
        long sizeBytes,
        Counts counts,
        Times times,
        boolean insecurePlaintextLogin) {
    /// The default of [#sizeBytes]: 50 MB.
    public static final long SIZE_BYTES = 50L * 1024 * 1024;

    /// The longest line of a letter that is taken; RFC 5321 §4.5.3.1.6 asks for 998.
    static final int TEXT_LINE = 2048;

    /// How much one session may do.
    ///
    /// @param recipients of one letter (RFC 5321 §4.5.3.1.8 asks for 100)
    /// @param letters in one session
    /// @param errors refused commands until the session ends
    /// @param junk commands that lead to no letter until the session ends
    /// @param unknownRecipients until the session ends
    /// @param chunks in one session (RFC 3030 §2)
    public record Counts(
            int recipients, int letters, int errors, int junk, int unknownRecipients, int chunks) {
        public static final Counts STANDARD = new Counts(1000, 100, 20, 100, 10, 10_000);

        public Counts {
            if (recipients < 100 || letters < 1 || errors < 1 || junk < 1) {
                throw new IllegalArgumentException("limits of a session");
            }
            if (unknownRecipients < 1 || chunks < 1) {
                throw new IllegalArgumentException("limits of a session");
            }
        }
    }

    /// How long peers may take (RFC 5321 §4.5.3.2.7).
    ///
    /// @param command for one command
    /// @param beforeMail the same before the first MAIL
    /// @param stressed the same while too many peers are here
    /// @param dataBlock for each piece of a letter
    /// @param pace what a letter must bring over all
    /// @param session in all
    /// @param longestPause how long an answer is held back at most from who errs and errs
    public record Times(
            Duration command,
            Duration beforeMail,
            Duration stressed,
            Duration dataBlock,
            Duration session,
            Duration longestPause,
            Pace pace) {
        public static final Times STANDARD =
                new Times(
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(3),
                        Duration.ofMinutes(30),
                        Duration.ofSeconds(5),
                        new Pace(Duration.ofSeconds(60), 1000));

        public Times {
            Objects.requireNonNull(command);
            Objects.requireNonNull(beforeMail);
            Objects.requireNonNull(stressed);
            Objects.requireNonNull(dataBlock);
            Objects.requireNonNull(session);
            Objects.requireNonNull(longestPause);
            Objects.requireNonNull(pace);
        }

        public Times with(Pace newPace) {
            return new Times(
                    command, beforeMail, stressed, dataBlock, session, longestPause, newPace);
        }

        public Times withLongestPause(Duration newLongestPause) {
            return new Times(
                    command, beforeMail, stressed, dataBlock, session, newLongestPause, pace);
        }
    }

    /// The slowest a letter may come: a peer that drips octets holds a place for others.
    ///
    /// @param free how long it may take whatever it brings
    /// @param octetsPerSecond what each second after that must have brought
    public record Pace(Duration free, long octetsPerSecond) {
        public Pace {
            Objects.requireNonNull(free);
            if (octetsPerSecond < 1) {
                throw new IllegalArgumentException("octets per second");
            }
        }

        /// Whether this is too slow.
        ///
        /// @param nanos since the letter's octets began
        boolean missed(long nanos, long octets) {
            double seconds = (nanos - free.toNanos()) / 1e9;
            return seconds > 0 && octets < seconds * octetsPerSecond;
        }
    }

    public SmtpSettings {
        Objects.requireNonNull(hostname);
        Objects.requireNonNull(role);
        Objects.requireNonNull(lines);
        Objects.requireNonNull(counts);
        Objects.requireNonNull(times);
        if (sizeBytes < 64 * 1024) {
            throw new IllegalArgumentException("RFC 5321 §4.5.3.1.7 asks for 64 kB");
        }
    }

    /// The usual ones.
    public static SmtpSettings standard(Domain hostname, SmtpRole role) {
        return new SmtpSettings(
                hostname,
                role,
                SmtpLimits.STANDARD,
                SIZE_BYTES,
                Counts.STANDARD,
                Times.STANDARD,
                false);
    }

    public SmtpSettings with(Times newTimes) {
        return new SmtpSettings(
                hostname, role, lines, sizeBytes, counts, newTimes, insecurePlaintextLogin);
    }

    public SmtpSettings with(Counts newCounts) {
        return new SmtpSettings(
                hostname, role, lines, sizeBytes, newCounts, times, insecurePlaintextLogin);
    }

    public SmtpSettings withSize(long newSizeBytes) {
        return new SmtpSettings(
                hostname, role, lines, newSizeBytes, counts, times, insecurePlaintextLogin);
    }

    public SmtpSettings withInsecurePlaintextLogin() {
        return new SmtpSettings(hostname, role, lines, sizeBytes, counts, times, true);
    }
}
