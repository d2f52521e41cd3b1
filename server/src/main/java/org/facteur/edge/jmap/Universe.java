package org.facteur.edge.jmap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.KeywordTable;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterFacts;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.core.mailbox.Right;
import org.jspecify.annotations.Nullable;

/// The letters a query chooses from, in columns: those of one mailbox, or all of an account. Row 0
/// is the oldest by arrival. One thread.
final class Universe {
    private final LetterBox box;
    private final List<MailboxView> views;
    private final int size;

    /// Null where there is one view, whose places are the rows.
    private final int @Nullable [] view;

    private final int @Nullable [] place;

    /// Further places of the same letter, by row.
    private final Map<Integer, List<Spot>> more;

    /// A letter in one mailbox.
    ///
    /// @param at place in the view
    private record Spot(int view, int at) {}

    private Universe(
            LetterBox box,
            List<MailboxView> views,
            int size,
            int @Nullable [] view,
            int @Nullable [] place,
            Map<Integer, List<Spot>> more) {
        this.box = box;
        this.views = views;
        this.size = size;
        this.view = view;
        this.place = place;
        this.more = more;
    }

    /// The letters of one mailbox. What they have elsewhere is not looked at: who marks and files
    /// by JMAP does so everywhere at once.
    static Universe of(LetterBox box, MailboxId mailbox) {
        MailboxView only = box.view(mailbox);
        return new Universe(box, List.of(only), only.size(), null, null, Map.of());
    }

    /// All letters that can be seen.
    static Universe all(LetterBox box) {
        List<MailboxView> views = new ArrayList<>();
        int most = 0;
        for (Mailbox mailbox : box.mailboxes().shown()) {
            if (box.rights(mailbox.id()).has(Right.READ)) {
                MailboxView view = box.view(mailbox.id());
                views.add(view);
                most += view.size();
            }
        }
        return merged(box, views, most);
    }

    private static Universe merged(LetterBox box, List<MailboxView> views, int most) {
        long[] order = new long[most];
        int[] starts = new int[views.size() + 1];
        int filled = 0;
        for (int v = 0; v < views.size(); v++) {
            starts[v] = filled;
            for (int i = 0; i < views.get(v).size(); i++) {
                order[filled] = (views.get(v).letter(i).number() << 28) | filled;
                filled++;
            }
        }
        starts[views.size()] = filled;
        java.util.Arrays.sort(order);
        int[] view = new int[most];
        int[] place = new int[most];
        Map<Integer, List<Spot>> more = new HashMap<>();
        int rows = 0;
        long before = -1;
        for (long each : order) {
            int flat = (int) (each & 0xfff_ffff);
            int v = viewOf(starts, flat);
            if (each >>> 28 == before) {
                more.computeIfAbsent(rows - 1, _ -> new ArrayList<>(2))
                        .add(new Spot(v, flat - starts[v]));
            } else {
                view[rows] = v;
                place[rows] = flat - starts[v];
                rows++;
                before = each >>> 28;
            }
        }
        return new Universe(box, views, rows, view, place, more);
    }

    private static int viewOf(int[] starts, int flat) {
        int v = 0;
        while (flat >= starts[v + 1]) {
            v++;
        }
        return v;
    }

    int size() {
        return size;
    }

    /// Whether these are the letters of one mailbox and nothing else.
    boolean single() {
        return view == null;
    }

    /// What is known of all these letters, in columns and in memory; read when first asked for.
    ///
    /// @return empty when they are too many to be kept
    Optional<LetterFacts> facts() {
        Optional<LetterFacts> facts = Optional.empty();
        for (MailboxView each : views) {
            facts = box.findFacts(each);
            if (facts.isEmpty()) {
                return facts;
            }
        }
        for (int row = 0; facts.isPresent() && row < size; row++) {
            if (!facts.get().knows(letter(row))) {
                return Optional.empty();
            }
        }
        return facts;
    }

    private MailboxView view(int row) {
        return views.get(view == null ? 0 : view[row]);
    }

    private int at(int row) {
        return place == null ? row : place[row];
    }

    LetterId letter(int row) {
        return view(row).letter(at(row));
    }

    /// In seconds since 1970: the earliest arrival in a mailbox.
    long received(int row) {
        long first = view(row).receivedSecond(at(row));
        for (Spot spot : spots(row)) {
            first = Math.min(first, views.get(spot.view()).receivedSecond(spot.at()));
        }
        return first;
    }

    long sizeBytes(int row) {
        return view(row).sizeBytes(at(row));
    }

    boolean in(int row, MailboxId mailbox) {
        boolean here = view(row).mailbox().id().equals(mailbox);
        for (Spot spot : spots(row)) {
            here |= views.get(spot.view()).mailbox().id().equals(mailbox);
        }
        return here;
    }

    /// Whether it lies in a mailbox that is none of these.
    boolean outside(int row, java.util.Set<MailboxId> mailboxes) {
        boolean outside = !mailboxes.contains(view(row).mailbox().id());
        for (Spot spot : spots(row)) {
            outside |= !mailboxes.contains(views.get(spot.view()).mailbox().id());
        }
        return outside;
    }

    private List<Spot> spots(int row) {
        return more.isEmpty() ? List.of() : more.getOrDefault(row, List.of());
    }

    /// Whether letters have a keyword, as [org.facteur.core.mailbox.WholeLetter#keywords] says.
    KeywordTest keyword(Keyword keyword) {
        long[] bits = new long[views.size()];
        for (int v = 0; v < bits.length; v++) {
            KeywordTable table = views.get(v).state().keywords();
            bits[v] = table.bit(keyword);
        }
        boolean everywhere = keyword.equals(Keyword.SEEN);
        return row -> {
            boolean has = has(view == null ? 0 : view[row], at(row), bits);
            for (Spot spot : spots(row)) {
                boolean there = has(spot.view(), spot.at(), bits);
                has = everywhere ? has && there : has || there;
            }
            return has;
        };
    }

    private boolean has(int v, int at, long[] bits) {
        return (views.get(v).keywords(at) & bits[v]) != 0;
    }

    /// A question the columns answer.
    @FunctionalInterface
    interface KeywordTest {
        boolean test(int row);
    }
}
