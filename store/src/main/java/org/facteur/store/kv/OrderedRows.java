package org.facteur.store.kv;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// An immutable map ordered by key; a changed map shares all but one path with the one it came
/// from, so that keeping many versions is cheap.
///
/// A height-balanced tree: recursion is bounded by 1.5 × log2 of the size. Any thread.
public final class OrderedRows<V> {
    /// A key and what stands under it.
    public record Entry<V>(Key key, V value) {}

    private record Node<V>(
            Entry<V> entry, int height, @Nullable Node<V> left, @Nullable Node<V> right) {}

    private final @Nullable Node<V> root;
    private final int size;

    private OrderedRows(@Nullable Node<V> root, int size) {
        this.root = root;
        this.size = size;
    }

    public static <V> OrderedRows<V> empty() {
        return new OrderedRows<>(null, 0);
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return root == null;
    }

    /// The value under a key, or null.
    public @Nullable V get(Key key) {
        Node<V> node = root;
        while (node != null) {
            int order = key.compareTo(node.entry.key);
            if (order == 0) {
                return node.entry.value;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    /// The same map with one value put or replaced.
    public OrderedRows<V> with(Key key, V value) {
        int grown = get(key) == null ? size + 1 : size;
        return new OrderedRows<>(insert(root, new Entry<>(key, value)), grown);
    }

    /// The same map without one key.
    public OrderedRows<V> without(Key key) {
        return get(key) == null ? this : new OrderedRows<>(remove(root, key), size - 1);
    }

    /// Entries of a range in ascending or descending order of key.
    public Iterator<Entry<V>> iterate(KeyRange range, boolean backwards) {
        return new Walk<>(root, range, backwards);
    }

    private static <V> Node<V> insert(@Nullable Node<V> node, Entry<V> entry) {
        if (node == null) {
            return new Node<>(entry, 1, null, null);
        }
        int order = entry.key.compareTo(node.entry.key);
        if (order == 0) {
            return new Node<>(entry, node.height, node.left, node.right);
        }
        return order < 0
                ? balanced(node.entry, insert(node.left, entry), node.right)
                : balanced(node.entry, node.left, insert(node.right, entry));
    }

    private static <V> @Nullable Node<V> remove(@Nullable Node<V> node, Key key) {
        if (node == null) {
            return null;
        }
        int order = key.compareTo(node.entry.key);
        if (order < 0) {
            return balanced(node.entry, remove(node.left, key), node.right);
        }
        if (order > 0) {
            return balanced(node.entry, node.left, remove(node.right, key));
        }
        Node<V> left = node.left;
        Node<V> right = node.right;
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        Node<V> first = right;
        for (Node<V> next = first.left; next != null; next = next.left) {
            first = next;
        }
        return balanced(first.entry, left, remove(right, first.entry.key));
    }

    private static <V> Node<V> balanced(
            Entry<V> entry, @Nullable Node<V> left, @Nullable Node<V> right) {
        int lean = height(left) - height(right);
        if (left != null && lean > 1) {
            Node<V> inner = left.right;
            if (inner != null && height(inner) > height(left.left)) {
                return node(
                        inner.entry,
                        node(left.entry, left.left, inner.left),
                        node(entry, inner.right, right));
            }
            return node(left.entry, left.left, node(entry, inner, right));
        }
        if (right != null && lean < -1) {
            Node<V> inner = right.left;
            if (inner != null && height(inner) > height(right.right)) {
                return node(
                        inner.entry,
                        node(entry, left, inner.left),
                        node(right.entry, inner.right, right.right));
            }
            return node(right.entry, node(entry, left, inner), right.right);
        }
        return node(entry, left, right);
    }

    private static <V> Node<V> node(
            Entry<V> entry, @Nullable Node<V> left, @Nullable Node<V> right) {
        return new Node<>(entry, 1 + Math.max(height(left), height(right)), left, right);
    }

    private static <V> int height(@Nullable Node<V> node) {
        return node == null ? 0 : node.height;
    }

    /// Walks with its own stack: the path to the next entry.
    private static final class Walk<V> implements Iterator<Entry<V>> {
        private final ArrayDeque<Node<V>> path = new ArrayDeque<>();
        private final KeyRange range;
        private final boolean backwards;

        Walk(@Nullable Node<V> root, KeyRange range, boolean backwards) {
            this.range = range;
            this.backwards = backwards;
            Node<V> node = root;
            while (node != null) {
                boolean wanted = backwards ? beforeEnd(node) : fromStart(node);
                if (wanted) {
                    path.push(node);
                }
                node = wanted == backwards ? node.right : node.left;
            }
        }

        @Override
        public boolean hasNext() {
            Node<V> node = path.peek();
            return node != null && (backwards ? fromStart(node) : beforeEnd(node));
        }

        @Override
        public Entry<V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Node<V> node = path.pop();
            Node<V> below = backwards ? node.left : node.right;
            while (below != null) {
                path.push(below);
                below = backwards ? below.right : below.left;
            }
            return node.entry;
        }

        private boolean fromStart(Node<V> node) {
            return node.entry.key.compareTo(range.start()) >= 0;
        }

        private boolean beforeEnd(Node<V> node) {
            Key end = range.end();
            return end == null || node.entry.key.compareTo(end) < 0;
        }
    }
}
