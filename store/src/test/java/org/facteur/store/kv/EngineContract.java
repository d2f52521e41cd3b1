package org.facteur.store.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.junit.jupiter.api.Test;

/// What every engine does, below [EngineStore] and with it. An engine's test class implements this
/// and says how to open an empty engine.
public interface EngineContract {
    /// A partition that tests write.
    PartitionId ALICE = new PartitionId(PartitionId.Realm.ACCOUNT, 1);

    /// Another, right after it in order.
    PartitionId BOB = new PartitionId(PartitionId.Realm.ACCOUNT, 2);

    /// An empty engine; each test closes the one it opened.
    Engine open() throws Exception;

    /// A store over an engine, at a fixed instant.
    static EngineStore store(Engine engine) {
        return new EngineStore(
                engine, RandomGenerator.of("L64X128MixRandom"), InstantSource.fixed(Instant.EPOCH));
    }

    static Key key(String name) {
        return Layout.setting(name);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }

    /// A batch with one row, as [EngineStore] would make it.
    static Batch batch(PartitionId partition, long expected, long name, Key key, String value) {
        Batch.Write write = new Batch.Write(key, bytes(value));
        return new Batch(partition, expected, new TxId(7, name), List.of(write), List.of());
    }

    @Test
    default void anUnwrittenPartitionIsEmptyAtVersionZero() throws Exception {
        try (Engine engine = open();
                Snapshot view = engine.durable(ALICE)) {
            assertThat(view.version()).isZero();
            assertThat(view.find(key("a"))).isEmpty();
            assertThat(view.scan(Layout.all(Table.SETTINGS), 10)).isEmpty();
            assertThat(engine.partitions(null, 10)).isEmpty();
        }
    }

    @Test
    default void aCommitIsDurableOnceAwaited() throws Exception {
        try (Engine engine = open()) {
            engine.submit(batch(ALICE, 0, 1, key("a"), "one")).await();
            try (Snapshot view = engine.durable(ALICE)) {
                assertThat(view.version()).isEqualTo(1);
                assertThat(view.find(key("a")).map(EngineContract::text)).contains("one");
            }
        }
    }

    @Test
    default void theNewestViewHoldsWhatWasSubmitted() throws Exception {
        try (Engine engine = open()) {
            Engine.Commit last = () -> {};
            for (int i = 0; i < 200; i++) {
                try (Snapshot view = engine.newest(ALICE)) {
                    assertThat(view.version()).isEqualTo(i);
                    assertThat(view.find(key("a")).map(EngineContract::text).orElse("0"))
                            .isEqualTo("" + i);
                }
                last = engine.submit(batch(ALICE, i, i, key("a"), "" + (i + 1)));
            }
            last.await();
            try (Snapshot view = engine.durable(ALICE)) {
                assertThat(view.version()).isEqualTo(200);
            }
        }
    }

    @Test
    default void aWrongVersionConflictsAndLeavesNothing() throws Exception {
        try (Engine engine = open()) {
            engine.submit(batch(ALICE, 0, 1, key("a"), "one")).await();
            for (long expected : new long[] {0, 2}) {
                assertThatThrownBy(() -> engine.submit(batch(ALICE, expected, 2, key("b"), "x")))
                        .isInstanceOfSatisfying(
                                StoreFault.class,
                                f -> assertThat(f.kind()).isEqualTo(StoreFault.Kind.CONFLICT));
            }
            try (Snapshot view = engine.newest(ALICE)) {
                assertThat(view.version()).isEqualTo(1);
                assertThat(view.find(key("b"))).isEmpty();
            }
        }
    }

    @Test
    default void aSnapshotNeverChanges() throws Exception {
        try (Engine engine = open()) {
            engine.submit(batch(ALICE, 0, 1, key("a"), "old")).await();
            try (Snapshot before = engine.durable(ALICE);
                    Snapshot newest = engine.newest(ALICE)) {
                engine.submit(batch(ALICE, 1, 2, key("a"), "new")).await();
                for (Snapshot view : List.of(before, newest)) {
                    assertThat(view.version()).isEqualTo(1);
                    assertThat(view.find(key("a")).map(EngineContract::text)).contains("old");
                    assertThat(view.scan(Layout.all(Table.SETTINGS), 10)).hasSize(1);
                }
            }
        }
    }

