package org.facteur.core.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.facteur.base.event.EventSink;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Language;
import org.facteur.core.account.Account;
import org.facteur.core.account.Directory;
import org.facteur.core.account.DirectoryEditor;
import org.facteur.core.account.Door;
import org.facteur.store.kv.EngineStore;
import org.facteur.store.memory.MemoryEngine;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Signing in, device passwords, and what guessing costs.
class LoginTest {
    private static final String GOOD = "cerfs volants de septembre";

    /// As the real hash, only small, so that tests are quick.
    private static final Secrets.Cost SMALL = new Secrets.Cost(64, 1, 1);

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final InstantSource clock = now::get;
    private final Directory directory =
            new Directory(new EngineStore(new MemoryEngine(), new Random(1), clock));
    private final DirectoryEditor editor = new DirectoryEditor(directory, clock);
    private final Login login = new Login(directory, clock, EventSink.NONE, new Hashing(SMALL));
    private final CredentialEditor credentials = new CredentialEditor(directory, login, clock);
    private final Account alice = alice();

    private Account alice() {
        editor.addDomain(Domain.parse("example.org"), null);
        Account account =
                editor.addAccount(
                        EmailAddress.parse("alice@example.org"), "Alice", Language.ENGLISH);
        credentials.setPassword(account, Password.of(GOOD), false);
        return account;
    }

    @AfterEach
    void close() {
        login.close();
    }

