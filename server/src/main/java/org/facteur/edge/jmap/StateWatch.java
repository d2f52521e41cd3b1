package org.facteur.edge.jmap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.facteur.core.change.Hints;
import org.facteur.core.mailbox.CatalogChanges;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.shelf.ItemKind;
import org.facteur.core.shelf.Shelf;
import org.facteur.core.shelf.ShelfChanges;
import org.facteur.wire.jmap.MethodFault;
import org.jspecify.annotations.Nullable;

/// Waits for changes in the accounts a client sees, and says of which kinds of objects. One thread;
/// closed at the end.
final class StateWatch implements AutoCloseable {
    private static final Map<ItemKind, String> SHELVED =
            Map.of(
                    ItemKind.IDENTITY, "Identity",
                    ItemKind.SUBMISSION, "EmailSubmission",
                    ItemKind.SNOOZE, "Snooze",
                    ItemKind.BULK, "Bulk",
                    ItemKind.ADDRESS_BOOK, "AddressBook",
                    ItemKind.CARD, "ContactCard",
                    ItemKind.CORRESPONDENT, "Correspondent",
                    ItemKind.PEOPLE_WISHES, "PeopleWishes",
                    ItemKind.LABEL, "Label",
                    ItemKind.TEMPLATE, "Template");

    private final Shelf shelf;
    private final @Nullable Set<String> types;
    private final List<Watched> accounts = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition hinted = lock.newCondition();
    private boolean changed;
    private boolean ended;

    /// One account.
    private static final class Watched {
        private final LetterBox box;
        private long version;
        private Hints.@Nullable Watch watch;

        Watched(LetterBox box) {
            this.box = box;
            this.version = box.version();
        }
    }

    /// @param types that are of interest; null for all
    StateWatch(JmapServices services, Caller caller, @Nullable Set<String> types) {
        this.shelf = services.extras().shelf();
        this.types = types;
        add(services.boxes().open(caller.actor()));
        for (LetterBoxes.Shared each : services.boxes().shared(caller.actor())) {
            add(each.box());
        }
    }

    private void add(LetterBox box) {
        Watched watched = new Watched(box);
        watched.watch = box.watch(this::wake);
        accounts.add(watched);
    }

    private void wake() {
        lock.lock();
        try {
            changed = true;
            hinted.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Has the client's stream end soon. Any thread.
    void end() {
        lock.lock();
        try {
            ended = true;
            hinted.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean ended() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /// Where the client is, for [#resume].
    String mark() {
        StringBuilder mark = new StringBuilder();
        for (Watched each : accounts) {
            mark.append(mark.isEmpty() ? "" : ",")
                    .append(ObjectIds.of(each.box.owner()))
                    .append('-')
                    .append(each.version);
        }
        return mark.toString();
    }

    /// Goes back to a mark; what cannot be read is left out.
    void resume(String mark) {
        for (String part : mark.split(",", 100)) {
            int dash = part.indexOf('-');
            for (Watched each : accounts) {
                if (dash > 0 && ObjectIds.of(each.box.owner()).equals(part.substring(0, dash))) {
                    try {
                        each.version =
                                Math.min(each.version, States.parse(part.substring(dash + 1)));
                        changed = true;
                    } catch (MethodFault _) {
                        // No mark of ours.
                    }
                }
            }
        }
    }

    /// Forgets where the client was: everything may have changed.
    void restart() {
        accounts.forEach(each -> each.version = 0);
        wake();
    }

    /// States by kind and account, of those that changed; nothing when none did in time.
    Map<String, Map<String, String>> await(long seconds) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(seconds);
            while (!changed && !ended && left > 0) {
                left = hinted.awaitNanos(left);
            }
            changed = false;
        } finally {
            lock.unlock();
        }
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        for (Watched each : accounts) {
            Map<String, String> states = look(each);
            if (!states.isEmpty()) {
                all.put(ObjectIds.of(each.box.owner()), states);
            }
        }
        return all;
    }

    /// What changed in an account.
    ///
    /// @param states by kind of object; may be changed
    /// @param version they are of
    record Look(Map<String, String> states, long version) {}

    /// Kinds of objects that changed since a version.
    static Look look(Shelf shelf, LetterBox box, long since) {
        long version = box.version();
        Map<String, String> states = new LinkedHashMap<>();
        if (version == since) {
            return new Look(states, version);
        }
        Optional<CatalogChanges> changes = box.catalog().changesSince(since, Integer.MAX_VALUE);
        long to = changes.map(CatalogChanges::to).orElse(version);
        String state = States.of(to);
        if (changes.isEmpty()) {
            for (String type : List.of("Mailbox", "Thread", "Email", "EmailDelivery")) {
                states.put(type, state);
            }
        } else {
            mail(changes.get(), state, states);
        }
        if (!box.guest()) {
            for (Map.Entry<ItemKind, String> each : SHELVED.entrySet()) {
                Optional<ShelfChanges> items =
                        shelf.changesSince(box.owner(), each.getKey(), since);
                if (items.isEmpty() || !items.get().none()) {
                    states.put(each.getValue(), state);
                }
            }
        }
        return new Look(states, to);
    }

    private Map<String, String> look(Watched watched) {
        Look look = look(shelf, watched.box, watched.version);
        watched.version = look.version();
        Set<String> wanted = types;
        if (wanted != null) {
            look.states().keySet().retainAll(wanted);
        }
        return look.states();
    }

    private static void mail(CatalogChanges changes, String state, Map<String, String> states) {
        if (!changes.mailboxes().isEmpty()) {
            states.put("Mailbox", state);
        }
        if (!changes.letters().isEmpty()) {
            states.put("Email", state);
        }
        boolean threads = false;
        boolean delivered = false;
        for (CatalogChanges.LetterFate fate : changes.letters().values()) {
            threads |= fate.fate() != CatalogChanges.Fate.UPDATED;
            delivered |= fate.fate() == CatalogChanges.Fate.CREATED;
        }
        if (threads) {
            states.put("Thread", state);
        }
        if (delivered) {
            states.put("EmailDelivery", state);
        }
        if (changes.others().scripts()) {
            states.put("SieveScript", state);
            states.put("VacationResponse", state);
        }
    }

    @Override
    public void close() {
        for (Watched each : accounts) {
            Hints.Watch watch = each.watch;
            if (watch != null) {
                watch.close();
            }
        }
    }
}
