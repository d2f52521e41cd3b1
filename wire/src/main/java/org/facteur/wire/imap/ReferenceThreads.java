package org.facteur.wire.imap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts letters into threads as `THREAD=REFERENCES` wants it (RFC 5256 §3). One thread; used once.
///
/// Nothing recurses, and looking for loops costs at most [#STEPS] in all: what would take longer is
/// left unlinked, which only hostile letters meet.
public final class ReferenceThreads {
    private static final long STEPS = 20_000_000;

    private static final int FIRST_ROOM = 1 << 10;

    private @Nullable Node[] byId = new Node[FIRST_ROOM];
    private int ids;
    private final List<Node> nodes = new ArrayList<>();
    private long steps;

    /// What threading needs of a letter.
    ///
    /// @param number message number or UID
    /// @param id stands for the Message-ID, equal where that is equal; 0 for none
    /// @param references stand for Message-IDs, oldest first; of a letter without References those
    ///   of In-Reply-To
    /// @param subject stands for the base subject; 0 for an empty one
    /// @param reply whether the subject had marks of a reply or of forwarding
    /// @param sentSecond when it was sent
    @SuppressWarnings("ArrayRecordComponent")
    public record Letter(
            long number, long id, long[] references, int subject, boolean reply, long sentSecond) {}

    /// A letter, or the place of one that is not there.
    private static final class Node {
        private final long id;
        private @Nullable Letter letter;
        private @Nullable Node parent;
        private List<Node> children = List.of();
        private int depth;

        Node(long id) {
            this.id = id;
        }

        boolean holdsMissing() {
            for (int i = 0; i < children.size(); i++) {
                if (children.get(i).missing()) {
                    return true;
                }
            }
            return false;
        }

        void add(Node child) {
            if (children.isEmpty()) {
                children = new ArrayList<>(2);
            }
            children.add(child);
        }

        boolean missing() {
            return letter == null;
        }

        /// When this was sent; a missing letter goes by its first answer.
        long sent() {
            Node at = this;
            while (at.letter == null && !at.children.isEmpty()) {
                at = at.children.getFirst();
            }
            return at.letter == null ? 0 : at.letter.sentSecond();
        }

        long number() {
            Node at = this;
            while (at.letter == null && !at.children.isEmpty()) {
                at = at.children.getFirst();
            }
            return at.letter == null ? 0 : at.letter.number();
        }

        int subject() {
            Letter known =
                    letter == null && !children.isEmpty() ? children.getFirst().letter : letter;
            return known == null ? 0 : known.subject();
        }

        boolean reply() {
            return letter != null && letter.reply();
        }
    }

    private static final Comparator<Node> BY_DATE =
            Comparator.comparingLong(Node::sent).thenComparingLong(Node::number);

    /// Threads of letters.
    ///
    /// @param letters in ascending order of their numbers
    public static ThreadForest of(List<Letter> letters) {
        ReferenceThreads threads = new ReferenceThreads();
        letters.forEach(threads::take);
        List<Node> roots = threads.roots();
        roots.sort(BY_DATE);
        List<Node> gathered = gathered(roots);
        sortAll(gathered);
        return told(gathered);
    }

    /// Step 1: links a letter to those it names.
    private void take(Letter letter) {
        long id = letter.id();
        Node known = id == 0 ? null : find(id);
        Node node;
        if (known == null || !known.missing()) {
            node = new Node(id);
            nodes.add(node);
            if (id != 0 && known == null) {
                keep(node);
            }
        } else {
            node = known;
        }
        node.letter = letter;
        Node before = null;
        for (long reference : letter.references()) {
            Node next = find(reference);
            if (next == null) {
                next = new Node(reference);
                keep(next);
                nodes.add(next);
            }
            if (before != null && next.parent == null && !wouldLoop(before, next)) {
                link(before, next);
            }
            before = next;
        }
        if (before != null && node.parent != before && !wouldLoop(before, node)) {
            // The parent before keeps it in its list until that is cleared of those who left.
            link(before, node);
        }
    }

    private @Nullable Node find(long id) {
        @Nullable Node[] table = byId;
        int at = home(id, table.length);
        Node node = table[at];
        while (node != null && node.id != id) {
            at = (at + 1) & (table.length - 1);
            node = table[at];
        }
        return node;
    }

    private void keep(Node node) {
        if (++ids * 2 > byId.length) {
            @Nullable Node[] old = byId;
            byId = new Node[old.length * 2];
            for (Node each : old) {
                if (each != null) {
                    place(each);
                }
            }
        }
        place(node);
    }

