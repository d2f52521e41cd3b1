package org.facteur.core.account;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Language;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.Transaction;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/// Domains, accounts, aliases and groups: changing. Any thread; each call is one transaction.
public final class DirectoryEditor {
    private static final byte[] PRESENT = {1};

    private static final Key NEXT_ACCOUNT = Layout.counters("next-account");

    private final Partition partition;
    private final InstantSource clock;

    public DirectoryEditor(Directory directory, InstantSource clock) {
        this.partition = directory.partition();
        this.clock = clock;
    }

    /// @param aliasOf the domain it is another name of, or null for a domain of its own
    /// @throws Refusal ALREADY_EXISTS; NOT_FOUND or INVALID for the other domain
    public void addDomain(Domain name, @Nullable Domain aliasOf) {
        write(
                tx -> {
                    if (name.isLiteral()) {
                        throw invalid(
                                "A domain is a name, not an address.",
                                "Un domaine est un nom, pas une adresse.");
                    }
                    if (Directory.findDomain(tx, name).isPresent()) {
                        throw exists("This domain is already here.", "Ce domaine est déjà là.");
                    }
                    if (aliasOf != null && getDomain(tx, aliasOf).aliasOf() != null) {
                        throw invalid(
                                "That domain is itself another name of a third.",
                                "Ce domaine est lui-même un autre nom d'un troisième.");
                    }
                    put(tx, MailDomain.fresh(name, aliasOf));
                });
    }

    /// @throws Refusal NOT_FOUND, or CANNOT while addresses or other domains depend on it
    public void removeDomain(Domain name) {
        write(
                tx -> {
                    getDomain(tx, name);
                    boolean used =
                            !tx.scan(Layout.addresses(name.name()), 1).isEmpty()
                                    || Directory.all(tx, Layout.all(Table.DOMAINS)).stream()
                                            .map(row -> MailDomain.decode(name, row.value()))
                                            .anyMatch(domain -> name.equals(domain.aliasOf()));
                    if (used) {
                        throw new Refusal(
                                Refusal.Reason.CANNOT,
                                "Accounts, aliases or other domains still depend on this domain.",
                                "Des comptes, des alias ou d'autres domaines dépendent encore de"
                                        + " celui-ci.");
                    }
                    tx.delete(Layout.domain(name.name()));
                });
    }

    /// Whether letters that aliases and groups of a domain send on leave with a sender here.
    public void setRewriting(Domain name, boolean rewrites) {
        write(tx -> put(tx, getDomain(tx, name).withRewriting(rewrites)));
    }

    /// Which characters do not count in the local parts of a domain.
    ///
    /// @throws Refusal CANNOT when two existing boxes would become one
    public void setSeparators(Domain name, String separators) {
        write(
                tx -> {
                    MailDomain domain = getDomain(tx, name).withSeparators(separators);
                    List<Row> rows = Directory.all(tx, Layout.addresses(name.name()));
                    rows.forEach(row -> tx.delete(row.key()));
                    for (Row row : rows) {
                        AddressRow kept = AddressRow.decode(row.value());
                        EmailAddress address =
                                switch (kept) {
                                    case AddressRow.Own(AccountId id) ->
                                            getAccount(tx, id).address();
                                    case AddressRow.Other(Alias alias) -> alias.address();
                                };
                        Key key = key(domain, address);
                        if (tx.find(key).isPresent()) {
                            throw new Refusal(
                                    Refusal.Reason.CANNOT,
                                    "Two addresses of this domain would become one.",
                                    "Deux adresses de ce domaine n'en feraient plus qu'une.");
                        }
                        tx.put(key, row.value());
                    }
                    put(tx, domain);
                });
    }

    /// Who receives what nobody else does, or null for nobody.
    public void setCatchAll(Domain name, @Nullable EmailAddress receiver) {
        updateDomain(name, domain -> domain.withCatchAll(receiver));
    }

    public void setSteward(Domain name, AccountId steward) {
        updateDomain(name, domain -> domain.withSteward(steward));
    }

    /// @throws Refusal NOT_FOUND when the domain is not here, ALREADY_EXISTS when the address is
    ///   taken
    public Account addAccount(EmailAddress address, String name, Language language) {
        return addAccount(new NewAccount(address, Profile.of(name, language), true));
    }

    /// @throws Refusal NOT_FOUND when the domain is not here, ALREADY_EXISTS when the address is
    ///   taken, NOT_ALLOWED when it looks like another that is taken
    public Account addAccount(NewAccount wanted) {
        return partition.write(tx -> add(tx, wanted)).value();
    }

    /// Whether an account could be made now; changes nothing.
    ///
    /// @throws Refusal as [#addAccount] does
    public void checkAccount(NewAccount wanted) {
        partition.read(
                view -> {
                    check(view, wanted);
                    return true;
                });
    }

