package org.facteur.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Language;
import org.facteur.store.kv.EngineStore;
import org.facteur.store.memory.MemoryEngine;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who receives at which address, and who may write as which.
class DirectoryTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

    private final Directory directory =
            new Directory(new EngineStore(new MemoryEngine(), new Random(1), CLOCK));
    private final DirectoryEditor editor = new DirectoryEditor(directory, CLOCK);
    private Account alice = placeholder();
    private Account bruno = placeholder();

    private static Account placeholder() {
        return new Account(
                new AccountId(99),
                at("x@y.z"),
                Profile.of("", Language.ENGLISH),
                Quota.DEFAULT,
                Instant.EPOCH);
    }

    @BeforeEach
    void people() {
        editor.addDomain(domain("example.org"), null);
        alice = editor.addAccount(at("Alice.Dupont@example.org"), "Alice", Language.FRENCH);
        bruno = editor.addAccount(at("bruno@example.org"), "Bruno", Language.ENGLISH);
    }

    private static EmailAddress at(String text) {
        return EmailAddress.parse(text);
    }

    private static Domain domain(String text) {
        return Domain.parse(text);
    }

    private void reaches(String address, Account... accounts) {
        assertThat(directory.resolve(at(address)))
                .as(address)
                .isInstanceOfSatisfying(
                        Resolution.Reached.class,
                        reached -> {
                            assertThat(reached.accounts())
                                    .containsExactlyInAnyOrderElementsOf(
                                            List.of(accounts).stream().map(Account::id).toList());
                            assertThat(reached.outside()).isEmpty();
                        });
    }

    @Test
    void spellingsOfOneBoxAreOneBox() {
        for (String spelling :
                List.of(
                        "alice.dupont@example.org",
                        "ALICE.DUPONT@EXAMPLE.ORG",
                        "\"alice.dupont\"@example.org",
                        "\uff41lice.dupont@example.org",
                        "alice.dupont+shop@example.org")) {
            reaches(spelling, alice);
        }
        assertThatThrownBy(
                        () ->
                                editor.addAccount(
                                        at("ALICE.dupont@example.org"), "", Language.ENGLISH))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void separatorsCountAsTheDomainSays() {
        assertThat(directory.resolve(at("alicedupont@example.org")))
                .isInstanceOf(Resolution.Unknown.class);
        editor.setSeparators(domain("example.org"), ".");
        reaches("alicedupont@example.org", alice);
        reaches("a.l.i.c.e.dupont+tag@example.org", alice);
        editor.addAccount(at("eve@example.org"), "", Language.ENGLISH);
        editor.setSeparators(domain("example.org"), "");
        editor.addAccount(at("e.ve@example.org"), "", Language.ENGLISH);
        assertThatThrownBy(() -> editor.setSeparators(domain("example.org"), "."))
                .isInstanceOf(Refusal.class);
        reaches("e.ve@example.org", directory.findOwner(at("e.ve@example.org")).orElseThrow());
    }

    @Test
    void unknownAndForeignAddressesAreToldApart() {
        assertThat(directory.resolve(at("ghost@example.org")))
                .isInstanceOf(Resolution.Unknown.class);
        assertThat(directory.resolve(at("a@elsewhere.example")))
                .isInstanceOf(Resolution.Elsewhere.class);
    }

    @Test
    void aliasesLeadToSeveralAndOutside() {
        editor.putAlias(
                new Alias(
                        at("info@example.org"),
                        Alias.Kind.ALIAS,
                        List.of(alice.address(), bruno.address(), at("friend@elsewhere.example"))));
        assertThat(directory.resolve(at("info+x@example.org")))
                .isInstanceOfSatisfying(
                        Resolution.Reached.class,
                        reached -> {
                            assertThat(reached.accounts())
                                    .containsExactlyInAnyOrder(alice.id(), bruno.id());
                            assertThat(reached.outside())
                                    .containsExactly(at("friend@elsewhere.example"));
                        });
    }

    @Test
    void loopsOfAliasesAreRefused() {
        editor.putAlias(new Alias(at("a@example.org"), Alias.Kind.ALIAS, List.of(alice.address())));
        editor.putAlias(
                new Alias(at("b@example.org"), Alias.Kind.ALIAS, List.of(at("a@example.org"))));
        assertThatThrownBy(
                        () ->
                                editor.putAlias(
                                        new Alias(
                                                at("a@example.org"),
                                                Alias.Kind.ALIAS,
                                                List.of(at("b@example.org")))))
                .isInstanceOf(Refusal.class);
        reaches("b@example.org", alice);
        assertThatThrownBy(
                        () ->
                                editor.putAlias(
                                        new Alias(
                                                at("c@example.org"),
                                                Alias.Kind.ALIAS,
                                                List.of(at("ghost@example.org")))))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void aDomainAliasIsAnotherNameOfEveryBox() {
        editor.addDomain(domain("example.net"), domain("example.org"));
        reaches("bruno@example.net", bruno);
        assertThat(directory.owns(bruno.id(), at("bruno@example.net"))).isTrue();
        assertThatThrownBy(() -> editor.removeDomain(domain("example.org")))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void postmasterAndAbuseAreAlwaysAnswered() {
        reaches("postmaster@example.org", alice);
        reaches("Abuse@example.org", alice);
        editor.setSteward(domain("example.org"), bruno.id());
        reaches("postmaster@example.org", bruno);
        assertThat(directory.owns(bruno.id(), at("postmaster@example.org"))).isTrue();
    }

    @Test
    void catchAllReceivesTheRestAndMakesNobodyAnOwner() {
        editor.setCatchAll(domain("example.org"), bruno.address());
        reaches("whoever@example.org", bruno);
        reaches("alice.dupont@example.org", alice);
        assertThat(directory.owns(bruno.id(), at("whoever@example.org"))).isFalse();
    }

    @Test
    void peopleOwnTheirAddressesAndAliasesButNotGroups() {
        editor.putAlias(
                new Alias(at("sales@example.org"), Alias.Kind.ALIAS, List.of(bruno.address())));
        editor.putAlias(
                new Alias(at("team@example.org"), Alias.Kind.GROUP, List.of(bruno.address())));
        assertThat(directory.owns(bruno.id(), at("Bruno+x@example.org"))).isTrue();
        assertThat(directory.owns(bruno.id(), at("sales@example.org"))).isTrue();
        assertThat(directory.owns(bruno.id(), at("team@example.org"))).isFalse();
        assertThat(directory.owns(bruno.id(), alice.address())).isFalse();
        assertThat(directory.owns(bruno.id(), at("bruno@elsewhere.example"))).isFalse();
    }

    @Test
    void aRemovedAccountIsGoneAtOnce() {
        reaches("bruno@example.org", bruno);
        editor.removeAccount(bruno.id());
        assertThat(directory.resolve(at("bruno@example.org")))
                .isInstanceOf(Resolution.Unknown.class);
        Account again = editor.addAccount(at("bruno@example.org"), "", Language.ENGLISH);
        assertThat(again.id()).isNotEqualTo(bruno.id());
    }

    @Test
    void anAddressThatLooksLikeAnotherIsRefusedUnlessItIsMeant() {
        NewAccount twin =
                new NewAccount(
                        at("\u0430lice.dupont@example.org"),
                        Profile.of("", Language.ENGLISH),
                        false);
        assertThatThrownBy(() -> editor.addAccount(twin)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> editor.checkAccount(twin)).isInstanceOf(Refusal.class);
        editor.addAccount(new NewAccount(twin.address(), twin.profile(), true));
        editor.removeAccount(alice.id());
        editor.removeAccount(directory.findOwner(twin.address()).orElseThrow().id());
        editor.checkAccount(twin);
    }

    @Test
    void aGroupTakesLettersFromThoseItIsFor() {
        EmailAddress team = at("team@example.org");
        for (Alias.Writers writers : Alias.Writers.values()) {
            editor.putAlias(
                    new Alias(team, Alias.Kind.GROUP, writers, List.of(at("bruno@example.org"))));
            assertThat(directory.admits(team, null)).isEqualTo(writers == Alias.Writers.ANYONE);
            assertThat(directory.admits(team, alice.id()))
                    .isEqualTo(writers != Alias.Writers.MEMBERS);
            assertThat(directory.admits(team, bruno.id())).isTrue();
        }
        assertThat(directory.admits(at("bruno@example.org"), null)).isTrue();
        assertThat(directory.admits(at("somebody@elsewhere.example"), null)).isTrue();
    }

    @Test
    void aProfileKeepsItsRecoveryAddress() {
        Profile profile =
                new Profile("Alice D.", Language.ENGLISH, at("alice@elsewhere.example"), true);
        editor.setProfile(alice.id(), profile);
        assertThat(directory.getAccount(alice.id()).profile()).isEqualTo(profile);
    }

    @Test
    void aRenamedAccountKeepsItsOldAddressAsAnAlias() {
        editor.putAlias(
                new Alias(
                        at("team@example.org"),
                        Alias.Kind.GROUP,
                        Alias.Writers.ANYONE,
                        List.of(at("BRUNO@example.org"), at("x@elsewhere.example"))));
        editor.setCatchAll(Domain.parse("example.org"), at("bruno@example.org"));
        Account renamed = editor.renameAccount(bruno.id(), at("brunon@example.org"), true);
        assertThat(renamed.address()).isEqualTo(at("brunon@example.org"));
        assertThat(renamed.born()).isEqualTo(at("bruno@example.org"));
        for (String each : List.of("bruno@example.org", "brunon@example.org", "any@example.org")) {
            assertThat(directory.findAccount(at(each))).as(each).contains(renamed);
        }
        assertThat(directory.owns(bruno.id(), at("bruno@example.org"))).isTrue();
        Account back = editor.renameAccount(bruno.id(), at("Bruno@example.org"), false);
        assertThat(back.address()).isEqualTo(at("Bruno@example.org"));
        assertThat(directory.resolve(at("team@example.org")))
                .isEqualTo(
                        new Resolution.Reached(
                                Set.of(bruno.id()), Set.of(at("x@elsewhere.example"))));
    }

    @Test
    void aForgottenAddressIsFreeAndATakenOneIsRefused() {
        editor.setCatchAll(Domain.parse("example.org"), null);
        editor.renameAccount(bruno.id(), at("brunon@example.org"), false);
        assertThat(directory.findAccount(at("bruno@example.org"))).isEmpty();
        Account next = editor.addAccount(at("bruno@example.org"), "", Language.ENGLISH);
        assertThatThrownBy(() -> editor.renameAccount(next.id(), at("brunon@example.org"), true))
                .isInstanceOf(Refusal.class);
    }
}
