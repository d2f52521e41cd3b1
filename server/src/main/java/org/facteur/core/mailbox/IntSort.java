package org.facteur.core.mailbox;

import java.util.Arrays;

/// Sorts numbers by an order of their own without boxing them. Stable.
public final class IntSort {
    private static final int SHORT = 12;

    private IntSort() {}

    /// Compares two numbers.
    @FunctionalInterface
    public interface Order {
        /// Below 0 when the left one comes first, above 0 when the right one does.
        int compare(int left, int right);
    }

    /// Sorts in place, those that are the same by the order as they stand.
    public static void sort(int[] numbers, Order order) {
        int length = numbers.length;
        for (int from = 0; from < length; from += SHORT) {
            insert(numbers, from, Math.min(length, from + SHORT), order);
        }
        int[] from = numbers;
        int[] to = new int[length];
        boolean away = false;
        for (long width = SHORT; width < length; width *= 2) {
            for (long start = 0; start < length; start += 2 * width) {
                int middle = (int) Math.min(length, start + width);
                int end = (int) Math.min(length, start + 2 * width);
                merge(from, to, (int) start, middle, end, order);
            }
            int[] swap = from;
            from = to;
            to = swap;
            away = !away;
        }
        if (away) {
            System.arraycopy(from, 0, numbers, 0, length);
        }
    }

    /// Puts two sorted rows of numbers into one.
    public static int[] merged(int[] left, int[] right, Order order) {
        int[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        int[] all = new int[both.length];
        merge(both, all, 0, left.length, both.length, order);
        return all;
    }

    private static void insert(int[] numbers, int from, int to, Order order) {
        for (int i = from + 1; i < to; i++) {
            int number = numbers[i];
            int at = i;
            while (at > from && order.compare(numbers[at - 1], number) > 0) {
                numbers[at] = numbers[at - 1];
                at--;
            }
            numbers[at] = number;
        }
    }

    private static void merge(int[] from, int[] to, int start, int middle, int end, Order order) {
        if (middle >= end || order.compare(from[middle - 1], from[middle]) <= 0) {
            System.arraycopy(from, start, to, start, end - start);
            return;
        }
        int left = start;
        int right = middle;
        for (int at = start; at < end; at++) {
            boolean takeLeft =
                    left < middle && (right >= end || order.compare(from[left], from[right]) <= 0);
            to[at] = takeLeft ? from[left++] : from[right++];
        }
    }
}
