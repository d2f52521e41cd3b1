package org.facteur.core.push;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.facteur.base.fault.Refusal;
import org.facteur.base.limit.RateWindow;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.shelf.ItemKind;
import org.facteur.core.shelf.Shelf;
import org.jspecify.annotations.Nullable;

/// The subscriptions of all accounts. Any thread.
public final class PushSubscriptions {
    /// How long one lasts at most.
    public static final Duration LONGEST = Duration.ofDays(7);

    /// How many an account can make in an hour: each sends a message to a host that a client names.
    public static final int AN_HOUR = 30;

    private static final int CODE_OCTETS = 16;
    private static final int COUNTED = 10_000;

    private final Shelf shelf;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final RateWindow<AccountId> made;
    private final Set<AccountId> subscribed = ConcurrentHashMap.newKeySet();

    public PushSubscriptions(Shelf shelf, InstantSource clock) {
        this.shelf = shelf;
        this.clock = clock;
        this.made = new RateWindow<>(Duration.ofHours(1), AN_HOUR, COUNTED, clock);
    }

    /// Whether an account may have a subscription; costs nothing.
    public boolean has(AccountId account) {
        return subscribed.contains(account);
    }

    /// Looks whether an account has subscriptions that outlived the program.
    public void recall(AccountId account) {
        if (shelf.count(account, ItemKind.PUSH) > 0) {
            subscribed.add(account);
        }
    }

    /// Those that have not ended.
    public List<PushSubscription> list(AccountId account) {
        Instant now = clock.instant();
        List<PushSubscription> all =
                shelf.list(account, ItemKind.PUSH).stream().map(PushSubscription::decode).toList();
        if (all.isEmpty()) {
            subscribed.remove(account);
        }
        return all.stream().filter(each -> each.expires().isAfter(now)).toList();
    }

    public Optional<PushSubscription> find(AccountId account, long number) {
        Instant now = clock.instant();
        return shelf.find(account, ItemKind.PUSH, number)
                .map(PushSubscription::decode)
                .filter(each -> each.expires().isAfter(now));
    }

    /// When a subscription ends for which this is wished.
    ///
    /// @param wanted null for as late as can be
    public Instant end(@Nullable Instant wanted) {
        Instant last = clock.instant().plus(LONGEST);
        return wanted == null || wanted.isAfter(last) ? last : wanted;
    }

    /// Makes one, which is to be confirmed. Another of the same device by the same credential ends.
    ///
    /// @throws Refusal LIMIT
    public PushSubscription add(
            Actor actor,
            PushSubscription.Target target,
            @Nullable List<String> types,
            Instant expires) {
        if (!made.take(actor.account(), 1)) {
            throw new Refusal(
                    Refusal.Reason.LIMIT,
                    "Too many subscriptions for now.",
                    "Trop d'abonnements pour le moment.");
        }
        byte[] code = new byte[CODE_OCTETS];
        random.nextBytes(code);
        PushSubscription wanted =
                new PushSubscription(
                        0,
                        new PushSubscription.Origin(actor.credential(), clock.instant()),
                        target,
                        types,
                        end(expires),
                        HexFormat.of().formatHex(code),
                        false);
        forgetEnded(actor, target);
        subscribed.add(actor.account());
        long number =
                shelf.change(
                                actor,
                                actor.account(),
                                items -> items.add(ItemKind.PUSH, null, wanted.encode()))
                        .value();
        return find(actor.account(), number).orElseThrow();
    }

    private void forgetEnded(Actor actor, PushSubscription.Target target) {
        Instant now = clock.instant();
        List<PushSubscription> old =
                shelf.list(actor.account(), ItemKind.PUSH).stream()
                        .map(PushSubscription::decode)
                        .filter(
                                each ->
                                        !each.expires().isAfter(now)
                                                || (each.origin().credential() == actor.credential()
                                                        && each.target().url().equals(target.url())
                                                        && each.target()
                                                                .device()
                                                                .equals(target.device())))
                        .toList();
        old.forEach(each -> remove(actor, each.number()));
    }

    /// Confirms, renews or narrows one.
    ///
    /// @throws Refusal NOT_FOUND
    public PushSubscription put(Actor actor, PushSubscription changed) {
        shelf.change(
                actor,
                actor.account(),
                items -> {
                    items.put(ItemKind.PUSH, changed.number(), changed.encode());
                    return true;
                });
        return Objects.requireNonNull(changed);
    }

    /// Ends one, if it is there.
    public void remove(Actor actor, long number) {
        shelf.change(
                actor,
                actor.account(),
                items -> {
                    if (items.find(ItemKind.PUSH, number).isPresent()) {
                        items.remove(ItemKind.PUSH, number);
                    }
                    return true;
                });
    }
}
