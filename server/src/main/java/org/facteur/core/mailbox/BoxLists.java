package org.facteur.core.mailbox;

import java.util.HashSet;
import java.util.Set;
import org.facteur.core.account.AccountId;
import org.facteur.store.kv.ReadView;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;

/// What an account holds besides mailboxes that lists need, at one version. Immutable.
///
/// @param subscriptions names subscribed to that are no mailboxes of this account
/// @param grants what others may do
/// @param sharers who may have shared something with this account; never fewer than have
record BoxLists(Set<MailboxName> subscriptions, Grants grants, Set<AccountId> sharers) {
    static final BoxLists NONE = new BoxLists(Set.of(), Grants.NONE, Set.of());

    BoxLists {
        subscriptions = Set.copyOf(subscriptions);
        sharers = Set.copyOf(sharers);
    }

    static BoxLists read(ReadView view) {
        return new BoxLists(SubscriptionRows.read(view), GrantRows.read(view), sharers(view));
    }

    /// The accounts that a partition's index of sharers names.
    static Set<AccountId> sharers(ReadView view) {
        Set<AccountId> sharers = new HashSet<>();
        TablePages.forEach(
                view,
                Layout.all(Table.SHARERS),
                row -> sharers.add(new AccountId(Layout.number(row.key(), 0))));
        return sharers;
    }

    long weightBytes() {
        long grantBytes = 0;
        for (var grants : grants.byMailbox().values()) {
            grantBytes += 100 + 200L * grants.size();
        }
        return 200L * subscriptions.size() + 60L * sharers.size() + grantBytes;
    }
}
