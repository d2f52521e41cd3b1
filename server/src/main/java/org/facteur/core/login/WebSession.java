package org.facteur.core.login;

import java.time.Instant;
import java.util.Objects;
import org.facteur.core.account.AccountId;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;

/// A browser that is signed in. The secret itself is not kept.
///
/// @param number 1 and up; may be given again after the session has ended
/// @param credential the password it was opened with
/// @param hash SHA-256 of the secret in the browser; belongs to the record
/// @param lastSeen to the hour
@SuppressWarnings("ArrayRecordComponent")
public record WebSession(
        AccountId account,
        long number,
        long credential,
        byte[] hash,
        Instant created,
        Instant lastSeen,
        Browser browser) {
    private static final int FORMAT = 1;

    /// What its owner recognises it by.
    ///
    /// @param agent what it calls itself, at most 200 characters
    /// @param source the address it came from when it signed in
    public record Browser(String agent, String source) {
        private static final int LONGEST = 200;

        public Browser {
            agent = agent.length() > LONGEST ? agent.substring(0, LONGEST) : agent;
            source = source.length() > LONGEST ? source.substring(0, LONGEST) : source;
        }
    }

    public WebSession {
        Objects.requireNonNull(account);
        Objects.requireNonNull(hash);
        Objects.requireNonNull(created);
        Objects.requireNonNull(lastSeen);
        Objects.requireNonNull(browser);
    }

    WebSession seen(Instant now) {
        return new WebSession(account, number, credential, hash, created, now, browser);
    }

    byte[] encode() {
        return new Encoder(FORMAT)
                .number(credential)
                .octets(hash)
                .signed(created.toEpochMilli())
                .signed(lastSeen.toEpochMilli())
                .text(browser.agent())
                .text(browser.source())
                .toBytes();
    }

    static WebSession decode(AccountId account, long number, byte[] row) {
        Decoder in = new Decoder(row, FORMAT);
        WebSession session =
                new WebSession(
                        account,
                        number,
                        in.number(),
                        in.octets(),
                        Instant.ofEpochMilli(in.signed()),
                        Instant.ofEpochMilli(in.signed()),
                        new Browser(in.text(), in.text()));
        in.end();
        return session;
    }

    @Override
    public String toString() {
        return "session " + account + "." + number;
    }
}
