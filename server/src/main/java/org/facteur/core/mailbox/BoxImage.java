package org.facteur.core.mailbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.facteur.core.change.ChangeLog;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;

/// An account at one version, in memory: its mailboxes, and views of those that were looked at.
/// Immutable; may be dropped at any time.
///
/// A later image is made from an earlier one by what the change log says in between.
record BoxImage(long version, MailboxTree tree, Map<MailboxId, MailboxView> views, BoxLists lists) {
    /// Changes past this many are not followed: reading anew is cheaper.
    private static final int FOLLOWED_CHANGES = 300;

    BoxImage {
        views = Map.copyOf(views);
    }

    static BoxImage read(ReadView view) {
        return new BoxImage(view.version(), readTree(view), Map.of(), BoxLists.read(view));
    }

    /// This account at a later version.
    BoxImage refreshed(ReadView view) {
        if (view.version() <= version) {
            return this;
        }
        Touched touched = new Touched();
        if (ChangeLog.touchedAfter(view, version, FOLLOWED_CHANGES, touched) == FOLLOWED_CHANGES) {
            return read(view);
        }
        Map<MailboxId, Set<Long>> touchedRuns = touched.runs;
        boolean listsChanged = touched.lists;
        Map<MailboxId, Mailbox> changed = new HashMap<>();
        Set<MailboxId> removed = new HashSet<>();
        for (MailboxId id : touchedRuns.keySet()) {
            look(view, id, changed, removed);
        }
        return new BoxImage(
                view.version(),
                tree.with(changed, removed),
                refreshedViews(view, touchedRuns, changed, removed),
                listsChanged ? BoxLists.read(view) : lists);
    }

    /// The mailboxes alone at a later version, or at this one.
    MailboxTree treeAt(ReadView view) {
        if (view.version() == version) {
            return tree;
        }
        if (view.version() < version) {
            return readTree(view);
        }
        Touched touched = new Touched();
        if (ChangeLog.touchedAfter(view, version, FOLLOWED_CHANGES, touched) == FOLLOWED_CHANGES) {
            return readTree(view);
        }
        Map<MailboxId, Mailbox> changed = new HashMap<>();
        Set<MailboxId> removed = new HashSet<>();
        touched.runs.keySet().forEach(id -> look(view, id, changed, removed));
        return tree.with(changed, removed);
    }

    private static void look(
            ReadView view, MailboxId id, Map<MailboxId, Mailbox> changed, Set<MailboxId> removed) {
        if (!changed.containsKey(id) && !removed.contains(id)) {
            view.find(Layout.mailbox(id.number()))
                    .ifPresentOrElse(
                            octets -> changed.put(id, Mailbox.decode(id, octets)),
                            () -> removed.add(id));
        }
    }

    static MailboxTree readTree(ReadView view) {
        List<Mailbox> mailboxes = new ArrayList<>();
        TablePages.forEach(view, Layout.all(Table.MAILBOXES), row -> mailboxes.add(mailbox(row)));
        return new MailboxTree(mailboxes);
    }

    private Map<MailboxId, MailboxView> refreshedViews(
            ReadView view,
            Map<MailboxId, Set<Long>> touchedRuns,
            Map<MailboxId, Mailbox> changed,
            Set<MailboxId> removed) {
        Map<MailboxId, MailboxView> next = new HashMap<>(views);
        removed.forEach(next::remove);
        changed.forEach(
                (id, mailbox) -> {
                    MailboxView known = next.get(id);
                    if (known != null) {
                        SortedMap<Long, EntryRun> runs =
                                runs(view, id, touchedRuns.getOrDefault(id, Set.of()));
                        next.put(id, known.with(mailbox, runs));
                    }
                });
        return next;
    }

    /// This image with one more view.
    BoxImage with(MailboxView view) {
        Map<MailboxId, MailboxView> next = new HashMap<>(views);
        next.put(view.mailbox().id(), view);
        return new BoxImage(version, tree, next, lists);
    }

    static MailboxView readView(ReadView view, Mailbox mailbox) {
        List<EntryRun> runs = new ArrayList<>();
        TablePages.forEach(
                view,
                Layout.entries(mailbox.id().number()),
                row -> runs.add(EntryRun.decode(row.value())));
        return new MailboxView(mailbox, runs);
    }

    long weightBytes() {
        long weight = 500 + 400L * tree.size() + lists.weightBytes();
        for (MailboxView view : views.values()) {
            weight += view.weightBytes();
        }
        return weight;
    }

    /// Gathers which runs of which mailboxes were changed.
    private static final class Touched implements ChangeLog.TouchVisitor {
        private final Map<MailboxId, Set<Long>> runs = new HashMap<>();
        private boolean lists;
        private long mailbox = -1;
        private long run = -1;
        private Set<Long> current = new TreeSet<>();

        @Override
        public void touched(long which, long uid) {
            if (which != mailbox) {
                mailbox = which;
                run = -1;
                current = runs.computeIfAbsent(new MailboxId(which), _ -> new TreeSet<>());
            }
            if (uid != 0 && EntryRun.numberOf(uid) != run) {
                run = EntryRun.numberOf(uid);
                current.add(run);
            }
        }

        @Override
        public void listsChanged() {
            lists = true;
        }
    }

    private static SortedMap<Long, EntryRun> runs(ReadView view, MailboxId id, Set<Long> numbers) {
        SortedMap<Long, EntryRun> runs = new TreeMap<>();
        for (long number : numbers) {
            runs.put(
                    number,
                    view.find(Layout.entries(id.number(), number))
                            .map(EntryRun::decode)
                            .orElseGet(() -> EntryRun.of(List.of())));
        }
        return runs;
    }

    private static Mailbox mailbox(Row row) {
        return Mailbox.decode(new MailboxId(Layout.number(row.key(), 0)), row.value());
    }
}
