package org.facteur.edge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Language;
import org.facteur.core.account.Account;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Profile;
import org.facteur.core.account.Quota;
import org.facteur.core.login.Password;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.junit.jupiter.api.Test;

class FirstRunTest {
    private static final String PATH = "/setup/";

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
    private final AtomicBoolean administered = new AtomicBoolean();
    private final AtomicBoolean refuses = new AtomicBoolean();
    private final FirstRun firstRun = new FirstRun(administered::get, this::found, now::get);
    private final FirstRun.Founding wanted =
            new FirstRun.Founding(
                    Domain.parse("example.org"),
                    EmailAddress.parse("alice@example.org"),
                    "Alice",
                    Password.of("cerfs volants de septembre"),
                    Language.FRENCH);

    private Account found(FirstRun.Founding asked) {
        if (refuses.get()) {
            throw new Refusal(Refusal.Reason.INVALID, "too easy", "trop facile");
        }
        administered.set(true);
        return new Account(
                new AccountId(1),
                asked.address(),
                Profile.of(asked.name(), asked.language()),
                Quota.DEFAULT,
                now.get());
    }

    private String token() {
        return firstRun.begin().orElseThrow().substring(PATH.length());
    }

    @Test
    void aTokenOpensOnce() {
        String token = token();

        assertThat(firstRun.opens(token)).isTrue();
        assertThat(firstRun.use(token, wanted)).isPresent();
        administered.set(false);
        assertThat(firstRun.opens(token)).isFalse();
        assertThat(firstRun.use(token, wanted)).isEmpty();
    }

    @Test
    void anythingElseDoesNotOpen() {
        String token = token();

        assertThat(firstRun.opens("")).isFalse();
        assertThat(firstRun.opens(token.substring(1))).isFalse();
        assertThat(firstRun.opens(token + "A")).isFalse();
        assertThat(token).hasSizeGreaterThanOrEqualTo(43);
    }

    @Test
    void aTokenEnds() {
        String token = token();
        now.set(now.get().plus(FirstRun.LIFE).minus(Duration.ofSeconds(1)));
        assertThat(firstRun.opens(token)).isTrue();
        now.set(now.get().plus(Duration.ofSeconds(1)));

        assertThat(firstRun.opens(token)).isFalse();
    }

    @Test
    void aSecondLinkEndsTheFirst() {
        String first = token();
        String second = token();

        assertThat(firstRun.opens(first)).isFalse();
        assertThat(firstRun.opens(second)).isTrue();
    }

    @Test
    void whereSomebodyLooksAfterThePostOfficeThereIsNoLink() {
        String token = token();
        administered.set(true);

        assertThat(firstRun.begin()).isEmpty();
        assertThat(firstRun.opens(token)).isFalse();
    }

    @Test
    void aPasswordThatIsRefusedLeavesTheLink() {
        String token = token();
        refuses.set(true);

        assertThatThrownBy(() -> firstRun.use(token, wanted)).isInstanceOf(Refusal.class);
        refuses.set(false);
        assertThat(firstRun.use(token, wanted)).isPresent();
    }
}
