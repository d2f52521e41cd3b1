package org.facteur.core.account;

import java.time.Instant;
import java.util.Objects;
import org.facteur.base.word.Language;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.wire.address.EmailAddress;

/// A person, or a box that several share: something that receives letters and can sign in.
///
/// @param address its own address, as its owner writes it
/// @param name for people; may be empty
/// @param enabled false keeps receiving and refuses every sign-in
public record Account(
        AccountId id,
        EmailAddress address,
        String name,
        Language language,
        Quota quota,
        boolean enabled,
        Instant created) {
    private static final int FORMAT = 1;

    public Account {
        Objects.requireNonNull(id);
        Objects.requireNonNull(address);
        Objects.requireNonNull(name);
        Objects.requireNonNull(language);
        Objects.requireNonNull(quota);
        Objects.requireNonNull(created);
    }

    public Account with(Quota newQuota) {
        return new Account(id, address, name, language, newQuota, enabled, created);
    }

    public Account enabled(boolean newEnabled) {
        return new Account(id, address, name, language, quota, newEnabled, created);
    }

    byte[] encode() {
        Encoder out = new Encoder(FORMAT);
        out.text(address.toString()).text(name).text(language.tag());
        out.number(quota.bytes()).number(quota.letters()).flag(enabled);
        return out.signed(created.toEpochMilli()).toBytes();
    }

    static Account decode(AccountId id, byte[] octets) {
        Decoder in = new Decoder(octets, FORMAT);
        Account account =
                new Account(
                        id,
                        EmailAddress.parse(in.text()),
                        in.text(),
                        Language.of(in.text()),
                        new Quota(in.number(), in.number()),
                        in.flag(),
                        Instant.ofEpochMilli(in.signed()));
        in.end();
        return account;
    }
}
