package org.facteur.core.change;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.facteur.core.account.AccountId;

/// Wakes whoever waits for an account to change. Any thread.
///
/// Called after a commit is durable. A hint says only "look": it may come twice, or for nothing.
public final class Hints {
    private final ConcurrentHashMap<AccountId, Set<Runnable>> watchers = new ConcurrentHashMap<>();

    private final List<Consumer<AccountId>> watchersOfAll = new CopyOnWriteArrayList<>();

    /// Begins to watch every account, for ever.
    ///
    /// @param wake called by the thread that committed: it must only note the account, never block
    public void watchAll(Consumer<AccountId> wake) {
        watchersOfAll.add(wake);
    }

    /// Begins to watch an account.
    ///
    /// @param wake called by the thread that committed: it must only signal, never block
    public Watch watch(AccountId account, Runnable wake) {
        watchers.compute(
                account,
                (id, known) -> {
                    Set<Runnable> set = known == null ? ConcurrentHashMap.newKeySet() : known;
                    set.add(wake);
                    return set;
                });
        return () ->
                watchers.computeIfPresent(
                        account,
                        (id, known) -> {
                            known.remove(wake);
                            return known.isEmpty() ? null : known;
                        });
    }

    /// Tells all who watch an account that it changed.
    public void changed(AccountId account) {
        Set<Runnable> known = watchers.get(account);
        if (known != null) {
            known.forEach(Runnable::run);
        }
        watchersOfAll.forEach(each -> each.accept(account));
    }

    /// Ends a watch when closed.
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
