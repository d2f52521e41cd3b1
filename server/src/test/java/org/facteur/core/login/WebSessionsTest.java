package org.facteur.core.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.facteur.base.event.EventSink;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Language;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Directory;
import org.facteur.core.account.DirectoryEditor;
import org.facteur.core.account.Door;
import org.facteur.store.kv.EngineStore;
import org.facteur.store.memory.MemoryEngine;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How long a browser stays signed in.
class WebSessionsTest {
    private static final String GOOD = "cerfs volants de septembre";
    private static final WebSession.Browser BROWSER = new WebSession.Browser("Test", "192.0.2.1");

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final InstantSource clock = now::get;
    private final Directory directory =
            new Directory(new EngineStore(new MemoryEngine(), new Random(1), clock));
    private final DirectoryEditor editor = new DirectoryEditor(directory, clock);
    private final Login login =
            new Login(directory, clock, EventSink.NONE, new Hashing(new Secrets.Cost(64, 1, 1)));
    private final CredentialEditor credentials = new CredentialEditor(directory, login, clock);
    private final WebSessions sessions = new WebSessions(directory, login, clock);
    private final Account alice = alice();
    private final Actor actor = new Actor(alice.id(), Credential.MAIN, Door.WEB);

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

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Test
    void aTokenIsTheSessionAndTellsWhoActs() {
        String token = sessions.open(actor, BROWSER);
        assertThat(sessions.find(token))
                .hasValueSatisfying(
                        live -> {
                            assertThat(live.actor()).isEqualTo(actor);
                            assertThat(live.mustChange()).isFalse();
                        });
    }

    @Test
    void whatWasNeverGivenOutIsNoSession() {
        String token = sessions.open(actor, BROWSER);
        for (String wrong :
                new String[] {
                    "",
                    ".",
                    "..",
                    "1.1.",
                    "1.1.AAAA",
                    token + "A",
                    token.substring(0, token.length() - 1),
                    token.replaceFirst("\\.1\\.", ".2."),
                    "9" + token,
                    "-" + token,
                    "é.1.x",
                    "1".repeat(500)
                }) {
            assertThat(sessions.find(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void itEndsAfterTwelveQuietHours() {
        String token = sessions.open(actor, BROWSER);
        for (int i = 0; i < 5; i++) {
            pass(Duration.ofHours(11));
            assertThat(sessions.find(token)).isPresent();
        }
        pass(Duration.ofHours(13));
        assertThat(sessions.find(token)).isEmpty();
        assertThat(sessions.list(alice.id())).isEmpty();
    }

    @Test
    void itEndsAfterThirtyDaysHoweverBusy() {
        String token = sessions.open(actor, BROWSER);
        for (int i = 0; i < 72; i++) {
            pass(Duration.ofHours(10));
            assertThat(sessions.find(token).isPresent()).isEqualTo(i < 71);
        }
    }

    @Test
    void itEndsWithItsPassword() {
        String token = sessions.open(actor, BROWSER);
        pass(Duration.ofSeconds(1));
        credentials.setPassword(alice, Password.of("une autre phrase de passe"), false);
        assertThat(sessions.find(token)).isEmpty();
    }

    @Test
    void itEndsWithItsAccount() {
        String token = sessions.open(actor, BROWSER);
        editor.setEnabled(alice.id(), false);
        assertThat(sessions.find(token)).isEmpty();
        editor.setEnabled(alice.id(), true);
        assertThat(sessions.find(token)).isPresent();
        editor.removeAccount(alice.id());
        assertThat(sessions.find(token)).isEmpty();
    }

    @Test
    void aPasswordThatMustBeChangedIsTold() {
        credentials.imposePassword(alice, true);
        String token = sessions.open(actor, BROWSER);
        assertThat(sessions.find(token))
                .hasValueSatisfying(live -> assertThat(live.mustChange()).isTrue());
    }

    @Test
    void oneIsRevokedAndTheOthersGoOn() {
        String here = sessions.open(actor, BROWSER);
        String there = sessions.open(actor, BROWSER);
        long number = sessions.find(there).orElseThrow().session().number();
        sessions.revoke(alice.id(), number);
        assertThat(sessions.find(there)).isEmpty();
        assertThat(sessions.find(here)).isPresent();
        assertThatThrownBy(() -> sessions.revoke(alice.id(), number)).isInstanceOf(Refusal.class);
    }

    @Test
    void allOthersAreRevokedAtOnce() {
        String here = sessions.open(actor, BROWSER);
        String there = sessions.open(actor, BROWSER);
        long kept = sessions.find(here).orElseThrow().session().number();
        assertThat(sessions.revokeOthers(alice.id(), kept)).isEqualTo(1);
        assertThat(sessions.find(here)).isPresent();
        assertThat(sessions.find(there)).isEmpty();
    }

    @Test
    void pastFiftyTheOldestEnds() {
        String first = sessions.open(actor, BROWSER);
        for (int i = 0; i < 50; i++) {
            pass(Duration.ofSeconds(1));
            sessions.open(actor, BROWSER);
        }
        assertThat(sessions.find(first)).isEmpty();
        assertThat(sessions.list(alice.id())).hasSize(50);
    }
}