    private static MailDomain check(ReadView view, NewAccount wanted) {
        EmailAddress address = wanted.address();
        MailDomain home =
                new Resolver(view)
                        .findHome(address.domain())
                        .orElseThrow(DirectoryEditor::noDomain);
        if (view.find(key(home, address)).isPresent()) {
            throw exists("This address is already taken.", "Cette adresse est déjà prise.");
        }
        if (!wanted.resembling()
                && !view.scan(
                                Layout.lookAlikes(
                                        home.name().name(),
                                        Resemblance.of(address.local().value())),
                                1)
                        .isEmpty()) {
            throw new Refusal(
                    Refusal.Reason.NOT_ALLOWED,
                    "This address looks like another that is already taken.",
                    "Cette adresse ressemble à une autre, déjà prise.");
        }
        return home;
    }

    private Account add(Transaction tx, NewAccount wanted) {
        MailDomain home = check(tx, wanted);
        EmailAddress address = wanted.address();
        AccountId id = takeAccountId(tx);
        Account account =
                new Account(
                        id,
                        new EmailAddress(address.local(), home.name()),
                        wanted.profile(),
                        Quota.DEFAULT,
                        clock.instant());
        tx.put(Layout.account(id.number()), account.encode());
        tx.put(key(home, address), AddressRow.encode(new AddressRow.Own(id)));
        tx.put(lookAlike(home, address), PRESENT);
        if (home.steward() == null) {
            put(tx, home.withSteward(id));
        }
        return account;
    }

    private static Key lookAlike(MailDomain home, EmailAddress address) {
        String local = address.local().value();
        return Layout.lookAlike(
                home.name().name(), Resemblance.of(local), ComparedForm.of(address.local(), ""));
    }

    /// Gives an account another address. Its letters, passwords and devices stay; what led to the
    /// old address leads to the new one.
    ///
    /// @param keepOld whether the old address stays an alias; otherwise it is free
    /// @throws Refusal NOT_FOUND when the account or the domain is not here, ALREADY_EXISTS when
    ///   the address is taken by anything but an alias that leads to this account alone
    public Account renameAccount(AccountId id, EmailAddress wanted, boolean keepOld) {
        return partition.write(tx -> rename(tx, getAccount(tx, id), wanted, keepOld)).value();
    }

    private static Account rename(
            Transaction tx, Account account, EmailAddress wanted, boolean keepOld) {
        EmailAddress old = account.address();
        MailDomain from = getHome(tx, old.domain());
        MailDomain to = getHome(tx, wanted.domain());
        EmailAddress fresh = new EmailAddress(wanted.local(), to.name());
        AddressRow there = tx.find(key(to, fresh)).map(AddressRow::decode).orElse(null);
        boolean spelling = new AddressRow.Own(account.id()).equals(there);
        boolean own =
                there instanceof AddressRow.Other(Alias alias)
                        && alias.kind() == Alias.Kind.ALIAS
                        && new Resolver(tx).resolve(alias.address())
                                instanceof Resolution.Reached(var accounts, var outside)
                        && accounts.equals(java.util.Set.of(account.id()))
                        && outside.isEmpty();
        if (there != null && !spelling && !own) {
            throw exists("This address is already taken.", "Cette adresse est déjà prise.");
        }
        tx.delete(key(from, old));
        tx.delete(lookAlike(from, old));
        tx.put(key(to, fresh), AddressRow.encode(new AddressRow.Own(account.id())));
        tx.put(lookAlike(to, fresh), PRESENT);
        Account renamed = account.named(fresh);
        tx.put(Layout.account(account.id().number()), renamed.encode());
        if (!spelling) {
            lead(tx, each -> isSame(tx, each, from, old), fresh);
        }
        if (keepOld && !spelling) {
            Alias alias = new Alias(old, Alias.Kind.ALIAS, Alias.Writers.ANYONE, List.of(fresh));
            tx.put(key(from, old), AddressRow.encode(new AddressRow.Other(alias)));
            tx.put(lookAlike(from, old), PRESENT);
        }
        return renamed;
    }

    private static boolean isSame(
            Transaction tx, EmailAddress address, MailDomain home, EmailAddress other) {
        return new Resolver(tx)
                        .findHome(address.domain())
                        .filter(found -> found.name().equals(home.name()))
                        .isPresent()
                && ComparedForm.of(address.local(), home.separators())
                        .equals(ComparedForm.of(other.local(), home.separators()));
    }

    /// Aliases, groups and domains that named an address name another.
    private static void lead(Transaction tx, Predicate<EmailAddress> old, EmailAddress fresh) {
        for (Row row : Directory.all(tx, Layout.all(Table.ADDRESSES))) {
            if (AddressRow.decode(row.value()) instanceof AddressRow.Other(Alias alias)
                    && alias.targets().stream().anyMatch(old)) {
                List<EmailAddress> targets =
                        alias.targets().stream()
                                .map(each -> old.test(each) ? fresh : each)
                                .distinct()
                                .toList();
                tx.put(
                        row.key(),
                        AddressRow.encode(
                                new AddressRow.Other(
                                        new Alias(
                                                alias.address(),
                                                alias.kind(),
                                                alias.writers(),
                                                targets))));
            }
        }
        for (Row row : Directory.all(tx, Layout.all(Table.DOMAINS))) {
            MailDomain domain =
                    MailDomain.decode(Domain.parse(Layout.text(row.key())), row.value());
            EmailAddress catchAll = domain.catchAll();
            if (catchAll != null && old.test(catchAll)) {
                put(tx, domain.withCatchAll(fresh));
            }
        }
    }

