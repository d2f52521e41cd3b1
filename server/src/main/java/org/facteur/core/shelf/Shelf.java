package org.facteur.core.shelf;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.change.Change;
import org.facteur.core.change.ChangeLog;
import org.facteur.core.change.ChangeRecord;
import org.facteur.core.change.Hints;
import org.facteur.store.blob.BlobId;
import org.facteur.store.blob.BlobStore;
import org.facteur.store.blob.StagedBlob;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.Store;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.kv.StoreLimits;
import org.facteur.store.kv.Transaction;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.jspecify.annotations.Nullable;

/// The items of all accounts. Any thread.
public final class Shelf {
    /// Removed items of one kind that are remembered.
    public static final int TOMBSTONES = 500;

    /// The longest content, in octets.
    public static final int CONTENT_BYTES = 48 << 10;

    private final Store store;
    private final Hints hints;
    private final InstantSource clock;

    public Shelf(Store store, Hints hints, InstantSource clock) {
        this.store = store;
        this.hints = hints;
        this.clock = clock;
    }

    private Partition partition(AccountId account) {
        return store.partition(account.partition());
    }

    /// The durable version of an account.
    public long version(AccountId account) {
        return partition(account).version();
    }

    /// Where octets of items are written and read.
    public BlobStore blobs() {
        return store.blobs();
    }

    /// All items of a kind in order of their numbers.
    public List<ShelfItem> list(AccountId account, ItemKind kind) {
        return partition(account).read(view -> items(view, kind));
    }

    public Optional<ShelfItem> find(AccountId account, ItemKind kind, long number) {
        return partition(account).read(view -> item(view, kind, number));
    }

    /// The item of a kind that bears a name.
    public Optional<ShelfItem> findNamed(AccountId account, ItemKind kind, String name) {
        return partition(account).read(view -> named(view, kind, name));
    }

    /// How many items of a kind there are.
    public long count(AccountId account, ItemKind kind) {
        return partition(account).read(view -> counters(view, kind).items());
    }

    /// The version that changed a kind last: what was computed from its items holds until that
    /// grows.
    public long changed(AccountId account, ItemKind kind) {
        return partition(account)
                .read(
                        view -> {
                            long changed = counters(view, kind).changed();
                            return changed == Counters.UNKNOWN ? view.version() : changed;
                        });
    }

    /// What happened to a kind since a version; empty when that is not known any more. Cheap when
    /// that is nothing.
    public Optional<ShelfChanges> changesSince(AccountId account, ItemKind kind, long version) {
        return partition(account)
                .read(
                        view -> {
                            Counters counters = counters(view, kind);
                            if (version < counters.floor() || version > view.version()) {
                                return Optional.empty();
                            }
                            if (counters.changed() <= version) {
                                return Optional.of(
                                        new ShelfChanges(
                                                view.version(), List.of(), List.of(), List.of()));
                            }
                            return Optional.of(changes(view, kind, version));
                        });
    }

    private static ShelfChanges changes(ReadView view, ItemKind kind, long version) {
        List<Long> created = new ArrayList<>();
        List<Long> updated = new ArrayList<>();
        List<Long> destroyed = new ArrayList<>();
        for (Row row : rows(view, kind)) {
            long number = Layout.number(row.key(), 1);
            ShelfItem.Row one = ShelfItem.Row.decode(number, row.value());
            if (one.changed() > version) {
                boolean fresh = one.created() > version;
                if (one.item() != null) {
                    (fresh ? created : updated).add(number);
                } else if (!fresh) {
                    destroyed.add(number);
                }
            }
        }
        return new ShelfChanges(view.version(), created, updated, destroyed);
    }

    /// Changes items of an account in one transaction.
    ///
    /// @param work may run more than once
    /// @return what the work gave, and the account's version that shows it
    /// @throws Busy when the store cannot write now
    public <T> Done<T> change(Actor actor, AccountId account, Work<T> work) {
        try {
            var written =
                    partition(account)
                            .write(
                                    tx -> {
                                        Editing editing = new Editing(tx, clock.instant());
                                        T value = work.on(editing);
                                        editing.finish(actor, account);
                                        return value;
                                    });
            hints.changed(account);
            return new Done<>(written.value(), written.version());
        } catch (StoreFault fault) {
            if (fault.passing()) {
                throw new Busy("the store cannot write", fault);
            }
            throw fault;
        }
    }

    /// What one transaction does.
    @FunctionalInterface
    public interface Work<T> {
        T on(Editing items);
    }

    public record Done<T>(T value, long version) {}

    /// The items of an account while one transaction changes them. One thread.
    public static final class Editing {
        private final Transaction tx;
        private final Instant now;
        private boolean changed;

        private Editing(Transaction tx, Instant now) {
            this.tx = tx;
            this.now = now;
        }

        public List<ShelfItem> list(ItemKind kind) {
            return items(tx, kind);
        }

        public Optional<ShelfItem> find(ItemKind kind, long number) {
            return item(tx, kind, number);
        }

        public Optional<ShelfItem> findNamed(ItemKind kind, String name) {
            return named(tx, kind, name);
        }

