package org.facteur.store.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OrderedRowsTest {
    @Test
    void everyVersionAgreesWithASortedMap() {
        Random random = new Random(5);
        OrderedRows<Integer> rows = OrderedRows.empty();
        TreeMap<Key, Integer> model = new TreeMap<>();
        Map<OrderedRows<Integer>, TreeMap<Key, Integer>> versions = new HashMap<>();
        for (int i = 0; i < 5000; i++) {
            Key key = key(random.nextInt(600));
            if (random.nextInt(5) < 2) {
                rows = rows.without(key);
                model.remove(key);
            } else {
                rows = rows.with(key, i);
                model.put(key, i);
            }
            if (i % 500 == 0) {
                versions.put(rows, new TreeMap<>(model));
            }
        }
        versions.put(rows, model);
        versions.forEach(OrderedRowsTest::compare);
    }

    @Test
    void ascendingInsertionStaysShallow() {
        OrderedRows<Integer> rows = OrderedRows.empty();
        for (int i = 0; i < 100_000; i++) {
            rows = rows.with(key(i), i);
        }
        assertThat(rows.size()).isEqualTo(100_000);
        assertThat(rows.get(key(99_999))).isEqualTo(99_999);
        for (int i = 0; i < 100_000; i += 2) {
            rows = rows.without(key(i));
        }
        assertThat(rows.size()).isEqualTo(50_000);
    }

    private static void compare(OrderedRows<Integer> rows, TreeMap<Key, Integer> model) {
        assertThat(rows.size()).isEqualTo(model.size());
        assertThat(rows.isEmpty()).isEqualTo(model.isEmpty());
        for (int i = 0; i < 600; i += 50) {
            KeyRange range = new KeyRange(key(i), i % 100 == 0 ? null : key(i + 37));
            var part = model.tailMap(range.start(), true);
            if (range.end() != null) {
                part = part.headMap(range.end(), false);
            }
            List<Integer> forward = new ArrayList<>();
            rows.iterate(range, false).forEachRemaining(e -> forward.add(e.value()));
            assertThat(forward).containsExactlyElementsOf(part.values());
            List<Integer> backward = new ArrayList<>();
            rows.iterate(range, true).forEachRemaining(e -> backward.addFirst(e.value()));
            assertThat(backward).isEqualTo(forward);
        }
    }

    private static Key key(int n) {
        return new Key(new byte[] {(byte) (n >> 16), (byte) (n >> 8), (byte) n});
    }
}
