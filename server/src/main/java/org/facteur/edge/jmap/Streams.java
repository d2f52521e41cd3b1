package org.facteur.edge.jmap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.facteur.core.account.AccountId;

/// The event streams each account listens to. One too many ends the oldest: a page that was loaded
/// again has left a stream behind that nobody reads, and the server cannot tell it from others. Any
/// thread.
final class Streams {
    private final int most;
    private final ConcurrentHashMap<AccountId, Deque<StateWatch>> open = new ConcurrentHashMap<>();

    Streams(int most) {
        this.most = most;
    }

    void enter(AccountId account, StateWatch watch) {
        List<StateWatch> leaving = new ArrayList<>(1);
        open.compute(
                account,
                (_, known) -> {
                    Deque<StateWatch> all = known == null ? new ArrayDeque<>() : known;
                    if (all.size() >= most) {
                        leaving.add(all.removeFirst());
                    }
                    all.addLast(watch);
                    return all;
                });
        leaving.forEach(StateWatch::end);
    }

    void leave(AccountId account, StateWatch watch) {
        open.computeIfPresent(
                account,
                (_, all) -> {
                    all.removeIf(each -> each == watch);
                    return all.isEmpty() ? null : all;
                });
    }
}
