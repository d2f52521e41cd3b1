package org.facteur.edge.jmap;

import java.io.IOException;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterCatalog;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.mailbox.Right;
import org.facteur.core.mailbox.ThreadId;
import org.facteur.wire.jmap.Arguments;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Which letters, in which order (RFC 8621 §4.4). One query.
///
/// The columns of mailboxes and the index of words decide first, for all letters; only those they
/// leave open are read, 256 rows at a time, for 20 s at most.
final class EmailQuery {
    private static final int BATCH = 256;
    private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

    private final Call call;
    private final LetterBox box;
    private final long begun = System.nanoTime();
    private final @Nullable ObjectNode filter;
    private final EmailSort sort;
    private final boolean collapse;

    /// Takes filter, sort and collapseThreads.
    EmailQuery(Call call, LetterBox box) {
        this.call = call;
        this.box = box;
        Arguments arguments = call.arguments();
        this.filter = arguments.findObject("filter");
        this.sort = EmailSort.take(arguments);
        this.collapse = arguments.flag("collapseThreads", false);
    }

    static ObjectNode run(Call call) throws IOException {
        LetterBox box = call.box();
        EmailQuery query = new EmailQuery(call, box);
        QueryWindow window = QueryWindow.take(call.arguments());
        call.arguments().end();
        String state = States.of(box.version());
        ObjectNode answer =
                JmapText.object()
                        .put("accountId", ObjectIds.of(box.owner()))
                        .put("queryState", state)
                        .put("canCalculateChanges", true);
        window.cut(names(query.find()), answer);
        return answer;
    }

    /// Ids of letters; each is made when it is looked at.
    static List<String> names(List<LetterId> letters) {
        return new AbstractList<>() {
            @Override
            public String get(int index) {
                return ObjectIds.of(letters.get(index));
            }

            @Override
            public int size() {
                return letters.size();
            }
        };
    }

    /// Whether what becomes of one letter of a thread may change the place of another.
    boolean ofThreads() {
        return collapse
                || sort.ofThreads()
                || (filter != null && filter.toString().contains("InThreadHaveKeyword\""));
    }

    /// All letters that fit, in order; each is looked up when it is asked for.
    List<LetterId> find() throws IOException {
        Universe universe = universe();
        int[] rows = sort.order(fitting(universe), universe, box);
        LetterCatalog.Threads threads = collapse ? box.catalog().threads() : null;
        BitSet seen = new BitSet();
        BitSet letters = new BitSet();
        int count = 0;
        for (int row : rows) {
            LetterId letter = universe.letter(row);
            if (once(letter, letters) && (threads == null || first(threads, letter, seen))) {
                rows[count++] = row;
            }
        }
        int size = count;
        return new AbstractList<>() {
            @Override
            public LetterId get(int index) {
                return universe.letter(rows[Objects.checkIndex(index, size)]);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    /// A mailbox may hold a letter twice.
    private static boolean once(LetterId letter, BitSet seen) {
        if (letter.number() >= Integer.MAX_VALUE) {
            return true;
        }
        boolean fresh = !seen.get((int) letter.number());
        seen.set((int) letter.number());
        return fresh;
    }

    /// Whether no letter of its thread came before.
    private static boolean first(LetterCatalog.Threads threads, LetterId letter, BitSet seen) {
        Optional<ThreadId> thread = threads.find(letter);
        if (thread.isEmpty() || thread.get().number() >= Integer.MAX_VALUE) {
            return true;
        }
        int number = (int) thread.get().number();
        boolean fresh = !seen.get(number);
        seen.set(number);
        return fresh;
    }

    private Universe universe() {
        Optional<MailboxId> only =
                filter == null || sort.ofThreads()
                        ? Optional.empty()
                        : EmailFilter.onlyMailbox(filter);
        if (only.isPresent()
                && box.mailboxes().find(only.get()).filter(each -> !each.hidden()).isPresent()
                && box.rights(only.get()).has(Right.READ)) {
            return Universe.of(box, only.get());
        }
        return Universe.all(box);
    }

    private int[] fitting(Universe universe) throws IOException {
        int[] found = new int[universe.size()];
        ObjectNode asked = filter;
        boolean whole =
                asked != null && universe.single() && asked.size() == 1 && asked.has("inMailbox");
        if (asked == null || whole) {
            Arrays.setAll(found, i -> i);
            return found;
        }
        EmailFilter program = EmailFilter.of(asked, box, call.services().index(), universe);
        int count = 0;
        List<Integer> open = new ArrayList<>();
        for (int row = 0; row < universe.size(); row++) {
            switch (program.look(row)) {
                case YES -> found[count++] = row;
                case UNKNOWN -> open.add(row);
                case NO -> {
                    // Not this one.
                }
            }
        }
        for (int row : read(open, program, universe)) {
            found[count++] = row;
        }
        return Arrays.copyOf(found, count);
    }

    private List<Integer> read(List<Integer> open, EmailFilter program, Universe universe)
            throws IOException {
        List<Integer> found = new ArrayList<>();
        for (int from = 0; from < open.size(); from += BATCH) {
            List<Integer> some = open.subList(from, Math.min(open.size(), from + BATCH));
            List<@Nullable Letter> letters =
                    box.letters(some.stream().map(universe::letter).toList());
            for (int i = 0; i < some.size(); i++) {
                Letter letter = letters.get(i);
                if (letter != null && program.read(some.get(i), letter)) {
                    found.add(some.get(i));
                }
            }
            if (System.nanoTime() - begun > PATIENCE_NANOS) {
                throw new MethodFault("unsupportedFilter", "the search took too long");
            }
        }
        return found;
    }
}
