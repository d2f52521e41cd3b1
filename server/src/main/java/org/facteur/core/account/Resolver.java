package org.facteur.core.account;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.facteur.store.kv.ReadView;
import org.facteur.store.layout.Layout;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/// Follows addresses to who receives, in one version of the directory. One thread.
final class Resolver {
    /// The most addresses one resolution looks at: what lies beyond is not reached.
    private static final int STEPS = 10_000;

    private static final Set<String> ALWAYS_ANSWERED = Set.of("postmaster", "abuse");

    private final ReadView view;

    Resolver(ReadView view) {
        this.view = view;
    }

    Resolution resolve(EmailAddress address) {
        if (findHome(address.domain()).isEmpty()) {
            return new Resolution.Elsewhere();
        }
        Set<AccountId> accounts = new LinkedHashSet<>();
        Set<EmailAddress> outside = new LinkedHashSet<>();
        Set<EmailAddress> seen = new HashSet<>();
        Deque<EmailAddress> open = new ArrayDeque<>();
        open.add(address);
        while (!open.isEmpty() && seen.size() < STEPS) {
            EmailAddress next = open.remove();
            if (!seen.add(next)) {
                continue;
            }
            MailDomain home = findHome(next.domain()).orElse(null);
            if (home == null) {
                outside.add(next);
                continue;
            }
            switch (findRow(home, next)) {
                case null -> fallback(home, next).ifPresent(found -> reach(found, accounts, open));
                case AddressRow.Own(AccountId account) -> accounts.add(account);
                case AddressRow.Other(Alias alias) -> open.addAll(alias.targets());
            }
        }
        return accounts.isEmpty() && outside.isEmpty()
                ? new Resolution.Unknown()
                : new Resolution.Reached(accounts, outside);
    }

    /// Whose letters an address takes.
    Alias.Writers writers(EmailAddress address) {
        return findHome(address.domain()).map(home -> findRow(home, address)).orElse(null)
                        instanceof AddressRow.Other(Alias alias)
                ? alias.writers()
                : Alias.Writers.ANYONE;
    }

    private sealed interface Found {
        record Box(AccountId account) implements Found {}

        record Forward(EmailAddress address) implements Found {}
    }

    private static void reach(Found found, Set<AccountId> accounts, Deque<EmailAddress> open) {
        switch (found) {
            case Found.Box box -> accounts.add(box.account());
            case Found.Forward forward -> open.add(forward.address());
        }
    }

    private static Optional<Found> fallback(MailDomain home, EmailAddress address) {
        String local = address.local().value().toLowerCase(Locale.ROOT);
        AccountId steward = home.steward();
        if (ALWAYS_ANSWERED.contains(local) && steward != null) {
            return Optional.of(new Found.Box(steward));
        }
        EmailAddress catchAll = home.catchAll();
        return catchAll == null ? Optional.empty() : Optional.of(new Found.Forward(catchAll));
    }

    /// The domain that holds the boxes of a domain: itself, or the one it is an alias of.
    Optional<MailDomain> findHome(Domain name) {
        Optional<MailDomain> domain = Directory.findDomain(view, name);
        Domain aliasOf = domain.map(MailDomain::aliasOf).orElse(null);
        return aliasOf == null ? domain : Directory.findDomain(view, aliasOf);
    }

    @Nullable AddressRow findRow(MailDomain home, EmailAddress address) {
        String whole = ComparedForm.of(address.local(), home.separators());
        Optional<byte[]> row = view.find(Layout.address(home.name().name(), whole));
        if (row.isEmpty()) {
            String bare =
                    ComparedForm.of(
                            address.local().withoutTag(MailDomain.TAG_SEPARATOR),
                            home.separators());
            row = view.find(Layout.address(home.name().name(), bare));
        }
        return row.map(AddressRow::decode).orElse(null);
    }

    Optional<AccountId> findOwner(EmailAddress address) {
        return findHome(address.domain())
                .map(home -> findRow(home, address))
                .flatMap(
                        row ->
                                row instanceof AddressRow.Own(AccountId account)
                                        ? Optional.of(account)
                                        : Optional.empty());
    }

    boolean owns(AccountId account, EmailAddress address) {
        Set<EmailAddress> seen = new HashSet<>();
        Deque<EmailAddress> open = new ArrayDeque<>();
        open.add(address);
        while (!open.isEmpty() && seen.size() < STEPS) {
            EmailAddress next = open.remove();
            MailDomain home = findHome(next.domain()).orElse(null);
            if (home == null || !seen.add(next)) {
                continue;
            }
            switch (findRow(home, next)) {
                case null -> {
                    // The steward may answer as postmaster; a catch-all makes nobody an owner.
                    if (account.equals(home.steward())
                            && ALWAYS_ANSWERED.contains(
                                    next.local().value().toLowerCase(Locale.ROOT))) {
                        return true;
                    }
                }
                case AddressRow.Own(AccountId owner) -> {
                    if (owner.equals(account)) {
                        return true;
                    }
                }
                case AddressRow.Other(Alias alias) -> {
                    if (alias.kind() == Alias.Kind.ALIAS) {
                        open.addAll(alias.targets());
                    }
                }
            }
        }
        return false;
    }
}