    private static InetAddress source(int number) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) number});
        } catch (UnknownHostException never) {
            throw new IllegalStateException(never);
        }
    }

    private LoginResult signIn(String name, String password, Door door) {
        return login.check(name, Password.of(password), door, source(1));
    }

    @Test
    void theRightPasswordOpensEveryDoor() {
        for (Door door : List.of(Door.IMAP, Door.POP3, Door.SUBMISSION)) {
            assertThat(signIn("Alice@Example.org", GOOD, door))
                    .isInstanceOfSatisfying(
                            LoginResult.Granted.class,
                            granted -> {
                                assertThat(granted.actor().account()).isEqualTo(alice.id());
                                assertThat(granted.actor().credential()).isEqualTo(Credential.MAIN);
                                assertThat(granted.actor().door()).isEqualTo(door);
                            });
        }
    }

    @Test
    void wrongUnknownEmptyAndEndlessPasswordsAreDeniedAlike() {
        for (String password : List.of("wrong", "", GOOD + "x", "x".repeat(5000), "a\0b")) {
            assertThat(signIn("alice@example.org", password, Door.IMAP))
                    .isInstanceOf(LoginResult.Denied.class);
        }
        assertThat(signIn("ghost@example.org", GOOD, Door.IMAP))
                .isInstanceOf(LoginResult.Denied.class);
        assertThat(signIn("no address", GOOD, Door.IMAP)).isInstanceOf(LoginResult.Denied.class);
    }

    @Test
    void formsOfOnePasswordAreOnePassword() {
        credentials.setPassword(alice, Password.of("été à la plage bretonne"), false);
        String decomposed =
                java.text.Normalizer.normalize(
                        "été à la plage bretonne", java.text.Normalizer.Form.NFD);
        assertThat(signIn("alice@example.org", decomposed, Door.IMAP))
                .isInstanceOf(LoginResult.Granted.class);
        assertThat(signIn("alice@example.org", "été à\u00a0la plage bretonne", Door.IMAP))
                .isInstanceOf(LoginResult.Granted.class);
    }

    @Test
    void aChangedPasswordIsVoidAtOnceThoughItWasRemembered() {
        assertThat(signIn("alice@example.org", GOOD, Door.IMAP))
                .isInstanceOf(LoginResult.Granted.class);
        assertThat(signIn("alice@example.org", GOOD, Door.IMAP))
                .isInstanceOf(LoginResult.Granted.class);
        credentials.setPassword(alice, Password.of("orchard lantern teapot"), false);
        assertThat(signIn("alice@example.org", GOOD, Door.IMAP))
                .isInstanceOf(LoginResult.Denied.class);
        assertThat(signIn("alice@example.org", "orchard lantern teapot", Door.IMAP))
                .isInstanceOf(LoginResult.Granted.class);
    }

    @Test
    void weakAndLeakedPasswordsAreRefused() {
        for (String weak :
                List.of(
                        "short",
                        "password1",
                        "azertyuiop",
                        "motdepasse2024",
                        "12345678",
                        "alice2026",
                        "Marseille13",
                        "soleil99!")) {
            assertThatThrownBy(() -> credentials.setPassword(alice, Password.of(weak), false))
                    .as(weak)
                    .isInstanceOf(Refusal.class);
        }
        assertThat(signIn("alice@example.org", GOOD, Door.IMAP))
                .isInstanceOf(LoginResult.Granted.class);
    }

    @Test
    void aChangedPasswordEndsTheSessionsOfTheOldOne() {
        Password before = Password.of("quatre sabots vernis");
        credentials.setPassword(alice, before, false);
        LoginResult result = signIn("alice@example.org", "quatre sabots vernis", Door.IMAP);
        var actor = ((LoginResult.Granted) result).actor();
        Instant since = clock.instant();
        now.set(since.plusSeconds(60));
        assertThat(login.stillGood(actor, since)).isTrue();
        credentials.setPassword(alice, Password.of("orchard lantern teapot"), false);
        assertThat(login.stillGood(actor, since)).isFalse();
        assertThat(login.stillGood(actor, clock.instant())).isTrue();
    }

    @Test
    void aDevicePasswordOpensItsDoorsUntilRevoked() {
        String device = credentials.addDevice(alice, "Old PC", EnumSet.of(Door.POP3));
        assertThat(device.replace("-", "")).hasSize(26);
        LoginResult result = signIn("alice@example.org", device, Door.POP3);
        assertThat(result).isInstanceOf(LoginResult.Granted.class);
        assertThat(signIn("alice@example.org", device, Door.IMAP))
                .isInstanceOf(LoginResult.Denied.class);
        var actor = ((LoginResult.Granted) result).actor();
        assertThat(actor.credential()).isGreaterThan(Credential.MAIN);
        assertThat(login.stillGood(actor, clock.instant())).isTrue();
        credentials.revoke(alice.id(), actor.credential());
        assertThat(login.stillGood(actor, clock.instant())).isFalse();
        assertThat(signIn("alice@example.org", device, Door.POP3))
                .isInstanceOf(LoginResult.Denied.class);
        credentials.addDevice(alice, "New PC", Set.of(Door.POP3));
        assertThat(credentials.list(alice.id()).getLast().number())
                .isNotEqualTo(actor.credential());
    }

    @Test
    void aDisabledAccountLetsNobodyIn() {
        editor.setEnabled(alice.id(), false);
        assertThat(signIn("alice@example.org", GOOD, Door.IMAP))
                .isInstanceOf(LoginResult.Denied.class);
    }

    @Test
    void guessingSlowsAndBlocksTheGuesserAndNeverTheOwner() {
        assertThat(login.check("alice@example.org", Password.of(GOOD), Door.IMAP, source(9)))
                .isInstanceOf(LoginResult.Granted.class);
        for (int guess = 1; guess <= 19; guess++) {
            Duration expected = Duration.ofSeconds(Math.clamp(guess - 5, 0, 10));
            assertThat(signIn("alice@example.org", "guess " + guess, Door.IMAP))
                    .as("guess %d", guess)
                    .isEqualTo(new LoginResult.Denied(expected));
        }
        assertThat(signIn("alice@example.org", "guess 20", Door.IMAP))
                .isInstanceOf(LoginResult.Denied.class);
        assertThat(signIn("alice@example.org", GOOD, Door.IMAP))
                .isInstanceOf(LoginResult.Blocked.class);
        assertThat(login.check("alice@example.org", Password.of(GOOD), Door.IMAP, source(9)))
                .isInstanceOf(LoginResult.Granted.class);
        assertThat(login.check("alice@example.org", Password.of("typo"), Door.IMAP, source(9)))
                .isEqualTo(new LoginResult.Denied(Duration.ZERO));
        now.set(now.get().plus(Duration.ofHours(1)).plusSeconds(1));
        assertThat(signIn("alice@example.org", GOOD, Door.IMAP))
                .isInstanceOf(LoginResult.Granted.class);
    }

    @Test
    void scramSaltsTellNothingAboutWhoExists() {
        assertThat(login.scramSalt("ghost@example.org"))
                .isEqualTo(login.scramSalt("ghost@example.org"));
        assertThat(login.scramSalt("ghost@example.org"))
                .hasSameSizeAs(login.scramSalt("alice@example.org"));
        assertThat(login.scramCandidates("ghost@example.org", Door.IMAP)).isEmpty();
        assertThat(login.scramCandidates("alice@example.org", Door.IMAP)).hasSize(1);
    }

    @Test
    void secretsDoNotPrint() {
        assertThat(Password.of(GOOD)).hasToString("***");
        assertThat(credentials.list(alice.id()).getFirst().toString())
                .contains("***")
                .doesNotContain(GOOD);
    }
}
