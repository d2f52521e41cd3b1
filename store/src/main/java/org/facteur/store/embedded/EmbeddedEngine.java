package org.facteur.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.facteur.store.blob.Blob;
import org.facteur.store.blob.BlobId;
import org.facteur.store.blob.BlobStore;
import org.facteur.store.blob.BlobWriter;
import org.facteur.store.blob.StagedBlob;
import org.facteur.store.kv.Batch;
import org.facteur.store.kv.BlobLeft;
import org.facteur.store.kv.BlobUse;
import org.facteur.store.kv.Engine;
import org.facteur.store.kv.GarbageSweep;
import org.facteur.store.kv.Layered;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Snapshot;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.kv.StoreLimits;
import org.facteur.store.kv.TransactionMark;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.StoredKey;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A store in one directory of this machine. Any thread, virtual ones included: waiting never pins.
public final class EmbeddedEngine implements Engine {
    /// Of decompressed blobs.
    private static final long RECENT_BYTES = 16L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedEngine.class);

    private final StoreDirectory directory;
    private final Database database;
    private final DiskSpace space;
    private final BlobFiles files;
    private final Pipeline pipeline;
    private final BlobStore blobs = new EmbeddedBlobs();
    private final RecentBlobs recent = new RecentBlobs(RECENT_BYTES);

    /// What tests replace: the write with its sync, and the measured disk.
    record Seams(UnaryOperator<Pipeline.SyncedWrite> write, DiskSpace.@Nullable Disk disk) {
        static final Seams NONE = new Seams(write -> write, null);
    }

    private EmbeddedEngine(StoreDirectory directory, EmbeddedSettings settings, Seams seams)
            throws IOException {
        this.directory = directory;
        DiskSpace.Disk disk = seams.disk;
        this.space =
                new DiskSpace(
                        disk == null ? DiskSpace.Disk.of(settings.directory()) : disk, settings);
        this.files = new BlobFiles(directory.blobs());
        this.database = new Database(directory.rows(), settings);
        Pipeline.SyncedWrite write = group -> database.db().write(database.synced(), group);
        this.pipeline = new Pipeline(database, seams.write.apply(write), this::durableNow);
    }

    /// Opens a store, or makes one.
    ///
    /// @throws StoreFault NEWER_FORMAT before anything is written; CORRUPT when it cannot be opened
    ///   without losing what was acknowledged; STOPPED when another process uses it
    /// @throws IOException when the directory cannot be used
    public static EmbeddedEngine open(EmbeddedSettings settings) throws IOException {
        return open(settings, Seams.NONE);
    }

    static EmbeddedEngine open(EmbeddedSettings settings, Seams seams) throws IOException {
        StoreDirectory directory = StoreDirectory.open(settings.directory());
        try {
            EmbeddedEngine engine = new EmbeddedEngine(directory, settings, seams);
            engine.pipeline.start();
            try {
                engine.files.recover(engine::holdsDurably);
            } catch (IOException | RuntimeException e) {
                engine.pipeline.closeAndRelease();
                engine.database.close();
                throw e;
            }
            return engine;
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /// Room on the disk, as measured with the last sync.
    public SpaceReport space() {
        return space.last();
    }

    @Override
    public Snapshot durable(PartitionId partition) {
        DurableState state = pipeline.enter();
        return new EmbeddedView(
                new RowReader(database, state, partition), () -> pipeline.leave(state));
    }

    @Override
    public long version(PartitionId partition) {
        Pipeline.Held held = pipeline.settled(partition);
        try {
            Long known = held.version();
            if (known != null) {
                return known;
            }
            long version = new RowReader(database, held.state(), partition).version();
            pipeline.learn(partition, held.state(), version);
            return version;
        } finally {
            pipeline.leave(held.state());
        }
    }

    @Override
    public Snapshot newest(PartitionId partition) {
        Pipeline.Held held = pipeline.newest(partition);
        try {
            RowReader rows = new RowReader(database, held.state(), partition);
            Long version = held.version();
            if (version == null) {
                version = rows.version();
                pipeline.learn(partition, held.state(), version);
            }
            return new EmbeddedView(
                    new Layered(rows, held.waiting(), version), () -> pipeline.leave(held.state()));
        } catch (RuntimeException | Error e) {
            pipeline.leave(held.state());
            throw e;
        }
    }

    @Override
    public Commit submit(Batch batch) {
        PendingCommit commit = new PendingCommit(batch);
        List<Staged.Large> large = new ArrayList<>();
        for (StagedBlob blob : batch.blobs()) {
            switch (blob) {
                case Staged.Small small -> commit.inline(small.id(), small.packed());
                case Staged.Large file -> large.add(file);
                case StagedBlob other ->
                        throw new IllegalArgumentException(
                                "blob " + other.id() + " of another engine");
            }
        }
        if (space.last().state() == SpaceReport.State.REFUSING) {
            space.admit(growth(batch), !batch.blobs().isEmpty());
        }
        if (large.isEmpty()) {
            queue(commit);
        } else {
            files.linkThen(commit, large, this::holdsNewest, () -> queue(commit));
        }
        return commit;
    }

    @Override
    public Outcome settle(Batch batch) {
        PendingCommit last = pipeline.last(batch.partition());
        if (last != null) {
            last.await();
        }
        try (Snapshot view = durable(batch.partition())) {
            return TransactionMark.settle(view, batch);
        }
    }

    @Override
    public List<PartitionId> partitions(@Nullable PartitionId after, int limit) {
        StoreLimits.checkPage(limit);
        List<PartitionId> found = new ArrayList<>();
        DurableState state = pipeline.enter();
        try (RocksIterator at = database.db().newIterator(database.rows(), state.options())) {
            if (after == null) {
                at.seekToFirst();
            } else {
                at.seek(StoredKey.end(StoredKey.prefix(after), null));
            }
            while (at.isValid() && found.size() < limit) {
                PartitionId partition = StoredKey.partition(at.key());
                found.add(partition);
                at.seek(StoredKey.end(StoredKey.prefix(partition), null));
            }
            at.status();
        } catch (RocksDBException e) {
            throw new StoreFault(StoreFault.Kind.CORRUPT, "the list of partitions", e);
        } finally {
            pipeline.leave(state);
        }
        return found;
    }

    @Override
    public BlobStore blobs() {
        return blobs;
    }

    /// Copies the whole store, as it is durable at some instant during the call, to a new
    /// directory; by hard links where it lies on the same disk, so that it takes little room.
    ///
    /// Takes as long as writing out what is in memory: for a platform thread. The copy is opened as
    /// any store.
    ///
    /// @param target must not exist
    /// @throws IOException when it cannot be written; what was begun is left there
    public void checkpoint(Path target) throws IOException {
        if (Files.exists(target)) {
            throw new IOException(target + " exists already");
        }
        DurableState held = pipeline.enter();
        try (Checkpoint checkpoint = Checkpoint.create(database.db())) {
            StoreDirectory.makeDirectory(target);
            StoreDirectory.makeDirectory(target.resolve("blobs"));
            files.whileNothingIsRemoved(
                    () -> {
                        try {
                            checkpoint.createCheckpoint(target.resolve("rows").toString());
                        } catch (RocksDBException e) {
                            throw new IOException("the rows cannot be copied", e);
                        }
                        files.copyTo(target.resolve("blobs"));
                    });
            StoreDirectory.writeFormat(target);
        } finally {
            pipeline.leave(held);
        }
    }

    @Override
    public void close() {
        if (!pipeline.closeAndRelease()) {
            return;
        }
        try {
            if (pipeline.writing()) {
                database.flush();
            }
        } catch (RocksDBException e) {
            LOG.warn("the log will be read at the next start", e);
        }
        database.close();
        try {
            directory.close();
        } catch (IOException e) {
            throw new StoreFault(StoreFault.Kind.STOPPED, "the lock was not given back", e);
        }
    }

    private void queue(PendingCommit commit) {
        while (!pipeline.submit(commit)) {
            newest(commit.batch().partition()).close();
        }
    }

    private void durableNow(List<PendingCommit> group) {
        for (PendingCommit commit : group) {
            if (!commit.intents().isEmpty()) {
                files.settled(commit.intents());
            }
        }
        space.measure();
    }

    /// Octets of rows a batch adds, net of those it replaces or deletes.
    private long growth(Batch batch) {
        long growth = 0;
        try (Snapshot view = newest(batch.partition())) {
            for (Batch.Write write : batch.writes()) {
                byte[] value = write.value();
                Optional<byte[]> before = view.find(write.key());
                if (value != null) {
                    growth += write.key().length() + value.length;
                }
                if (before.isPresent()) {
                    growth -= write.key().length() + before.get().length;
                }
            }
        }
        return growth;
    }

    private boolean holdsNewest(PartitionId partition, BlobId blob) {
        try (Snapshot view = newest(partition)) {
            return size(view, blob).isPresent();
        }
    }

    private boolean holdsDurably(PartitionId partition, BlobId blob) {
        try (Snapshot view = durable(partition)) {
            return size(view, blob).isPresent();
        }
    }

    private static Optional<Long> size(ReadView view, BlobId blob) {
        return view.find(Layout.blobReferences(blob))
                .map(row -> BlobUse.decode(row).size())
                .or(
                        () ->
                                view.find(Layout.blobGarbage(blob))
                                        .map(row -> BlobLeft.decode(row).size()));
    }

    private final class EmbeddedBlobs implements BlobStore {
        @Override
        public BlobWriter write() {
            return new EmbeddedBlobWriter(files.temporary(), space);
        }

        @Override
        public Optional<Blob> find(PartitionId partition, BlobId id) {
            Objects.requireNonNull(id);
            DurableState state = pipeline.enter();
            try {
                RowReader rows = new RowReader(database, state, partition);
                Optional<Long> size = size(rows, id);
                if (size.isEmpty()) {
                    return Optional.empty();
                }
                return Optional.of(
                        size.get() <= StoreLimits.INLINE_BLOB_BYTES
                                ? inline(state, partition, id)
                                : FileBlob.open(files.path(partition, id), id));
            } finally {
                pipeline.leave(state);
            }
        }

        @Override
        public int collect(PartitionId partition, Instant unusedSince) {
            int removed =
                    new GarbageSweep(EmbeddedEngine.this, partition, unusedSince).run().size();
            files.sweep(partition, EmbeddedEngine.this::holdsNewest);
            return removed;
        }

        private Blob inline(DurableState state, PartitionId partition, BlobId id) {
            byte[] stored = StoredKey.join(StoredKey.prefix(partition), id.toBytes());
            byte[] known = recent.find(partition, id);
            if (known != null) {
                return new HeapBlob(id, known);
            }
            try {
                byte[] sealed = database.db().get(database.blobs(), state.options(), stored);
                if (sealed == null) {
                    throw new StoreFault(StoreFault.Kind.CORRUPT, "its octets are lost");
                }
                byte[] octets = BlobPacking.unpack(Seal.open(stored, sealed));
                recent.put(partition, id, octets);
                return new HeapBlob(id, octets);
            } catch (RocksDBException | StoreFault e) {
                throw new StoreFault(StoreFault.Kind.CORRUPT, partition + " blob " + id, e);
            }
        }
    }
}
