package org.facteur.core.mailbox;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.facteur.store.kv.ReadView;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;

/// Marks of all notes of an account at one version, so that a change can be told without keeping
/// what was noted. Immutable.
///
/// @param byMailbox 0 for the account itself
record NoteMarks(Map<Long, Map<Whose, Integer>> byMailbox) {
    static final NoteMarks NONE = new NoteMarks(Map.of());

    /// @param reader 0 for everybody
    record Whose(long reader, String name) {}

    NoteMarks {
        byMailbox = Map.copyOf(byMailbox);
    }

    static NoteMarks read(ReadView view) {
        Map<Long, Map<Whose, Integer>> all = new HashMap<>();
        TablePages.forEach(
                view,
                Layout.all(Table.ANNOTATIONS),
                row ->
                        all.computeIfAbsent(Layout.number(row.key(), 0), mailbox -> new HashMap<>())
                                .put(
                                        new Whose(
                                                Layout.number(row.key(), 1),
                                                Layout.annotationName(row.key())),
                                        Arrays.hashCode(row.value())));
        return all.isEmpty() ? NONE : new NoteMarks(all);
    }

    /// What one reader sees of one mailbox, under `/shared` and `/private`.
    Map<String, Integer> of(long mailbox, long reader) {
        Map<Whose, Integer> known = byMailbox.get(mailbox);
        if (known == null) {
            return Map.of();
        }
        Map<String, Integer> seen = new HashMap<>();
        known.forEach(
                (whose, mark) -> {
                    if (whose.reader() == 0) {
                        seen.put("/shared" + whose.name(), mark);
                    } else if (whose.reader() == reader) {
                        seen.put("/private" + whose.name(), mark);
                    }
                });
        return seen;
    }
}