    @Test
    default void partitionsAreApartAndListedInOrder() throws Exception {
        try (Engine engine = open()) {
            List<PartitionId> ids = new ArrayList<>();
            for (PartitionId.Realm realm : PartitionId.Realm.values()) {
                for (long number : new long[] {0, 1, 255, 256, Long.MAX_VALUE}) {
                    PartitionId id = new PartitionId(realm, number);
                    engine.submit(batch(id, 0, 1, key("a"), id.toString())).await();
                    ids.add(id);
                }
            }
            ids.sort(null);
            List<PartitionId> found = new ArrayList<>(engine.partitions(null, 3));
            while (found.size() < ids.size()) {
                found.addAll(engine.partitions(found.getLast(), 3));
            }
            assertThat(found).isEqualTo(ids);
            assertThat(engine.partitions(found.getLast(), 3)).isEmpty();
            for (PartitionId id : ids) {
                try (Snapshot view = engine.durable(id)) {
                    List<Row> rows = view.scan(new KeyRange(key("a"), null), 10);
                    assertThat(rows).hasSize(1);
                    assertThat(text(rows.getFirst().value())).isEqualTo(id.toString());
                }
            }
        }
    }

    @Test
    default void aKnownOutcomeIsSettled() throws Exception {
        try (Engine engine = open()) {
            Batch first = batch(ALICE, 0, 1, key("a"), "1");
            Batch other = batch(ALICE, 0, 99, key("a"), "2");
            Batch never = batch(ALICE, 1, 5, key("a"), "3");
            engine.submit(first);
            assertThat(engine.settle(first)).isEqualTo(Engine.Outcome.COMMITTED);
            assertThat(engine.settle(other)).isEqualTo(Engine.Outcome.ABSENT);
            assertThat(engine.settle(never)).isEqualTo(Engine.Outcome.ABSENT);
            for (int i = 1; i < TransactionMark.RING; i++) {
                engine.submit(batch(ALICE, i, 100 + i, key("a"), "x"));
            }
            assertThat(engine.settle(first)).isEqualTo(Engine.Outcome.COMMITTED);
            engine.submit(batch(ALICE, TransactionMark.RING, 900, key("a"), "x")).await();
            assertThatThrownBy(() -> engine.settle(first))
                    .isInstanceOf(StoreFault.class)
                    .hasMessageContaining("UNKNOWN_OUTCOME");
        }
    }

    @Test
    default void scansAgreeWithASortedMapAtEveryBorder() throws Exception {
        long seed = Long.getLong("facteur.seed", 4711);
        Random random = new Random(seed);
        try (Engine engine = open();
                EngineStore store = store(engine)) {
            Partition partition = store.partition(ALICE);
            TreeMap<Key, String> model = new TreeMap<>();
            for (int round = 0; round < 30; round++) {
                int writes = 1 + random.nextInt(40);
                partition.write(
                        tx -> {
                            for (int i = 0; i < writes; i++) {
                                Key key = randomKey(random);
                                if (random.nextInt(3) == 0) {
                                    tx.delete(key);
                                    model.remove(key);
                                } else {
                                    String value = "v" + random.nextInt();
                                    tx.put(key, bytes(value));
                                    model.put(key, value);
                                }
                            }
                            compareScans(tx, model, random);
                            return 0;
                        });
                partition.read(
                        view -> {
                            compareScans(view, model, random);
                            return 0;
                        });
            }
        } catch (AssertionError e) {
            throw new AssertionError("facteur.seed=" + seed, e);
        }
    }

