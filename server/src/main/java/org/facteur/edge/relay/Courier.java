package org.facteur.edge.relay;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.facteur.core.queue.Carriage;
import org.facteur.core.queue.Destination;
import org.facteur.core.queue.Place;
import org.facteur.core.queue.QueueId;
import org.facteur.core.queue.QueueItem;
import org.facteur.core.queue.RecipientResult;
import org.facteur.core.queue.Settlement;
import org.facteur.wire.address.Domain;
import org.facteur.wire.text.LineFault;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries letters of one destination, one after the other, from one of its places. One thread.
final class Courier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    /// Letters after which others get the turn.
    private static final int ROUND = 100;

    private final Tools tools;
    private final Place place;
    private final BooleanSupplier stopping;
    private final ArrayDeque<QueueItem> stash = new ArrayDeque<>();
    private final ArrayDeque<Settler.Pending> pending = new ArrayDeque<>();
    private int taken;

    /// Taken, and not yet on their way into the store.
    private final Map<QueueId, QueueItem> held = new HashMap<>();

    /// What all couriers share.
    record Tools(
            RelaySettings settings,
            RelayServices services,
            Outgoing outgoing,
            Routes routes,
            SessionPool pool,
            Settler settler) {}

    Courier(Tools tools, Place place, BooleanSupplier stopping) {
        this.tools = tools;
        this.place = place;
        this.stopping = stopping;
    }

    /// Works until nothing is due at the destination, or others should have their turn.
    void run() {
        for (QueueItem item = take(); item != null; item = take()) {
            if (!item.toTell().isEmpty()) {
                tools.services().bounces().report(item);
                held.remove(item.id());
            } else {
                switch (item.destination()) {
                    case Destination.Local _ ->
                            settle(item, tools.services().retry().attempt(item), Carriage.NONE);
                    case Destination.Remote(Domain domain) -> outside(item, domain);
                }
            }
        }
    }

    private @Nullable QueueItem take() {
        QueueItem left = stash.poll();
        if (left != null) {
            return left;
        }
        if (taken >= ROUND || stopping.getAsBoolean()) {
            return null;
        }
        taken++;
        return due();
    }

    private @Nullable QueueItem due() {
        QueueItem item = place.next().orElse(null);
        if (item != null) {
            held.put(item.id(), item);
        }
        return item;
    }

    private void outside(QueueItem item, Domain domain) {
        Passage passage = new Passage(item);
        switch (tools.routes().find(item, domain)) {
            case Routes.Route.Never(String status, String why) -> {
                passage.refused(status, why);
                done(passage, Carriage.NONE);
            }
            case Routes.Route.Later(String status, String why) -> {
                passage.deferred(status, why);
                unreachable(passage);
            }
            case Routes.Route.Go(Way way) -> along(way, passage);
        }
    }

    /// Hands letters over along a way, from session to session.
    private void along(Way way, Passage first) {
        Visit visit = new Visit(tools.settings(), tools.services(), tools.outgoing(), way);
        Source source = new Source(way, first);
        while (source.waiting()) {
            Session session = tools.pool().take(way.key());
            boolean fresh = session == null;
            if (session == null) {
                session = visit.next();
            }
            if (session == null) {
                Passage passage = source.next();
                if (passage != null) {
                    passage.deferred(visit.status(), visit.why());
                    unreachable(passage);
                }
                return;
            }
            carry(session, source, visit, fresh);
            if (session.unfinished() == null) {
                visit = new Visit(tools.settings(), tools.services(), tools.outgoing(), way);
            }
            tools.pool().give(way.key(), session);
        }
    }

    private void carry(Session session, Source source, Visit visit, boolean fresh) {
        source.carriage = session.carriage();
        String reason = "it took its leave";
        try {
            session.carry(source);
        } catch (IOException broken) {
            reason = "the line broke: " + broken.getMessage();
        } catch (SyntaxFault | LineFault odd) {
            reason = "it does not speak SMTP: " + odd.getMessage();
        } catch (RuntimeException fault) {
            session.close();
            throw fault;
        }
        Passage left = session.unfinished();
        if (left != null) {
            source.back(left);
            if (fresh || session.letters() > 1) {
                place.badly();
            }
            LOG.info("{} left in the middle: {}", session.carriage().host(), reason);
            visit.failed(Domain.parse(session.carriage().host()), reason);
        }
    }

    /// Nobody could be reached: what else is due there has the same fate without being tried.
    private void unreachable(Passage passage) {
        List<RecipientResult> results = passage.results();
        if (results.isEmpty()) {
            return;
        }
        RecipientResult why = results.getFirst();
        place.unreachable();
        done(passage, Carriage.NONE);
        for (QueueItem next = due(); next != null; next = due()) {
            if (next.toTell().isEmpty() && !stopping.getAsBoolean()) {
                Passage other = new Passage(next);
                other.deferred(why.status(), why.answer());
                done(other, Carriage.NONE);
                if (pending.size() >= ROUND) {
                    settled();
                }
            } else {
                stash.add(next);
                return;
            }
        }
    }

    /// The letters of one way, as a session asks for them.
    private final class Source implements Session.Letters {
        private final Way way;
        private final ArrayDeque<Passage> ready = new ArrayDeque<>();
        private Carriage carriage = Carriage.NONE;

        Source(Way way, Passage first) {
            this.way = way;
            ready.add(first);
        }

        boolean waiting() {
            return !ready.isEmpty();
        }

        @Override
        public @Nullable Passage next() {
            Passage known = ready.poll();
            if (known != null) {
                return known;
            }
            if (!stash.isEmpty()) {
                return null;
            }
            QueueItem item = take();
            if (item == null) {
                return null;
            }
            if (sameWay(item)) {
                return new Passage(item);
            }
            stash.add(item);
            return null;
        }

        private boolean sameWay(QueueItem item) {
            return item.toTell().isEmpty()
                    && item.destination() instanceof Destination.Remote(Domain domain)
                    && tools.routes().find(item, domain) instanceof Routes.Route.Go(Way other)
                    && other.key().equals(way.key());
        }

        @Override
        public void settled() {
            Courier.this.settled();
        }

        @Override
        public void done(Passage passage) {
            Courier.this.done(passage, carriage);
        }

        @Override
        public void back(Passage passage) {
            ready.addFirst(passage);
        }
    }

    private void done(Passage passage, Carriage carriage) {
        List<RecipientResult> results = passage.results();
        if (results.stream().anyMatch(r -> r.kind() == RecipientResult.Kind.DELIVERED)) {
            place.well();
        }
        settle(passage.item(), results, carriage);
    }

    private void settle(QueueItem item, List<RecipientResult> results, Carriage by) {
        for (RecipientResult result : results) {
            LOG.info(
                    "queue item {} to {}: {} {}",
                    item.id(),
                    result.address().domain(),
                    result.kind(),
                    result.status());
        }
        held.remove(item.id());
        pending.add(tools.settler().settle(new Settlement(item, results, by)));
    }

    /// Waits until all that was done is written down, and tells senders what they must know.
    private void settled() {
        for (Settler.Pending each = pending.poll(); each != null; each = pending.poll()) {
            QueueItem item = each.item();
            try {
                QueueItem left = each.await();
                if (left != null) {
                    tell(left);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException fault) {
                LOG.warn("queue item {} is not written down", item.id(), fault);
                tools.services().queue().giveBack(item);
            }
        }
    }

    private void tell(QueueItem item) {
        if (!item.toTell().isEmpty()) {
            tools.services().bounces().report(item);
        } else if (!item.waiting().isEmpty()) {
            Instant due = item.released().plus(tools.settings().tellDelayAfter());
            if (tools.services().clock().instant().isAfter(due)) {
                tools.services()
                        .bounces()
                        .reportDelayed(item, item.released().plus(tools.settings().givenUpAfter()));
            }
        }
    }

    /// A fault ended the work: nobody tries the destination for some seconds.
    void fail() {
        held.values().forEach(tools.services().queue()::giveBack);
        held.clear();
    }

    /// Writes down what is left to write, gives back what was not begun, and leaves the place.
    @Override
    public void close() {
        try {
            settled();
        } finally {
            held.values().forEach(tools.services().queue()::putBack);
            place.close();
        }
    }
}
