package org.facteur.core.mailbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.facteur.core.change.Change;
import org.facteur.core.change.ChangeLog;
import org.facteur.core.change.ChangeRecord;
import org.facteur.store.kv.ReadView;
import org.facteur.store.layout.Layout;

/// Reads from the change log what became of letters and mailboxes. One look, one thread.
///
/// The log says what came into mailboxes and left them; whether a letter as a whole is new or gone
/// follows from where it lies now, taken back step by step.
final class ChangeReading {
    private static final int PAGE = 1000;
    private static final int MOST_RECORDS = 10_000;
    private static final int MOST_LETTERS = 50_000;

    private final ReadView view;
    private final Predicate<MailboxId> visible;

    /// @param visible which mailboxes count; letters elsewhere do not exist
    ChangeReading(ReadView view, Predicate<MailboxId> visible) {
        this.view = view;
        this.visible = visible;
    }

    /// @param version 0 or more
    /// @param most letters that are told; 1 or more
    /// @return empty when too much has happened, or the version is none of this account's
    Optional<CatalogChanges> since(long version, int most) {
        if (version > view.version()) {
            return Optional.empty();
        }
        List<ChangeRecord> records = new ArrayList<>();
        long after = version;
        int count = PAGE;
        while (count == PAGE) {
            List<ChangeRecord> page = ChangeLog.after(view, after, PAGE);
            records.addAll(page);
            count = page.size();
            if (records.size() >= MOST_RECORDS) {
                return Optional.empty();
            }
            after = page.isEmpty() ? after : page.getLast().version();
        }
        Map<Long, Set<Places.Place>> places = before(records);
        return places.size() > MOST_LETTERS ? Optional.empty() : follow(records, places, most);
    }

    /// Where each touched letter lay before all records.
    private Map<Long, Set<Places.Place>> before(List<ChangeRecord> records) {
        Map<Long, Set<Places.Place>> places = new HashMap<>();
        for (ChangeRecord record : records.reversed()) {
            for (Change change : record.changes().reversed()) {
                switch (change) {
                    case Change.Added(long mailbox, var marks) ->
                            each(mailbox, marks, places, Set::remove);
                    case Change.Removed(long mailbox, var marks) ->
                            each(mailbox, marks, places, Set::add);
                    case Change.Marked(long mailbox, var marks) ->
                            each(mailbox, marks, places, (_, _) -> {});
                    case Change.MailboxChanged _, Change.ListsChanged _, Change.ScriptChanged _ -> {
                        // No letters.
                    }
                }
            }
        }
        return places;
    }

    @FunctionalInterface
    private interface Step {
        void take(Set<Places.Place> places, Places.Place place);
    }

    private void each(
            long mailbox, List<Change.Mark> marks, Map<Long, Set<Places.Place>> places, Step step) {
        MailboxId id = new MailboxId(mailbox);
        if (visible.test(id)) {
            for (Change.Mark mark : marks) {
                step.take(
                        places.computeIfAbsent(mark.letter(), this::now),
                        new Places.Place(id, mark.uid()));
            }
        }
    }

    private Set<Places.Place> now(long letter) {
        Set<Places.Place> places = new HashSet<>();
        view.find(Layout.places(letter)).map(Places::decode).map(Places::list).stream()
                .flatMap(List::stream)
                .filter(place -> visible.test(place.mailbox()))
                .forEach(places::add);
        return places;
    }

    private Optional<CatalogChanges> follow(
            List<ChangeRecord> records, Map<Long, Set<Places.Place>> places, int most) {
        Tale tale = new Tale(places);
        for (ChangeRecord record : records) {
            Set<Long> more = tale.touchedBy(record);
            if (tale.letters.size() + more.size() > most) {
                return tale.letters.isEmpty() && tale.to == 0
                        ? Optional.empty()
                        : Optional.of(tale.told(tale.to, true));
            }
            tale.take(record, more);
        }
        return Optional.of(tale.told(view.version(), false));
    }

    /// What is told up to a record.
    private final class Tale {
        private final Map<Long, Set<Places.Place>> places;
        private final Map<Long, Boolean> existed = new LinkedHashMap<>();
        private final Set<Long> letters = new LinkedHashSet<>();
        private final Set<Long> moved = new HashSet<>();
        private final Map<MailboxId, CatalogChanges.MailboxFate> mailboxes = new LinkedHashMap<>();
        private CatalogChanges.Others others = CatalogChanges.Others.NONE;
        private long to;

