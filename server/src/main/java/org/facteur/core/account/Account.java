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
/// @param enabled false keeps receiving and refuses every sign-in
public record Account(
        AccountId id,
        EmailAddress address,
        Profile profile,
        Quota quota,
        boolean enabled,
        Instant created) {
    /// 2: with a recovery address. 3: with the wish for copies of sent letters.
    private static final int FORMAT = 3;

    public Account {
        Objects.requireNonNull(id);
        Objects.requireNonNull(address);
        Objects.requireNonNull(profile);
        Objects.requireNonNull(quota);
        Objects.requireNonNull(created);
    }

    /// For people; may be empty.
    public String name() {
        return profile.name();
    }

    public Language language() {
        return profile.language();
    }

    public Account with(Quota newQuota) {
        return new Account(id, address, profile, newQuota, enabled, created);
    }

    public Account with(Profile newProfile) {
        return new Account(id, address, newProfile, quota, enabled, created);
    }

    public Account enabled(boolean newEnabled) {
        return new Account(id, address, profile, quota, newEnabled, created);
    }

    byte[] encode() {
        Encoder out = new Encoder(FORMAT);
        out.text(address.toString()).text(name()).text(language().tag());
        out.number(quota.bytes()).number(quota.letters()).flag(enabled);
        out.signed(created.toEpochMilli());
        EmailAddress recovery = profile.recovery();
        out.optionalText(recovery == null ? null : recovery.toString());
        return out.flag(profile.sentCopies()).toBytes();
    }

    static Account decode(AccountId id, byte[] octets) {
        Decoder in = new Decoder(octets, FORMAT);
        EmailAddress address = EmailAddress.parse(in.text());
        String name = in.text();
        Language language = Language.of(in.text());
        Quota quota = new Quota(in.number(), in.number());
        boolean enabled = in.flag();
        Instant created = Instant.ofEpochMilli(in.signed());
        String recovery = in.formatVersion() >= 2 ? in.optionalText() : null;
        boolean sentCopies = in.formatVersion() >= 3 && in.flag();
        in.end();
        Profile profile =
                new Profile(
                        name,
                        language,
                        recovery == null ? null : EmailAddress.parse(recovery),
                        sentCopies);
        return new Account(id, address, profile, quota, enabled, created);
    }
}
