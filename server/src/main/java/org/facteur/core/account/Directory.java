package org.facteur.core.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.facteur.base.fault.Refusal;
import org.facteur.store.kv.KeyRange;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.Store;
import org.facteur.store.kv.StoreLimits;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/// Domains, accounts, aliases and groups: reading. Any thread. Answers are those of the last
/// durable version; what was asked before is remembered until the directory changes.
///
/// Changing is [DirectoryEditor]'s.
public final class Directory {
    private static final int REMEMBERED = 20_000;

    private final Partition partition;
    private final Cache<EmailAddress, Remembered<Resolution>> resolutions =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private final Cache<EmailAddress, Remembered<Alias.Writers>> writers =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private final Cache<AccountId, Remembered<Optional<Account>>> accounts =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    private final Cache<Domain, Remembered<Optional<MailDomain>>> domains =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    private record Remembered<T>(long version, T value) {}

    public Directory(Store store) {
        this.partition = store.partition(PartitionId.DIRECTORY);
    }

    /// Where the directory lies; credentials lie there too.
    public Partition partition() {
        return partition;
    }

    /// The durable version of the directory: as long as it is the same, so is every answer.
    public long version() {
        return partition.version();
    }

    /// Who receives at an address. Takes the same time for a box that exists and one that does not.
    public Resolution resolve(EmailAddress address) {
        return remembered(resolutions, address, view -> new Resolver(view).resolve(address));
    }

    public Optional<Account> findAccount(AccountId id) {
        return remembered(accounts, id, view -> findAccount(view, id));
    }

    /// @throws Refusal NOT_FOUND
    public Account getAccount(AccountId id) {
        return findAccount(id).orElseThrow(Directory::noSuchAccount);
    }

    /// The account that signs in with an address: its own, in any spelling, or an alias that leads
    /// to it alone.
    public Optional<Account> findAccount(EmailAddress address) {
        return resolve(address) instanceof Resolution.Reached reached
                        && reached.accounts().size() == 1
                        && reached.outside().isEmpty()
                ? findAccount(reached.accounts().iterator().next())
                : Optional.empty();
    }

    /// The account whose own address this is, in any spelling, tags aside.
    public Optional<Account> findOwner(EmailAddress address) {
        return partition
                .read(view -> new Resolver(view).findOwner(address))
                .flatMap(this::findAccount);
    }

    /// Whether an account may write as an address: its own in any spelling or with a tag, or an
    /// alias that leads to it.
    public boolean owns(AccountId account, EmailAddress address) {
        return partition.read(view -> new Resolver(view).owns(account, address));
    }

    /// Whether what somebody writes is passed on by an alias or group; always where the address is
    /// none.
    ///
    /// @param writer who is signed in, or null for a stranger
    public boolean admits(EmailAddress recipient, @Nullable AccountId writer) {
        Alias.Writers open =
                remembered(writers, recipient, view -> new Resolver(view).writers(recipient));
        return switch (open) {
            case ANYONE -> true;
            case HERE -> writer != null;
            case MEMBERS ->
                    writer != null
                            && resolve(recipient) instanceof Resolution.Reached reached
                            && reached.accounts().contains(writer);
        };
    }

    /// What two spellings of an address share when they reach the same box: for comparing only.
    public String comparedForm(EmailAddress address) {
        return partition.read(
                view ->
                        new Resolver(view)
                                .findHome(address.domain())
                                .map(
                                        home ->
                                                ComparedForm.of(address.local(), home.separators())
                                                        + '@'
                                                        + home.name().name())
                                .orElse(address.toString()));
    }

    public Optional<MailDomain> findDomain(Domain name) {
        return remembered(domains, name, view -> findDomain(view, name));
    }

    /// All domains in order of their names.
    public List<MailDomain> domains() {
        return partition.read(
                view ->
                        all(view, Layout.all(Table.DOMAINS)).stream()
                                .map(row -> domain(row))
                                .toList());
    }

    /// All accounts in order of their numbers.
    public List<Account> accounts() {
        return partition.read(
                view ->
                        all(view, Layout.all(Table.ACCOUNTS)).stream()
                                .map(
                                        row ->
                                                Account.decode(
                                                        new AccountId(Layout.number(row.key(), 0)),
                                                        row.value()))
                                .toList());
    }

    /// Whether somebody who can sign in looks after the post office.
    public boolean administered() {
        return partition.read(
                view -> {
                    KeyRange rest = Layout.all(Table.ACCOUNTS);
                    while (true) {
                        List<Row> page = view.scan(rest, StoreLimits.SCAN_ROWS);
                        if (page.stream().anyMatch(Directory::administers)) {
                            return true;
                        }
                        if (page.size() < StoreLimits.SCAN_ROWS) {
                            return false;
                        }
                        rest = rest.after(page.getLast());
                    }
                });
    }

    private static boolean administers(Row row) {
        Account account = Account.decode(new AccountId(Layout.number(row.key(), 0)), row.value());
        return account.administrator() && account.enabled();
    }

    /// All aliases and groups in order of domain and name.
    public List<Alias> aliases() {
        return partition.read(
                view -> {
                    List<Alias> aliases = new ArrayList<>();
                    for (Row row : all(view, Layout.all(Table.ADDRESSES))) {
                        if (AddressRow.decode(row.value())
                                instanceof AddressRow.Other(Alias alias)) {
                            aliases.add(alias);
                        }
                    }
                    return List.copyOf(aliases);
                });
    }

    static Optional<Account> findAccount(ReadView view, AccountId id) {
        return view.find(Layout.account(id.number())).map(octets -> Account.decode(id, octets));
    }

    static Optional<MailDomain> findDomain(ReadView view, Domain name) {
        return view.find(Layout.domain(name.name())).map(octets -> MailDomain.decode(name, octets));
    }

    static List<Row> all(ReadView view, KeyRange range) {
        List<Row> rows = new ArrayList<>();
        KeyRange rest = range;
        while (true) {
            List<Row> page = view.scan(rest, StoreLimits.SCAN_ROWS);
            rows.addAll(page);
            if (page.size() < StoreLimits.SCAN_ROWS) {
                return rows;
            }
            rest = rest.after(page.getLast());
        }
    }

    /// What is said of an account that does not exist, or that the actor may not know of.
    public static Refusal noSuchAccount() {
        return new Refusal(
                Refusal.Reason.NOT_FOUND, "There is no such account.", "Ce compte n'existe pas.");
    }

    private static MailDomain domain(Row row) {
        return MailDomain.decode(Domain.parse(Layout.text(row.key())), row.value());
    }

    private <K, V> V remembered(Cache<K, Remembered<V>> cache, K key, Function<ReadView, V> look) {
        Remembered<V> known = cache.getIfPresent(key);
        if (known != null && known.version() == partition.version()) {
            return known.value();
        }
        Remembered<V> fresh =
                partition.read(view -> new Remembered<>(view.version(), look.apply(view)));
        cache.put(key, fresh);
        return fresh.value();
    }
}
