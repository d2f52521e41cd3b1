package org.facteur.base.fault;

import java.util.Objects;
import org.facteur.base.word.Sentence;

/// Not allowed or not possible; trying the same again will not help.
///
/// SMTP 550/552 5.x, IMAP NO with a code, POP3 -ERR, JMAP a typed error, HTTP 403/404/409/507.
public final class Refusal extends RuntimeException {
    /// Why, as edges need it to choose their code.
    public enum Reason {
        NOT_FOUND,
        ALREADY_EXISTS,
        NOT_ALLOWED,
        /// A name or value that no rule allows.
        INVALID,
        OVER_QUOTA,
        TOO_LARGE,
        /// More of something than is allowed.
        LIMIT,
        /// It goes round in circles.
        LOOP,
        /// Allowed in general, impossible for this object.
        CANNOT
    }

    private final Reason reason;
    private final Sentence sentence;

    /// @param sentence safe to show to whoever asked
    public Refusal(Reason reason, Sentence sentence) {
        super(reason + ": " + sentence.english(), null, false, false);
        this.reason = Objects.requireNonNull(reason);
        this.sentence = Objects.requireNonNull(sentence);
    }

    public Refusal(Reason reason, String english, String french) {
        this(reason, new Sentence(english, french));
    }

    public Reason reason() {
        return reason;
    }

    public Sentence sentence() {
        return sentence;
    }
}
