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
/// @param standing what it may do
/// @param born the address it was made with: whatever it is called later, what was derived from
///   that name stays valid
public record Account(
        AccountId id,
        EmailAddress address,
        Profile profile,
        Quota quota,
        Standing standing,
        Instant created,
        EmailAddress born) {
    /// 2: with a recovery address. 3: with the wish for copies of sent letters, and its first
    /// address. 4: whether its owner is an administrator.
    private static final int FORMAT = 4;

    public Account {
        Objects.requireNonNull(id);
        Objects.requireNonNull(address);
        Objects.requireNonNull(profile);
        Objects.requireNonNull(quota);
        Objects.requireNonNull(standing);
        Objects.requireNonNull(created);
        Objects.requireNonNull(born);
    }

    /// One that bears its first address.
    public Account(
            AccountId id, EmailAddress address, Profile profile, Quota quota, Instant created) {
        this(id, address, profile, quota, Standing.USUAL, created, address);
    }

    /// False keeps receiving and refuses every sign-in.
    public boolean enabled() {
        return standing.enabled();
    }

    /// Whether its owner looks after the post office.
    public boolean administrator() {
        return standing.administrator();
    }

    /// For people; may be empty.
    public String name() {
        return profile.name();
    }

    public Language language() {
        return profile.language();
    }

    public Account with(Quota newQuota) {
        return new Account(id, address, profile, newQuota, standing, created, born);
    }

    public Account with(Profile newProfile) {
        return new Account(id, address, newProfile, quota, standing, created, born);
    }

    public Account enabled(boolean newEnabled) {
        return with(standing.enabled(newEnabled));
    }

    public Account with(Standing newStanding) {
        return new Account(id, address, profile, quota, newStanding, created, born);
    }

    Account named(EmailAddress newAddress) {
        return new Account(id, newAddress, profile, quota, standing, created, born);
    }

    byte[] encode() {
        Encoder out = new Encoder(FORMAT);
        out.text(address.toString()).text(name()).text(language().tag());
        out.number(quota.bytes()).number(quota.letters()).flag(enabled());
        out.signed(created.toEpochMilli());
        EmailAddress recovery = profile.recovery();
        out.optionalText(recovery == null ? null : recovery.toString());
        return out.flag(profile.sentCopies()).text(born.toString()).flag(administrator()).toBytes();
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
        boolean administrator = in.formatVersion() >= 4 && in.flag();
        in.end();
        Profile profile =
                new Profile(
                        name,
                        language,
                        recovery == null ? null : EmailAddress.parse(recovery),
                        sentCopies);
        Standing standing = new Standing(enabled, administrator);
        return new Account(id, address, profile, quota, standing, created, born);
    }
}