        /// How many items of a kind there are.
        public long count(ItemKind kind) {
            return counters(tx, kind).items();
        }

        /// Gives an item a name it can be found by; whoever bore the name loses it. The name of an
        /// item that is removed is taken away by whoever removes it.
        public void name(ItemKind kind, String name, long number) {
            tx.put(
                    Layout.shelfName(kind.code(), hash(name)),
                    new Encoder(NAME_FORMAT).number(number).toBytes());
        }

        /// Takes a name away, whoever bears it.
        public void unname(ItemKind kind, String name) {
            tx.delete(Layout.shelfName(kind.code(), hash(name)));
        }

        /// Makes an item.
        ///
        /// @param blob octets that were just written, kept with it; null for none
        /// @return its number
        /// @throws Refusal LIMIT, TOO_LARGE
        public long add(ItemKind kind, @Nullable StagedBlob blob, byte[] content) {
            if (blob != null) {
                tx.keep(blob);
            }
            return add(kind, blob == null ? null : blob.id(), content);
        }

        /// Makes an item that holds octets the account already has.
        public long addHolding(ItemKind kind, BlobId blob, byte[] content) {
            tx.retain(blob);
            return add(kind, blob, content);
        }

        private long add(ItemKind kind, @Nullable BlobId blob, byte[] content) {
            check(content);
            Counters counters = counters(tx, kind);
            if (counters.items() >= kind.most()) {
                throw new Refusal(
                        Refusal.Reason.LIMIT, "There are too many of these.", "Il y en a trop.");
            }
            long number = counters.next();
            put(
                    kind,
                    new ShelfItem(number, tx.nextVersion(), tx.nextVersion(), now, blob, content));
            new Counters(
                            number + 1,
                            counters.items() + 1,
                            counters.graves(),
                            counters.floor(),
                            tx.nextVersion())
                    .put(tx, kind);
            return number;
        }

        /// Gives an item another content.
        ///
        /// @throws Refusal NOT_FOUND, TOO_LARGE
        public void put(ItemKind kind, long number, byte[] content) {
            check(content);
            ShelfItem known = find(kind, number).orElseThrow(Shelf::unknown);
            touch(kind);
            put(
                    kind,
                    new ShelfItem(
                            number,
                            known.created(),
                            tx.nextVersion(),
                            known.made(),
                            known.blob(),
                            content));
        }

        /// Gives an item another content and other octets.
        ///
        /// @param blob octets that were just written; null for none. What was held is let go
        /// @throws Refusal NOT_FOUND, TOO_LARGE
        public void put(ItemKind kind, long number, @Nullable StagedBlob blob, byte[] content) {
            check(content);
            ShelfItem known = find(kind, number).orElseThrow(Shelf::unknown);
            BlobId before = known.blob();
            BlobId after = blob == null ? null : blob.id();
            if (blob != null && !Objects.equals(blob.id(), before)) {
                tx.keep(blob);
            }
            if (before != null && !Objects.equals(before, after)) {
                tx.release(before);
            }
            touch(kind);
            put(
                    kind,
                    new ShelfItem(
                            number,
                            known.created(),
                            tx.nextVersion(),
                            known.made(),
                            after,
                            content));
        }

        /// Lets go of the octets an item holds; the item stays.
        public void dropBlob(ItemKind kind, long number) {
            ShelfItem known = find(kind, number).orElseThrow(Shelf::unknown);
            BlobId blob = known.blob();
            if (blob != null) {
                tx.release(blob);
                touch(kind);
                put(
                        kind,
                        new ShelfItem(
                                number,
                                known.created(),
                                tx.nextVersion(),
                                known.made(),
                                null,
                                known.content()));
            }
        }

        private void touch(ItemKind kind) {
            Counters known = counters(tx, kind);
            new Counters(
                            known.next(),
                            known.items(),
                            known.graves(),
                            known.floor(),
                            tx.nextVersion())
                    .put(tx, kind);
        }

        private void put(ItemKind kind, ShelfItem item) {
            changed = true;
            tx.put(Layout.shelfItem(kind.code(), item.number()), item.encode());
        }

        /// Removes an item.
        ///
        /// @throws Refusal NOT_FOUND
        public void remove(ItemKind kind, long number) {
            ShelfItem known = find(kind, number).orElseThrow(Shelf::unknown);
            BlobId blob = known.blob();
            if (blob != null) {
                tx.release(blob);
            }
            changed = true;
            tx.put(
                    Layout.shelfItem(kind.code(), number),
                    ShelfItem.tombstone(known.created(), tx.nextVersion()));
            Counters counters = counters(tx, kind);
            new Counters(
                            counters.next(),
                            counters.items() - 1,
                            counters.graves() + 1,
                            counters.floor(),
                            tx.nextVersion())
                    .put(tx, kind);
            if (counters.graves() >= TOMBSTONES) {
                forgetGraves(kind);
            }
        }