    private void place(Node node) {
        int at = home(node.id, byId.length);
        while (byId[at] != null) {
            at = (at + 1) & (byId.length - 1);
        }
        byId[at] = node;
    }

    private static int home(long id, int length) {
        long mixed = id * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & (length - 1);
    }

    private static void link(Node parent, Node child) {
        child.parent = parent;
        parent.add(child);
    }

    private boolean wouldLoop(Node parent, Node child) {
        if (parent == child) {
            return true;
        }
        if (child.children.isEmpty()) {
            return false;
        }
        for (Node at = parent; at != null; at = at.parent) {
            if (at == child || ++steps > STEPS) {
                return true;
            }
        }
        return false;
    }

    private int missing() {
        int missing = 0;
        for (Node node : nodes) {
            missing += node.missing() ? 1 : 0;
        }
        return missing;
    }

    /// Steps 2 and 3: those without a parent; places of missing letters that hold nothing together
    /// are taken out.
    private List<Node> roots() {
        List<Node> roots = new ArrayList<>();
        for (Node node : nodes) {
            if (!node.children.isEmpty()) {
                node.children.removeIf(child -> child.parent != node);
            }
            if (node.parent == null) {
                roots.add(node);
            }
        }
        if (missing() == 0) {
            return roots;
        }
        List<Node> order = new ArrayList<>();
        Deque<Node> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            Node node = open.pop();
            order.add(node);
            node.children.forEach(open::push);
        }
        for (Node node : order.reversed()) {
            if (!node.holdsMissing()) {
                continue;
            }
            List<Node> kept = new ArrayList<>(node.children.size());
            for (Node child : node.children) {
                if (child.missing()) {
                    kept.addAll(child.children);
                } else {
                    kept.add(child);
                }
            }
            node.children = kept;
        }
        List<Node> result = new ArrayList<>();
        for (Node root : roots) {
            if (!root.missing() || root.children.size() > 1) {
                result.add(root);
            } else {
                result.addAll(root.children);
            }
        }
        for (Node root : result) {
            if (root.missing() && root.children.size() > 1) {
                root.children.sort(BY_DATE);
            }
        }
        return result;
    }

    /// Step 5: threads with one subject become one.
    private static List<Node> gathered(List<Node> roots) {
        Map<Integer, Node> bySubject = new HashMap<>();
        for (Node root : roots) {
            int subject = root.subject();
            if (subject == 0) {
                continue;
            }
            Node known = bySubject.get(subject);
            boolean better =
                    known == null
                            || (!known.missing()
                                    && (root.missing() || (known.reply() && !root.reply())));
            if (better) {
                bySubject.put(subject, root);
            }
        }
        Map<Node, Node> replaced = new HashMap<>();
        List<Node> gone = new ArrayList<>();
        for (Node root : roots) {
            int subject = root.subject();
            Node first = subject == 0 ? null : bySubject.get(subject);
            if (first == null || first == root) {
                continue;
            }
            gone.add(root);
            if (first.missing() && root.missing()) {
                root.children.forEach(first::add);
            } else if (first.missing() || (root.reply() && !first.reply())) {
                first.add(root);
            } else {
                Node both = new Node(0);
                both.add(first);
                both.add(root);
                replaced.put(first, both);
                bySubject.put(subject, both);
            }
        }
        java.util.Set<Node> away = new java.util.HashSet<>(gone);
        List<Node> result = new ArrayList<>();
        for (Node root : roots) {
            if (!away.contains(root)) {
                result.add(replaced.getOrDefault(root, root));
            }
        }
        return result;
    }

    /// Step 6: answers in order of when they were sent.
    private static void sortAll(List<Node> roots) {
        Deque<Node> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (node.children.size() > 1) {
                node.children.sort(BY_DATE);
            }
            for (int i = 0; i < node.children.size(); i++) {
                Node child = node.children.get(i);
                if (!child.children.isEmpty()) {
                    open.push(child);
                }
            }
        }
        roots.sort(BY_DATE);
    }

    private static ThreadForest told(List<Node> roots) {
        ThreadForest.Builder threads = new ThreadForest.Builder();
        Deque<Node> open = new ArrayDeque<>();
        for (Node root : roots) {
            root.depth = 0;
            open.push(root);
            while (!open.isEmpty()) {
                Node node = open.pop();
                Letter letter = node.letter;
                threads.add(letter == null ? ThreadForest.MISSING : letter.number(), node.depth);
                for (int i = node.children.size() - 1; i >= 0; i--) {
                    Node child = node.children.get(i);
                    child.depth = node.depth + 1;
                    open.push(child);
                }
            }
        }
        return threads.build();
    }
}
