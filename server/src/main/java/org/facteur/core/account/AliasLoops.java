package org.facteur.core.account;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/// Refuses an alias that leads back to itself or to a box that does not exist.
final class AliasLoops {
    private AliasLoops() {}

    /// @param resolver of a transaction in which the alias is already written
    static void refuse(Resolver resolver, Alias alias) {
        AddressRow start = row(resolver, alias.address());
        Set<AddressRow> seen = new HashSet<>();
        Deque<EmailAddress> open = new ArrayDeque<>(alias.targets());
        while (!open.isEmpty()) {
            EmailAddress next = open.remove();
            if (resolver.findHome(next.domain()).isEmpty()) {
                continue;
            }
            AddressRow row = row(resolver, next);
            if (row == null) {
                throw new Refusal(
                        Refusal.Reason.NOT_FOUND,
                        "Nobody receives at " + next + ".",
                        "Personne ne reçoit à " + next + ".");
            }
            if (row.equals(start)) {
                throw new Refusal(
                        Refusal.Reason.INVALID,
                        "This alias would lead back to itself.",
                        "Cet alias ramènerait à lui-même.");
            }
            if (row instanceof AddressRow.Other(Alias other) && seen.add(row)) {
                open.addAll(other.targets());
            }
        }
    }

    private static @Nullable AddressRow row(Resolver resolver, EmailAddress address) {
        return resolver.findHome(address.domain())
                .map(home -> resolver.findRow(home, address))
                .orElse(null);
    }
}