        Tale(Map<Long, Set<Places.Place>> places) {
            this.places = places;
        }

        Set<Long> touchedBy(ChangeRecord record) {
            Set<Long> more = new LinkedHashSet<>();
            for (Change change : record.changes()) {
                for (Change.Mark mark : marks(change)) {
                    if (places.containsKey(mark.letter()) && !letters.contains(mark.letter())) {
                        more.add(mark.letter());
                    }
                }
            }
            return more;
        }

        void take(ChangeRecord record, Set<Long> more) {
            for (long letter : more) {
                existed.put(letter, !places.getOrDefault(letter, Set.of()).isEmpty());
            }
            letters.addAll(more);
            record.changes().forEach(this::take);
            to = record.version();
        }

        private void take(Change change) {
            switch (change) {
                case Change.Added(long mailbox, var marks) -> {
                    each(mailbox, marks, places, Set::add);
                    marks.forEach(mark -> moved.add(mark.letter()));
                    counted(mailbox);
                }
                case Change.Removed(long mailbox, var marks) -> {
                    each(mailbox, marks, places, Set::remove);
                    marks.forEach(mark -> moved.add(mark.letter()));
                    counted(mailbox);
                }
                case Change.Marked marked -> counted(marked.mailbox());
                case Change.MailboxChanged(long mailbox, var act) -> changed(mailbox, act);
                case Change.ListsChanged _ ->
                        others = new CatalogChanges.Others(others.scripts(), true);
                case Change.ScriptChanged _ ->
                        others = new CatalogChanges.Others(true, others.lists());
            }
        }

        private void counted(long mailbox) {
            MailboxId id = new MailboxId(mailbox);
            if (visible.test(id)) {
                mailboxes.putIfAbsent(
                        id, new CatalogChanges.MailboxFate(CatalogChanges.Fate.UPDATED, true));
            }
        }

        private void changed(long mailbox, Change.Act act) {
            MailboxId id = new MailboxId(mailbox);
            CatalogChanges.MailboxFate known = mailboxes.get(id);
            boolean born = known != null && known.fate() == CatalogChanges.Fate.CREATED;
            switch (act) {
                case CREATED -> put(id, CatalogChanges.Fate.CREATED);
                case UPDATED ->
                        put(id, born ? CatalogChanges.Fate.CREATED : CatalogChanges.Fate.UPDATED);
                case DESTROYED -> {
                    if (born) {
                        mailboxes.remove(id);
                    } else {
                        put(id, CatalogChanges.Fate.DESTROYED);
                    }
                }
            }
        }

        private void put(MailboxId id, CatalogChanges.Fate fate) {
            if (fate == CatalogChanges.Fate.DESTROYED || visible.test(id)) {
                mailboxes.put(id, new CatalogChanges.MailboxFate(fate, false));
            }
        }

        CatalogChanges told(long version, boolean more) {
            Map<LetterId, CatalogChanges.LetterFate> fates = new LinkedHashMap<>();
            existed.forEach(
                    (letter, before) -> {
                        boolean after = !places.getOrDefault(letter, Set.of()).isEmpty();
                        if (before || after) {
                            fates.put(
                                    new LetterId(letter),
                                    new CatalogChanges.LetterFate(
                                            fate(before, after), moved.contains(letter)));
                        }
                    });
            return new CatalogChanges(version, more, fates, mailboxes, others);
        }
    }

    private static CatalogChanges.Fate fate(boolean before, boolean after) {
        return before && after
                ? CatalogChanges.Fate.UPDATED
                : before ? CatalogChanges.Fate.DESTROYED : CatalogChanges.Fate.CREATED;
    }

    private static List<Change.Mark> marks(Change change) {
        return switch (change) {
            case Change.Added(long _, var marks) -> marks;
            case Change.Removed(long _, var marks) -> marks;
            case Change.Marked(long _, var marks) -> marks;
            case Change.MailboxChanged _, Change.ListsChanged _, Change.ScriptChanged _ ->
                    List.of();
        };
    }
}
