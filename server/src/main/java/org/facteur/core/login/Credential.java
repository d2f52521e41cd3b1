package org.facteur.core.login;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Door;
import org.facteur.core.account.PopRule;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;

/// A password of an account: its main one, or one made for a device.
///
/// @param number 1 for the main password; devices follow and are never numbered again
/// @param mustChange whether it opens the pages only, where its owner chooses another
public record Credential(
        AccountId account,
        long number,
        Purpose purpose,
        boolean mustChange,
        Instant created,
        Secrets secrets) {
    /// The number of every account's main password.
    public static final long MAIN = 1;

    /// 2: with what POP means to it.
    private static final int FORMAT = 2;

    public Credential {
        Objects.requireNonNull(account);
        Objects.requireNonNull(purpose);
        Objects.requireNonNull(created);
        Objects.requireNonNull(secrets);
    }

    /// What its owner calls the device; empty for the main password.
    public String name() {
        return purpose.name();
    }

    /// Where it opens; a password that must be changed opens the pages alone.
    public Set<Door> doors() {
        return mustChange ? EnumSet.of(Door.WEB) : purpose.doors();
    }

    Credential with(Purpose newPurpose) {
        return new Credential(account, number, newPurpose, mustChange, created, secrets);
    }

    public boolean main() {
        return number == MAIN;
    }

    byte[] encode() {
        Encoder out = new Encoder(FORMAT).text(purpose.name());
        out.list(purpose.doors().stream().sorted().toList(), (to, door) -> to.number(door.code()));
        out.flag(mustChange).signed(created.toEpochMilli());
        secrets.encode(out);
        purpose.pop().encode(out);
        return out.toBytes();
    }

    static Credential decode(AccountId account, long number, byte[] row) {
        Decoder in = new Decoder(row, FORMAT);
        String name = in.text();
        Set<Door> doors = EnumSet.noneOf(Door.class);
        doors.addAll(in.list(from -> Door.of(from.count())));
        boolean mustChange = in.flag();
        Instant created = Instant.ofEpochMilli(in.signed());
        Secrets secrets = Secrets.decode(in);
        PopRule pop = in.formatVersion() >= 2 ? PopRule.decode(in) : PopRule.STANDARD;
        in.end();
        return new Credential(
                account, number, new Purpose(name, doors, pop), mustChange, created, secrets);
    }
}