        /// Forgets all that was removed; changes before this are not known any more.
        private void forgetGraves(ItemKind kind) {
            for (Row row : rows(tx, kind)) {
                if (ShelfItem.Row.decode(0, row.value()).item() == null) {
                    tx.delete(row.key());
                }
            }
            Counters counters = counters(tx, kind);
            new Counters(counters.next(), counters.items(), 0, tx.nextVersion(), tx.nextVersion())
                    .put(tx, kind);
        }

        private static void check(byte[] content) {
            if (content.length > CONTENT_BYTES) {
                throw new Refusal(
                        Refusal.Reason.TOO_LARGE,
                        "This is larger than can be kept.",
                        "C'est trop grand pour être gardé.");
            }
        }

        private void finish(Actor actor, AccountId owner) {
            if (changed) {
                AccountId guest = actor.account().equals(owner) ? null : actor.account();
                ChangeLog.append(
                        tx,
                        new ChangeRecord(
                                0,
                                now,
                                guest,
                                actor.credential(),
                                actor.door(),
                                List.of(new Change.ListsChanged())));
            }
        }
    }

    /// The blobs that items of a partition hold, one for each time one is held.
    public static List<BlobId> blobs(ReadView view) {
        List<BlobId> blobs = new ArrayList<>();
        for (ItemKind kind : ItemKind.values()) {
            for (ShelfItem item : items(view, kind)) {
                BlobId blob = item.blob();
                if (blob != null) {
                    blobs.add(blob);
                }
            }
        }
        return blobs;
    }

    /// Ends items of an account that is no more, whatever they are.
    ///
    /// @param most 1 to 1,000
    /// @return whether none is left
    public static boolean end(Transaction tx, int most) {
        List<Row> rows = tx.scan(Layout.all(Table.SHELF), most);
        for (Row row : rows) {
            ShelfItem item = ShelfItem.Row.decode(Layout.number(row.key(), 1), row.value()).item();
            BlobId blob = item == null ? null : item.blob();
            if (blob != null) {
                tx.release(blob);
            }
            tx.delete(row.key());
        }
        return rows.size() < most;
    }

    private static Refusal unknown() {
        return new Refusal(
                Refusal.Reason.NOT_FOUND, "There is no such thing.", "Cela n'existe pas.");
    }

    private static Optional<ShelfItem> item(ReadView view, ItemKind kind, long number) {
        return view.find(Layout.shelfItem(kind.code(), number))
                .map(row -> ShelfItem.Row.decode(number, row))
                .flatMap(row -> Optional.ofNullable(row.item()));
    }

    private static List<ShelfItem> items(ReadView view, ItemKind kind) {
        List<ShelfItem> items = new ArrayList<>();
        for (Row row : rows(view, kind)) {
            ShelfItem item = ShelfItem.Row.decode(Layout.number(row.key(), 1), row.value()).item();
            if (item != null) {
                items.add(item);
            }
        }
        return items;
    }

    private static List<Row> rows(ReadView view, ItemKind kind) {
        List<Row> rows = new ArrayList<>();
        var rest = Layout.shelfItems(kind.code());
        while (true) {
            List<Row> page = view.scan(rest, StoreLimits.SCAN_ROWS);
            rows.addAll(page);
            if (page.size() < StoreLimits.SCAN_ROWS) {
                return rows;
            }
            rest = rest.after(page.getLast());
        }
    }

    private static final int NAME_FORMAT = 1;
    private static final int NAME_OCTETS = 16;

    private static Optional<ShelfItem> named(ReadView view, ItemKind kind, String name) {
        return view.find(Layout.shelfName(kind.code(), hash(name)))
                .flatMap(row -> item(view, kind, new Decoder(row, NAME_FORMAT).number()));
    }

    private static byte[] hash(String name) {
        try {
            byte[] whole =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(whole, NAME_OCTETS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Sums over the items of a kind.
    ///
    /// @param next the number the next one gets
    /// @param graves how many removed ones are remembered
    /// @param floor before this version nothing is known of removals
    /// @param changed the version that changed the kind last
    private record Counters(long next, long items, long graves, long floor, long changed) {
        /// 2: with the last change.
        private static final int FORMAT = 2;

        /// Of rows written before that was kept.
        private static final long UNKNOWN = Long.MAX_VALUE;

        private static final Counters NONE = new Counters(1, 0, 0, 0, 0);

        private static Key key(ItemKind kind) {
            return Layout.counters("shelf-" + kind.code());
        }

        void put(Transaction tx, ItemKind kind) {
            tx.put(
                    key(kind),
                    new Encoder(FORMAT)
                            .number(next)
                            .number(items)
                            .number(graves)
                            .number(floor)
                            .number(changed)
                            .toBytes());
        }

        static Counters decode(byte[] row) {
            Decoder in = new Decoder(row, FORMAT);
            return new Counters(
                    in.number(),
                    in.number(),
                    in.number(),
                    in.number(),
                    in.formatVersion() >= 2 ? in.number() : UNKNOWN);
        }
    }

    private static Counters counters(ReadView view, ItemKind kind) {
        return view.find(Counters.key(kind)).map(Counters::decode).orElse(Counters.NONE);
    }
}
