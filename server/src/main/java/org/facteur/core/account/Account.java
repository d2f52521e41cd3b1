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
/// @param born the address it was made with: whatever it is called later, what was derived from
///   that name stays valid
public record Account(
        AccountId id,
        EmailAddress address,
        Profile profile,
        Quota quota,
        boolean enabled,
        Instant created,
        EmailAddress born) {
    /// 2: with a recovery address. 3: with the wish for copies of sent letters, and its first
    /// address.
    private static final int FORMAT = 3;

    public Account {
        Objects.requireNonNull(id);
        Objects.requireNonNull(address);
        Objects.requireNonNull(profile);
        Objects.requireNonNull(quota);
        Objects.requireNonNull(created);
        Objects.requireNonNull(born);
    }

    /// One that bears its first address.
    public Account(
            AccountId id, EmailAddress address, Profile profile, Quota quota, Instant created) {
        this(id, address, profile, quota, true, created, address);
    }

    /// For people; may be empty.
    public String name() {
        return profile.name();
    }

    public Language language() {
        return profile.language();
    }

    public Account with(Quota newQuota) {
        return new Account(id, address, profile, newQuota, enabled, created, born);
    }

    public Account with(Profile newProfile) {
        return new Account(id, address, newProfile, quota, enabled, created, born);
    }

    public Account enabled(boolean newEnabled) {
        return new Account(id, address, profile, quota, newEnabled, created, born);
    }

    Account named(EmailAddress newAddress) {
        return new Account(id, newAddress, profile, quota, enabled, created, born);
    }

    byte[] encode() {
        Encoder out = new Encoder(FORMAT);
        out.text(address.toString()).text(name()).text(language().tag());
        out.number(quota.bytes()).number(quota.letters()).flag(enabled);
        out.signed(created.toEpochMilli());
        EmailAddress recovery = profile.recovery();
        out.optionalText(recovery == null ? null : recovery.toString());
        return out.flag(profile.sentCopies()).text(born.toString()).toBytes();
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
        EmailAddress born = in.formatVersion() >= 3 ? EmailAddress.parse(in.text()) : address;
        in.end();
        Profile profile =
                new Profile(
                        name,
                        language,
                        recovery == null ? null : EmailAddress.parse(recovery),
                        sentCopies);
        return new Account(id, address, profile, quota, enabled, created, born);
    }
}
