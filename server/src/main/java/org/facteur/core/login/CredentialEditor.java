package org.facteur.core.login;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Account;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Directory;
import org.facteur.core.account.Door;
import org.facteur.core.account.PopRule;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.StoreLimits;
import org.facteur.store.kv.Transaction;
import org.facteur.store.layout.Layout;
import org.facteur.wire.address.EmailAddress;

/// Sets passwords, makes and revokes device passwords. Any thread.
public final class CredentialEditor {
    /// The most device passwords of one account.
    private static final int DEVICES = 100;

    private final Partition partition;
    private final Login login;
    private final InstantSource clock;

    public CredentialEditor(Directory directory, Login login, InstantSource clock) {
        this.partition = directory.partition();
        this.login = login;
        this.clock = clock;
    }

    /// Sets the main password. Whoever is signed in with the old one is out at the next step; what
    /// POP means to it stays as it was.
    ///
    /// @param mustChange whether it opens the pages only, where its owner must choose another
    /// @throws Refusal INVALID for one that is too short, weak or known to be leaked
    public void setPassword(Account account, Password password, boolean mustChange) {
        PasswordPolicy.check(password, account.address(), account.name());
        Secrets secrets = login.hashing().slow(password, keys(account, password));
        partition.write(
                tx -> {
                    Optional<Credential> before =
                            tx.find(Layout.credential(account.id().number(), Credential.MAIN))
                                    .map(
                                            row ->
                                                    Credential.decode(
                                                            account.id(), Credential.MAIN, row));
                    Purpose purpose =
                            before.map(Credential::purpose)
                                    .orElseGet(() -> Purpose.main(PopRule.STANDARD));
                    put(
                            tx,
                            new Credential(
                                    account.id(),
                                    Credential.MAIN,
                                    purpose,
                                    mustChange,
                                    clock.instant(),
                                    secrets));
                    return true;
                });
    }

    /// Whether a password would do; changes nothing.
    ///
    /// @param name of the person, may be empty
    /// @throws Refusal INVALID for one that is too short, weak or known to be leaked
    public static void checkPassword(Password password, EmailAddress address, String name) {
        PasswordPolicy.check(password, address, name);
    }

    /// Sets a main password that the service imposes: made here, random.
    ///
    /// @return the password, shown this once
    public String imposePassword(Account account, boolean mustChange) {
        String text = DevicePassword.createImposed();
        setPassword(account, Password.of(text), mustChange);
        return text;
    }

    /// Lets the owner choose another main password, also where the old one must be changed.
    ///
    /// @throws Refusal NOT_ALLOWED when the old one is wrong; INVALID for a new one that is weak or
    ///   the old one again
    public void changePassword(Account account, Password old, Password chosen) {
        boolean right =
                list(account.id()).stream()
                        .filter(Credential::main)
                        .anyMatch(main -> login.hashing().matches(old, main.secrets()));
        if (!right) {
            throw new Refusal(
                    Refusal.Reason.NOT_ALLOWED,
                    "The old password is wrong.",
                    "L'ancien mot de passe est faux.");
        }
        if (old.text().equals(chosen.text())) {
            throw new Refusal(
                    Refusal.Reason.INVALID,
                    "The new password must be another one.",
                    "Le nouveau mot de passe doit être différent.");
        }
        setPassword(account, chosen, false);
    }

    /// Makes a password for a device.
    ///
    /// @param name what its owner calls it, 1 to 100 characters
    /// @param doors where it opens, at least one
    /// @return the password, shown this once
    /// @throws Refusal INVALID for a name or doors that are none, LIMIT past 100 devices
    public String addDevice(Account account, String name, Set<Door> doors) {
        return addDevice(account, new Purpose(name, doors, PopRule.STANDARD));
    }

    /// Makes a password for a device.
    ///
    /// @return the password, shown this once
    /// @throws Refusal INVALID for a name or doors that are none, LIMIT past 100 devices
    public String addDevice(Account account, Purpose purpose) {
        check(purpose);
        String text = DevicePassword.create();
        Password password = Password.of(text);
        Secrets secrets = login.hashing().fast(password, keys(account, password));
        partition.write(
                tx -> {
                    List<Credential> known = credentials(tx, account.id());
                    if (known.size() > DEVICES) {
                        throw new Refusal(
                                Refusal.Reason.LIMIT,
                                "There are already 100 device passwords.",
                                "Il y a déjà 100 mots de passe d'appareil.");
                    }
                    put(
                            tx,
                            new Credential(
                                    account.id(),
                                    next(tx, account.id()),
                                    purpose,
                                    false,
                                    clock.instant(),
                                    secrets));
                    return true;
                });
        return text;
    }

    /// Gives a device another purpose; its password stays. For the main password only what POP
    /// means to it changes.
    ///
    /// @throws Refusal NOT_FOUND; INVALID for a name or doors that are none
    public void setPurpose(AccountId account, long number, Purpose purpose) {
        if (number != Credential.MAIN) {
            check(purpose);
        }
        partition.write(
                tx -> {
                    var key = Layout.credential(account.number(), number);
                    Credential known =
                            tx.find(key)
                                    .map(row -> Credential.decode(account, number, row))
                                    .orElseThrow(CredentialEditor::noDevice);
                    put(tx, known.with(known.main() ? Purpose.main(purpose.pop()) : purpose));
                    return true;
                });
    }

    private static void check(Purpose purpose) {
        if (!purpose.fitsDevice()) {
            throw new Refusal(
                    Refusal.Reason.INVALID,
                    "A device has a name of 1 to 100 characters and at least one protocol.",
                    "Un appareil a un nom de 1 à 100 caractères et au moins un protocole.");
        }
    }

    /// The credentials of an account, the main one first.
    public List<Credential> list(AccountId account) {
        return partition.read(view -> credentials(view, account));
    }

    /// Revokes a device password; sessions it opened end at their next step.
    ///
    /// @throws Refusal NOT_FOUND
    public void revoke(AccountId account, long number) {
        partition.write(
                tx -> {
                    var key = Layout.credential(account.number(), number);
                    if (number == Credential.MAIN || tx.find(key).isEmpty()) {
                        throw noDevice();
                    }
                    tx.delete(key);
                    return true;
                });
    }

    private static Refusal noDevice() {
        return new Refusal(
                Refusal.Reason.NOT_FOUND, "There is no such device.", "Cet appareil n'existe pas.");
    }

    private ScramKeys keys(Account account, Password password) {
        return ScramKeys.derive(
                password, login.scramSalt(account.address().toString()), ScramKeys.ITERATIONS);
    }

    /// The next number; kept in a row of its own, so that a revoked number is not given again.
    private static long next(Transaction tx, AccountId account) {
        var key = Layout.counters("credential-" + account.number());
        long next =
                tx.find(key)
                        .map(row -> new org.facteur.store.codec.Decoder(row, 1).number())
                        .orElse(Credential.MAIN + 1);
        tx.put(key, new org.facteur.store.codec.Encoder(1).number(next + 1).toBytes());
        return next;
    }

    private static void put(Transaction tx, Credential credential) {
        tx.put(
                Layout.credential(credential.account().number(), credential.number()),
                credential.encode());
    }

    private static List<Credential> credentials(
            org.facteur.store.kv.ReadView view, AccountId account) {
        List<Credential> all = new ArrayList<>();
        for (Row row : view.scan(Layout.credentials(account.number()), StoreLimits.SCAN_ROWS)) {
            all.add(Credential.decode(account, Layout.number(row.key(), 1), row.value()));
        }
        return List.copyOf(all);
    }
}
