package org.facteur.edge.jmap;

import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.push.PushKey;
import org.facteur.core.push.PushSubscription;
import org.facteur.core.push.PushSubscriptions;
import org.facteur.core.shelf.Shelf;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.push.PushMessage;
import org.facteur.wire.push.VapidToken;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tells clients that are not connected of changes (RFC 8620 §7.2). One thread looks, others bring
/// messages; any thread may hint.
///
/// The first change goes out at once, more of them together a moment later. A service that does not
/// answer is asked again later and later; one that says a subscription is gone (404, 410) ends it.
/// What a client was told last is known only in memory: after a restart it is told of what happens
/// from then on.
public final class PushCourier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PushCourier.class);
    private static final Duration PACE = Duration.ofSeconds(2);
    private static final Duration FIRST_REST = Duration.ofSeconds(30);
    private static final Duration LONGEST_REST = Duration.ofHours(2);
    private static final Duration TOKEN = Duration.ofHours(12);
    private static final int MOST_FAILURES = 40;
    private static final int TTL_SECONDS = 86_400;

    private final Sources sources;
    private final PushPost post;
    private final InstantSource clock;
    private final Executor runs;
    private final String subject;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition noted = lock.newCondition();
    private final Map<AccountId, Instant> due = new HashMap<>();
    private final Map<Place, Slot> slots = new HashMap<>();
    private boolean closed;

    /// Where changes and subscriptions come from.
    ///
    /// @param good whether who signed in at an instant would still be let in
    public record Sources(
            Shelf shelf,
            LetterBoxes boxes,
            PushSubscriptions subscriptions,
            PushKey key,
            BiPredicate<Actor, Instant> good) {
        public Sources {
            java.util.Objects.requireNonNull(shelf);
            java.util.Objects.requireNonNull(boxes);
            java.util.Objects.requireNonNull(subscriptions);
            java.util.Objects.requireNonNull(key);
            java.util.Objects.requireNonNull(good);
        }
    }

    /// A subscription of an account.
    private record Place(AccountId account, long number) {}

    /// How far a subscription is.
    private static final class Slot {
        private long version;
        private int failures;
        private Instant notBefore = Instant.MIN;
        private boolean busy;

        Slot(long version) {
            this.version = version;
        }
    }

    /// @param runs brings messages
    /// @param subject how push services reach the postmaster: a `mailto:` address
    public PushCourier(
            Sources sources, PushPost post, InstantSource clock, Executor runs, String subject) {
        this.sources = sources;
        this.post = post;
        this.clock = clock;
        this.runs = runs;
        this.subject = subject;
    }

    PushSubscriptions subscriptions() {
        return sources.subscriptions();
    }

    /// What browsers are told to subscribe for (RFC 9749 §3).
    String applicationServerKey() {
        return java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(sources.key().get().shown());
    }

    /// Begins. Subscriptions that outlived the program are looked for by a thread of its own: a
    /// start has better to do.
    ///
    /// @param accounts all of them
    public void start(Supplier<List<AccountId>> accounts) {
        Thread.ofVirtual()
                .name("push")
                .start(
                        () -> {
                            recall(accounts.get());
                            run();
                        });
    }

    private void recall(List<AccountId> accounts) {
        for (AccountId account : accounts) {
            sources.subscriptions().recall(account);
            if (sources.subscriptions().has(account)) {
                for (PushSubscription each : sources.subscriptions().list(account)) {
                    slot(account, each.number());
                }
            }
        }
    }

    /// Notes that an account changed. Any thread; never blocks for long, costs nothing where nobody
    /// subscribed.
    public void changed(AccountId account) {
        if (sources.subscriptions().has(account)) {
            note(account, clock.instant());
        }
    }

    private void note(AccountId account, Instant when) {
        lock.lock();
        try {
            due.merge(account, when, (old, now) -> now.isBefore(old) ? now : old);
            noted.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (rest()) {
                work();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return false at the end
    private boolean rest() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                Instant next = due.values().stream().min(Instant::compareTo).orElse(Instant.MAX);
                Instant now = clock.instant();
                if (!next.isAfter(now)) {
                    return true;
                }
                boolean none = next.equals(Instant.MAX);
                long nanos = none ? Long.MAX_VALUE : Duration.between(now, next).toNanos();
                noted.awaitNanos(nanos);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// Tells of everything that is due now.
    void work() {
        List<AccountId> accounts = new ArrayList<>();
        Instant now = clock.instant();
        lock.lock();
        try {
            due.forEach(
                    (account, when) -> {
                        if (!when.isAfter(now)) {
                            accounts.add(account);
                        }
                    });
            accounts.forEach(due::remove);
        } finally {
            lock.unlock();
        }
        for (AccountId account : accounts) {
            try {
                look(account, now);
            } catch (Refusal | Busy failed) {
                LOG.warn("account={} cannot be told of changes: {}", account, failed.getMessage());
            } catch (RuntimeException failed) {
                LOG.warn("account={} cannot be told of changes", account, failed);
            }
        }
    }

    private Slot slot(AccountId account, long number) {
        lock.lock();
        try {
            return slots.computeIfAbsent(
                    new Place(account, number), _ -> new Slot(sources.shelf().version(account)));
        } finally {
            lock.unlock();
        }
    }

    private void look(AccountId account, Instant now) {
        List<PushSubscription> all = sources.subscriptions().list(account);
        forgetSlots(account, all);
        if (all.isEmpty()) {
            return;
        }
        LetterBox box = sources.boxes().open(Actor.system(account, Door.JMAP));
        for (PushSubscription each : all) {
            Actor maker = new Actor(account, each.origin().credential(), Door.JMAP);
            if (!sources.good().test(maker, each.origin().made())) {
                sources.subscriptions().remove(maker, each.number());
            } else if (each.confirmed()) {
                tell(box, each, slot(account, each.number()), now);
            }
        }
    }

    private void forgetSlots(AccountId account, List<PushSubscription> all) {
        Set<Long> known = new HashSet<>();
        all.forEach(each -> known.add(each.number()));
        lock.lock();
        try {
            slots.keySet()
                    .removeIf(
                            place ->
                                    place.account().equals(account)
                                            && !known.contains(place.number()));
        } finally {
            lock.unlock();
        }
    }

    private void tell(LetterBox box, PushSubscription to, Slot slot, Instant now) {
        lock.lock();
        try {
            if (slot.busy) {
                return;
            }
            if (slot.notBefore.isAfter(now)) {
                note(box.owner(), slot.notBefore);
                return;
            }
            slot.busy = true;
        } finally {
            lock.unlock();
        }
        StateWatch.Look look = StateWatch.look(sources.shelf(), box, slot.version);
        List<String> types = to.types();
        if (types != null) {
            look.states().keySet().retainAll(Set.copyOf(types));
        }
        if (look.states().isEmpty()) {
            settle(box.owner(), slot, look.version(), Instant.MIN);
            return;
        }
        ObjectNode states = JmapText.object();
        look.states().forEach(states::put);
        ObjectNode changed = JmapText.object();
        changed.set(ObjectIds.of(box.owner()), states);
        ObjectNode message = JmapText.object().put("@type", "StateChange");
        message.set("changed", changed);
        boolean urgent = look.states().containsKey("EmailDelivery");
        runs.execute(() -> bring(box.owner(), to, slot, message, new Told(look.version(), urgent)));
    }

    /// @param version what a client knows once it is told
    private record Told(long version, boolean urgent) {}

    /// @param next when this subscription may be told again
    private void settle(AccountId account, Slot slot, long version, Instant next) {
        boolean more;
        lock.lock();
        try {
            slot.version = Math.max(slot.version, version);
            slot.notBefore = next;
            slot.failures = 0;
            slot.busy = false;
            more = sources.shelf().version(account) > slot.version;
        } finally {
            lock.unlock();
        }
        if (more) {
            note(account, next.equals(Instant.MIN) ? clock.instant() : next);
        }
    }

    private void bring(
            AccountId account, PushSubscription to, Slot slot, ObjectNode message, Told told) {
        PushPost.Answer answer = send(account, to, message, told.urgent());
        int kind = answer.status() / 100;
        if (kind == 2 || answer.status() == 413) {
            settle(account, slot, told.version(), clock.instant().plus(PACE));
        } else if (answer.status() == 404 || answer.status() == 410) {
            LOG.info("account={} push subscription {} is gone", account, to.number());
            sources.subscriptions().remove(Actor.system(account, Door.JMAP), to.number());
        } else {
            later(account, to, slot, answer.retryAfter());
        }
    }

    private void later(AccountId account, PushSubscription to, Slot slot, Duration asked) {
        @Nullable Instant next = null;
        lock.lock();
        try {
            slot.failures++;
            slot.busy = false;
            Duration rest = FIRST_REST.multipliedBy(1L << Math.min(slot.failures - 1, 10));
            rest = rest.compareTo(asked) < 0 ? asked : rest;
            rest = rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
            slot.notBefore = clock.instant().plus(rest);
            if (slot.failures <= MOST_FAILURES) {
                next = slot.notBefore;
            }
        } finally {
            lock.unlock();
        }
        if (next == null) {
            sources.subscriptions().remove(Actor.system(account, Door.JMAP), to.number());
        } else {
            note(account, next);
        }
    }

    /// Sends the code a client must show (RFC 8620 §7.2.2).
    void verify(AccountId account, PushSubscription to) {
        slot(account, to.number());
        ObjectNode message =
                JmapText.object()
                        .put("@type", "PushVerification")
                        .put("pushSubscriptionId", PushMethods.id(to))
                        .put("verificationCode", to.code());
        runs.execute(
                () -> {
                    PushPost.Answer answer = send(account, to, message, true);
                    if (answer.status() == 404 || answer.status() == 410) {
                        sources.subscriptions()
                                .remove(Actor.system(account, Door.JMAP), to.number());
                    }
                });
    }

    private PushPost.Answer send(
            AccountId account, PushSubscription to, ObjectNode message, boolean urgent) {
        try {
            URI service = URI.create(to.target().url());
            byte[] text = JmapText.write(message);
            Map<String, String> fields = new HashMap<>();
            fields.put("TTL", Integer.toString(TTL_SECONDS));
            fields.put("Urgency", urgent ? "high" : "normal");
            PushKey.Pair key = sources.key().get();
            fields.put(
                    "Authorization",
                    VapidToken.authorization(
                            "https://" + service.getHost(),
                            subject,
                            clock.instant().plus(TOKEN),
                            key.key(),
                            key.shown()));
            PushMessage.Reader reader = to.target().reader();
            byte[] body = text;
            if (reader == null) {
                fields.put("Content-Type", "application/json");
            } else {
                fields.put("Content-Type", "application/octet-stream");
                fields.put("Content-Encoding", "aes128gcm");
                body = PushMessage.encrypt(text, reader, PushMessage.Once.fresh(random));
            }
            return post.post(service, fields, body);
        } catch (IOException | IllegalArgumentException failed) {
            LOG.debug("account={} push failed: {}", account, failed.getMessage());
            return new PushPost.Answer(503, Duration.ZERO);
        } catch (RuntimeException failed) {
            LOG.warn("account={} push failed", account, failed);
            return new PushPost.Answer(503, Duration.ZERO);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            noted.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