    public void setProfile(AccountId id, Profile profile) {
        updateAccount(id, account -> account.with(profile));
    }

    /// Removes an account and its credentials. What it held is not touched here.
    public void removeAccount(AccountId id) {
        write(
                tx -> {
                    Account account = getAccount(tx, id);
                    MailDomain home = getHome(tx, account.address().domain());
                    tx.delete(key(home, account.address()));
                    tx.delete(lookAlike(home, account.address()));
                    tx.delete(Layout.account(id.number()));
                    Directory.all(tx, Layout.webSessions(id.number()))
                            .forEach(row -> tx.delete(row.key()));
                    Directory.all(tx, Layout.credentials(id.number()))
                            .forEach(row -> tx.delete(row.key()));
                    if (id.equals(home.steward())) {
                        put(tx, home.withSteward(null));
                    }
                });
    }

    public void setQuota(AccountId id, Quota quota) {
        updateAccount(id, account -> account.with(quota));
    }

    public void setEnabled(AccountId id, boolean enabled) {
        updateAccount(id, account -> account.enabled(enabled));
    }

    /// Whether the owner of an account looks after the post office.
    public void setAdministrator(AccountId id, boolean administrator) {
        updateAccount(id, account -> account.with(account.standing().administrator(administrator)));
    }

    /// Makes or replaces an alias or group.
    ///
    /// @throws Refusal NOT_FOUND when its domain or a local target is not here, ALREADY_EXISTS when
    ///   an account has the address, INVALID when it would lead back to itself
    public void putAlias(Alias alias) {
        write(
                tx -> {
                    MailDomain home = getHome(tx, alias.address().domain());
                    Key key = key(home, alias.address());
                    Optional<AddressRow> known = tx.find(key).map(AddressRow::decode);
                    if (known.isPresent() && known.get() instanceof AddressRow.Own) {
                        throw exists(
                                "This address is already taken.", "Cette adresse est déjà prise.");
                    }
                    tx.put(key, AddressRow.encode(new AddressRow.Other(alias)));
                    tx.put(lookAlike(home, alias.address()), PRESENT);
                    AliasLoops.refuse(new Resolver(tx), alias);
                });
    }

    /// @throws Refusal NOT_FOUND
    public void removeAlias(EmailAddress address) {
        write(
                tx -> {
                    MailDomain home = getHome(tx, address.domain());
                    Key key = key(home, address);
                    boolean alias =
                            tx.find(key).map(AddressRow::decode).orElse(null)
                                    instanceof AddressRow.Other;
                    if (!alias) {
                        throw new Refusal(
                                Refusal.Reason.NOT_FOUND,
                                "There is no such alias.",
                                "Cet alias n'existe pas.");
                    }
                    tx.delete(key);
                    tx.delete(lookAlike(home, address));
                });
    }

    private void updateDomain(Domain name, UnaryOperator<MailDomain> change) {
        write(tx -> put(tx, change.apply(getDomain(tx, name))));
    }

    private void updateAccount(AccountId id, UnaryOperator<Account> change) {
        write(tx -> tx.put(Layout.account(id.number()), change.apply(getAccount(tx, id)).encode()));
    }

    private void write(Consumer<Transaction> work) {
        partition.write(
                tx -> {
                    work.accept(tx);
                    return true;
                });
    }

    private static void put(Transaction tx, MailDomain domain) {
        tx.put(Layout.domain(domain.name().name()), domain.encode());
    }

    private static AccountId takeAccountId(Transaction tx) {
        long next = tx.find(NEXT_ACCOUNT).map(octets -> new Decoder(octets, 1).number()).orElse(1L);
        tx.put(NEXT_ACCOUNT, new Encoder(1).number(next + 1).toBytes());
        return new AccountId(next);
    }

    private static Key key(MailDomain home, EmailAddress address) {
        return Layout.address(
                home.name().name(), ComparedForm.of(address.local(), home.separators()));
    }

    private static MailDomain getDomain(Transaction tx, Domain name) {
        return Directory.findDomain(tx, name).orElseThrow(DirectoryEditor::noDomain);
    }

    private static MailDomain getHome(Transaction tx, Domain name) {
        return new Resolver(tx).findHome(name).orElseThrow(DirectoryEditor::noDomain);
    }

    private static Account getAccount(Transaction tx, AccountId id) {
        return Directory.findAccount(tx, id).orElseThrow(Directory::noSuchAccount);
    }

    private static Refusal noDomain() {
        return new Refusal(
                Refusal.Reason.NOT_FOUND,
                "This domain is not served here.",
                "Ce domaine n'est pas servi ici.");
    }

    private static Refusal exists(String english, String french) {
        return new Refusal(Refusal.Reason.ALREADY_EXISTS, english, french);
    }

    private static Refusal invalid(String english, String french) {
        return new Refusal(Refusal.Reason.INVALID, english, french);
    }
}
