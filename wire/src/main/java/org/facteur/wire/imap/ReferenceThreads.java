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

    private final Map<String, Node> byId = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private long steps;

    /// What threading needs of a letter.
    ///
    /// @param number message number or UID
    /// @param messageId without brackets, or null
    /// @param references oldest first; of a letter without References those of In-Reply-To
    /// @param subject the base subject
    /// @param reply whether the subject had marks of a reply or of forwarding
    /// @param sentMillis when it was sent
    public record Letter(
            long number,
            @Nullable String messageId,
            List<String> references,
            String subject,
            boolean reply,
            long sentMillis) {
        public Letter {
            references = List.copyOf(references);
        }
    }

    /// A letter, or the place of one that is not there.
    private static final class Node {
        private @Nullable Letter letter;
        private @Nullable Node parent;
        private List<Node> children = new ArrayList<>(1);

        boolean missing() {
            return letter == null;
        }

        /// When this was sent; a missing letter goes by its first answer.
        long sent() {
            Node at = this;
            while (at.letter == null && !at.children.isEmpty()) {
                at = at.children.getFirst();
            }
            return at.letter == null ? 0 : at.letter.sentMillis();
        }

        long number() {
            Node at = this;
            while (at.letter == null && !at.children.isEmpty()) {
                at = at.children.getFirst();
            }
            return at.letter == null ? 0 : at.letter.number();
        }

        String subject() {
            Letter known =
                    letter == null && !children.isEmpty() ? children.getFirst().letter : letter;
            return known == null ? "" : known.subject();
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
        String id = letter.messageId();
        Node known = id == null ? null : byId.get(id);
        Node node;
        if (known == null || !known.missing()) {
            node = new Node();
            nodes.add(node);
            if (id != null) {
                byId.putIfAbsent(id, node);
            }
        } else {
            node = known;
        }
        node.letter = letter;
        Node before = null;
        for (String reference : letter.references()) {
            Node next = byId.get(reference);
            if (next == null) {
                next = new Node();
                byId.put(reference, next);
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

    private static void link(Node parent, Node child) {
        child.parent = parent;
        parent.children.add(child);
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

    /// Steps 2 and 3: those without a parent; places of missing letters that hold nothing together
    /// are taken out.
    private List<Node> roots() {
        List<Node> roots = new ArrayList<>();
        for (Node node : nodes) {
            node.children.removeIf(child -> child.parent != node);
            if (node.parent == null) {
                roots.add(node);
            }
        }
        List<Node> order = new ArrayList<>();
        Deque<Node> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            Node node = open.pop();
            order.add(node);
            node.children.forEach(open::push);
        }
        for (Node node : order.reversed()) {
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
            if (root.missing()) {
                root.children.sort(BY_DATE);
            }
        }
        return result;
    }

    /// Step 5: threads with one subject become one.
    private static List<Node> gathered(List<Node> roots) {
        Map<String, Node> bySubject = new HashMap<>();
        for (Node root : roots) {
            String subject = root.subject();
            if (subject.isEmpty()) {
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
            String subject = root.subject();
            Node first = subject.isEmpty() ? null : bySubject.get(subject);
            if (first == null || first == root) {
                continue;
            }
            gone.add(root);
            if (first.missing() && root.missing()) {
                first.children.addAll(root.children);
            } else if (first.missing() || (root.reply() && !first.reply())) {
                first.children.add(root);
            } else {
                Node both = new Node();
                both.children.add(first);
                both.children.add(root);
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
            node.children.sort(BY_DATE);
            node.children.forEach(open::push);
        }
        roots.sort(BY_DATE);
    }

    private static ThreadForest told(List<Node> roots) {
        ThreadForest.Builder threads = new ThreadForest.Builder();
        Deque<Node> open = new ArrayDeque<>();
        Deque<Integer> depths = new ArrayDeque<>();
        for (Node root : roots) {
            open.push(root);
            depths.push(0);
            while (!open.isEmpty()) {
                Node node = open.pop();
                int depth = depths.pop();
                Letter letter = node.letter;
                threads.add(letter == null ? ThreadForest.MISSING : letter.number(), depth);
                for (Node child : node.children.reversed()) {
                    open.push(child);
                    depths.push(depth + 1);
                }
            }
        }
        return threads.build();
    }
}
