package org.facteur.edge.smtp;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.facteur.base.limit.RateWindow;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Directory;
import org.facteur.core.deliver.Delivery;
import org.facteur.core.filter.Judge;
import org.facteur.core.login.Login;
import org.facteur.core.login.TokenCheck;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.trust.Authenticator;
import org.facteur.net.milter.MilterClient;
import org.jspecify.annotations.Nullable;

/// The post office as an SMTP server needs it.
public record SmtpServices(
        Directory directory,
        Login login,
        LetterBoxes boxes,
        Delivery delivery,
        Caps caps,
        Extras extras,
        InstantSource clock) {
    /// What a site may have besides.
    ///
    /// @param binding whether exchanges may be bound to the encrypted line. Programs that bind by
    ///   another type than `tls-server-end-point` fail where this is offered
    /// @param tokens who checks access tokens; null for nobody
    /// @param filter who is asked about each letter before it is accepted, but at LMTP; null for
    ///   nobody
    /// @param authenticator who finds out who wrote letters from outside; null for nobody
    /// @param judge who tells junk from letters among those; null for nobody
    public record Extras(
            boolean binding,
            @Nullable TokenCheck tokens,
            @Nullable MilterClient filter,
            @Nullable Authenticator authenticator,
            @Nullable Judge judge) {
        public static final Extras NONE = new Extras(false, null, null);

        /// Where nobody asks who wrote letters.
        public Extras(boolean binding, @Nullable TokenCheck tokens, @Nullable MilterClient filter) {
            this(binding, tokens, filter, null, null);
        }
    }

    /// What an account may hand in; shared by all listeners.
    ///
    /// @param letters per account
    /// @param recipients per account, each letter's counted
    public record Caps(RateWindow<AccountId> letters, RateWindow<AccountId> recipients) {
        private static final int ACCOUNTS = 100_000;

        public Caps {
            Objects.requireNonNull(letters);
            Objects.requireNonNull(recipients);
        }

        /// 100 letters an hour, 1,000 recipients a day.
        public static Caps standard(InstantSource clock) {
            return new Caps(
                    new RateWindow<>(Duration.ofHours(1), 100, ACCOUNTS, clock),
                    new RateWindow<>(Duration.ofDays(1), 1000, ACCOUNTS, clock));
        }
    }

    public SmtpServices {
        Objects.requireNonNull(directory);
        Objects.requireNonNull(login);
        Objects.requireNonNull(boxes);
        Objects.requireNonNull(delivery);
        Objects.requireNonNull(caps);
        Objects.requireNonNull(extras);
        Objects.requireNonNull(clock);
    }
}
