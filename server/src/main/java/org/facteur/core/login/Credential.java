package org.facteur.core.login;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Door;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;

/// A password of an account: its main one, or one made for a device.
///
/// @param number 1 for the main password; devices follow and are never numbered again
/// @param name what its owner calls the device; empty for the main password
/// @param doors where it opens
/// @param mustChange whether the first sign-in on the pages must choose another
public record Credential(
        AccountId account,
        long number,
        String name,
        Set<Door> doors,
        boolean mustChange,
        Instant created,
        Secrets secrets) {
    /// The number of every account's main password.
    public static final long MAIN = 1;

    private static final int FORMAT = 1;

    public Credential {
        Objects.requireNonNull(account);
        Objects.requireNonNull(name);
        doors = Set.copyOf(doors);
        Objects.requireNonNull(created);
        Objects.requireNonNull(secrets);
    }

    public boolean main() {
        return number == MAIN;
    }

    byte[] encode() {
        Encoder out = new Encoder(FORMAT).text(name);
        out.list(doors.stream().sorted().toList(), (to, door) -> to.number(door.code()));
        out.flag(mustChange).signed(created.toEpochMilli());
        secrets.encode(out);
        return out.toBytes();
    }

    static Credential decode(AccountId account, long number, byte[] row) {
        Decoder in = new Decoder(row, FORMAT);
        String name = in.text();
        Set<Door> doors = EnumSet.noneOf(Door.class);
        doors.addAll(in.list(from -> Door.of(from.count())));
        Credential credential =
                new Credential(
                        account,
                        number,
                        name,
                        doors,
                        in.flag(),
                        Instant.ofEpochMilli(in.signed()),
                        Secrets.decode(in));
        in.end();
        return credential;
    }
}
