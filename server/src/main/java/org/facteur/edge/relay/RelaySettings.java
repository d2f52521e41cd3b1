package org.facteur.edge.relay;

import java.time.Duration;
import java.util.Objects;
import org.facteur.wire.address.Domain;

/// How letters are carried out.
///
/// @param hostname how we greet other servers; should be the name of our address
/// @param workers letters on their way at the same time
/// @param perSession letters that go through one session
/// @param tellDelayAfter how old a letter is when its sender first hears that it is late
/// @param givenUpAfter when that says the letter will be given up
public record RelaySettings(
        Domain hostname,
        int workers,
        int perSession,
        Duration tellDelayAfter,
        Duration givenUpAfter,
        Times times) {
    /// Patience with other servers (RFC 5321 §4.5.3.2).
    ///
    /// @param connect for one address
    /// @param greeting for the 220 (§4.5.3.2.1: 5 min)
    /// @param command for EHLO, MAIL, RCPT, RSET (§4.5.3.2.2: 5 min)
    /// @param data for the 354 (§4.5.3.2.4: 2 min)
    /// @param block for each piece of the letter (§4.5.3.2.5: 3 min)
    /// @param end for the answer to the final dot (§4.5.3.2.6: 10 min)
    public record Times(
            Duration connect,
            Duration greeting,
            Duration command,
            Duration data,
            Duration block,
            Duration end) {
        public static final Times STANDARD =
                new Times(
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(3),
                        Duration.ofMinutes(10));

        public Times {
            Objects.requireNonNull(connect);
            Objects.requireNonNull(greeting);
            Objects.requireNonNull(command);
            Objects.requireNonNull(data);
            Objects.requireNonNull(block);
            Objects.requireNonNull(end);
        }
    }

    public RelaySettings {
        Objects.requireNonNull(hostname);
        Objects.requireNonNull(tellDelayAfter);
        Objects.requireNonNull(givenUpAfter);
        Objects.requireNonNull(times);
        if (workers < 1 || perSession < 1) {
            throw new IllegalArgumentException("at least one at a time");
        }
    }

    /// 500 at a time, 100 through one session; a word to the sender after 4 hours.
    public static RelaySettings standard(Domain hostname) {
        return new RelaySettings(
                hostname, 500, 100, Duration.ofHours(4), Duration.ofDays(5), Times.STANDARD);
    }
}
