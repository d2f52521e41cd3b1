package org.facteur.edge.jmap;

import java.util.concurrent.ConcurrentHashMap;
import org.facteur.core.account.AccountId;

/// How many of something each account has under way. Any thread.
final class Places {
    private final int most;
    private final ConcurrentHashMap<AccountId, Integer> taken = new ConcurrentHashMap<>();

    Places(int most) {
        this.most = most;
    }

    /// @return false when all are taken
    boolean enter(AccountId account) {
        boolean[] entered = new boolean[1];
        taken.compute(
                account,
                (_, count) -> {
                    int now = count == null ? 0 : count;
                    entered[0] = now < most;
                    return entered[0] ? (Integer) (now + 1) : count;
                });
        return entered[0];
    }

    void leave(AccountId account) {
        taken.computeIfPresent(account, (_, count) -> count <= 1 ? null : (Integer) (count - 1));
    }
}