    private static Key randomKey(Random random) {
        int length = random.nextInt(20) == 0 ? StoreLimits.KEY_BYTES : 1 + random.nextInt(3);
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (random.nextInt(3) == 0 ? 0xff : random.nextInt(4));
        }
        octets[0] = (byte) (random.nextInt(4) == 0 ? 0xff : 0x50);
        return new Key(octets);
    }

    private static void compareScans(ReadView view, TreeMap<Key, String> model, Random random) {
        for (int i = 0; i < 8; i++) {
            Key one = randomKey(random);
            Key two = randomKey(random);
            KeyRange range =
                    random.nextInt(4) == 0
                            ? new KeyRange(one, null)
                            : one.compareTo(two) < 0
                                    ? new KeyRange(one, two)
                                    : new KeyRange(two, one);
            int limit = 1 + random.nextInt(5);
            var wanted = new TreeMap<Key, String>(model.tailMap(range.start(), true));
            Key end = range.end();
            if (end != null) {
                wanted = new TreeMap<>(wanted.headMap(end, false));
            }
            List<String> forward = new ArrayList<>();
            KeyRange rest = range;
            for (List<Row> page = view.scan(rest, limit); ; page = view.scan(rest, limit)) {
                page.forEach(row -> forward.add(row.key() + "=" + text(row.value())));
                if (page.size() < limit) {
                    break;
                }
                rest = rest.after(page.getLast());
            }
            List<String> backward = new ArrayList<>();
            rest = range;
            while (true) {
                List<Row> page = view.scanBackwards(rest, limit);
                page.forEach(row -> backward.addFirst(row.key() + "=" + text(row.value())));
                if (page.size() < limit) {
                    break;
                }
                rest = rest.before(page.getLast());
            }
            List<String> expected =
                    wanted.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
            assertThat(forward).isEqualTo(expected);
            assertThat(backward).isEqualTo(expected);
        }
    }

    @Test
    default void writersOfOnePartitionLoseNothing() throws Exception {
        try (Engine engine = open();
                EngineStore store = store(engine);
                EngineStore rival = store(engine)) {
            int writers = 64;
            int each = 20;
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Long>> last = new ArrayList<>();
                for (int w = 0; w < writers; w++) {
                    Partition partition = (w % 16 == 0 ? rival : store).partition(ALICE);
                    last.add(threads.submit(() -> count(partition, each)));
                }
                for (Future<Long> future : last) {
                    assertThat(future.get()).isPositive();
                }
            }
            long done =
                    store.partition(ALICE)
                            .read(v -> Long.parseLong(text(v.find(key("n")).orElseThrow())));
            assertThat(done).isEqualTo((long) writers * each);
            assertThat(store.partition(ALICE).version()).isEqualTo(done);
        }
    }

    private static long count(Partition partition, int times) {
        long version = 0;
        for (int i = 0; i < times; i++) {
            Written<Long> written =
                    partition.write(
                            tx -> {
                                long n =
                                        tx.find(key("n"))
                                                .map(v -> Long.parseLong(text(v)))
                                                .orElse(0L);
                                assertThat(n).isEqualTo(tx.version());
                                tx.put(key("n"), bytes("" + (n + 1)));
                                return n + 1;
                            });
            assertThat(written.value()).isEqualTo(written.version());
            assertThat(partition.version()).isGreaterThanOrEqualTo(written.version());
            assertThat(written.version()).isGreaterThan(version);
            version = written.version();
        }
        return version;
    }

    @Test
    default void whatTheWorkThrowsUndoesEverything() throws Exception {
        try (Engine engine = open();
                EngineStore store = store(engine)) {
            Partition partition = store.partition(ALICE);
            assertThatThrownBy(
                            () ->
                                    partition.write(
                                            tx -> {
                                                tx.put(key("a"), bytes("x"));
                                                throw new IllegalStateException("no");
                                            }))
                    .hasMessage("no");
            assertThat(partition.version()).isZero();
            Written<String> nothing = partition.write(tx -> "seen " + tx.version());
            assertThat(nothing).isEqualTo(new Written<>("seen 0", 0));
            assertThatThrownBy(
                            () -> partition.write(tx -> partition.write(inner -> inner.version())))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    default void limitsAreEnforced() throws Exception {
        try (Engine engine = open();
                EngineStore store = store(engine)) {
            Partition partition = store.partition(ALICE);
            refused(partition, tx -> tx.put(key("a"), new byte[StoreLimits.VALUE_BYTES + 1]));
            refused(partition, tx -> tx.put(Layout.meta(), new byte[1]));
            refused(partition, tx -> tx.scan(Layout.all(Table.SETTINGS), 0));
            refused(partition, tx -> tx.scan(Layout.all(Table.SETTINGS), 1001));
            refused(
                    partition,
                    tx -> {
                        for (int i = 0; i <= StoreLimits.TRANSACTION_ROWS; i++) {
                            tx.put(Layout.letter(i), new byte[1]);
                        }
                    });
            refused(
                    partition,
                    tx -> {
                        for (int i = 0; i < 17; i++) {
                            tx.put(Layout.letter(i), new byte[StoreLimits.VALUE_BYTES - 9]);
                        }
                    });
            assertThat(partition.version()).isZero();
            partition.write(
                    tx -> {
                        for (int i = 0; i < StoreLimits.TRANSACTION_ROWS; i++) {
                            tx.put(Layout.letter(i), new byte[8]);
                        }
                        assertThat(tx.rowsLeft()).isZero();
                        return 0;
                    });
            int rows = partition.read(v -> v.scan(Layout.all(Table.LETTERS), 1000).size());
            assertThat(rows).isEqualTo(1000);
        }
    }

    private static void refused(
            Partition partition, java.util.function.Consumer<Transaction> work) {
        assertThatThrownBy(
                        () ->
                                partition.write(
                                        tx -> {
                                            work.accept(tx);
                                            return 0;
                                        }))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void aClosedEngineSaysStopped() throws Exception {
        Engine engine = open();
        engine.close();
        assertThatThrownBy(() -> engine.durable(ALICE))
                .isInstanceOf(StoreFault.class)
                .hasMessageContaining("STOPPED");
        assertThatThrownBy(() -> engine.submit(batch(ALICE, 0, 1, key("a"), "x")))
                .isInstanceOf(StoreFault.class)
                .hasMessageContaining("STOPPED");
        engine.close();
    }
}
