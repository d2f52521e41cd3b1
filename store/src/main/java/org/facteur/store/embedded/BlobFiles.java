package org.facteur.store.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import org.facteur.store.blob.BlobId;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.StoreFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of large blobs: links of partitions, made before the commit and swept after.
///
/// A link and the queueing of its commit happen under one lock, and so do the look for references
/// and the removal of a link; a keep in progress is therefore never swept. Any thread.
final class BlobFiles {
    private static final Logger LOG = LoggerFactory.getLogger(BlobFiles.class);
    private static final int LOCKS = 64;

    /// A blob of a partition.
    private record Link(PartitionId partition, BlobId blob) {}

    private final Path root;
    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];
    private final ReentrantLock removing = new ReentrantLock();

    BlobFiles(Path root) {
        this.root = root;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    Path path(PartitionId partition, BlobId blob) {
        String hash = blob.toString();
        return root.resolve(partition.toString()).resolve(hash.substring(0, 2)).resolve(hash);
    }

    /// Makes a commit's links durable, then queues the commit.
    ///
    /// @param held whether the newest version refers to a blob, for links that a commit which was
    ///   not queued has left
    /// @throws StoreFault FULL when links cannot be made, and whatever queueing throws
    void linkThen(
            PendingCommit commit,
            List<Staged.Large> blobs,
            BiPredicate<PartitionId, BlobId> held,
            Runnable queueing) {
        PartitionId partition = commit.batch().partition();
        ReentrantLock lock = lock(partition);
        lock.lock();
        try {
            List<Path> intents = new ArrayList<>();
            boolean queued = false;
            try {
                for (Staged.Large blob : blobs) {
                    intents.add(link(partition, blob));
                }
                commit.intents(intents);
                queueing.run();
                queued = true;
            } catch (IOException e) {
                throw new StoreFault(StoreFault.Kind.FULL, "a blob could not be linked", e);
            } finally {
                if (!queued) {
                    unlinkUnless(held, partition, blobs);
                    settled(intents);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Forgets the intents of links whose commit is durable or will never be.
    void settled(List<Path> intents) {
        for (Path intent : intents) {
            try {
                Files.deleteIfExists(intent);
            } catch (IOException e) {
                LOG.warn("{} stays until a restart", intent, e);
            }
        }
    }

    /// Clears what a crash has left: temporary files, and links that were never committed.
    void recover(BiPredicate<PartitionId, BlobId> held) throws IOException {
        for (Path file : list(temporary())) {
            Files.deleteIfExists(file);
        }
        for (Path intent : list(root.resolve("intents"))) {
            Optional<Link> link = link(intent.getFileName().toString());
            try {
                if (link.isPresent() && !held.test(link.get().partition, link.get().blob)) {
                    Files.deleteIfExists(path(link.get().partition, link.get().blob));
                }
                Files.deleteIfExists(intent);
            } catch (StoreFault damaged) {
                LOG.warn("{} stays until its rows can be read", intent, damaged);
            }
        }
    }

    /// Removes all links of a partition that nothing refers to.
    void sweep(PartitionId partition, BiPredicate<PartitionId, BlobId> held) {
        try {
            for (Path directory : list(root.resolve(partition.toString()))) {
                for (Path file : list(directory)) {
                    Optional<BlobId> name = blob(file.getFileName().toString());
                    if (name.isEmpty()) {
                        continue;
                    }
                    BlobId blob = name.get();
                    ReentrantLock lock = lock(partition);
                    lock.lock();
                    try {
                        if (!held.test(partition, blob)) {
                            remove(file);
                        }
                    } finally {
                        lock.unlock();
                    }
                }
            }
        } catch (IOException e) {
            throw new StoreFault(
                    StoreFault.Kind.STOPPED, "blobs of " + partition + " cannot be swept", e);
        }
    }

    /// Runs something while no link is removed.
    void whileNothingIsRemoved(Copy copy) throws IOException {
        removing.lock();
        try {
            copy.run();
        } finally {
            removing.unlock();
        }
    }

    /// What may fail on files.
    @FunctionalInterface
    interface Copy {
        void run() throws IOException;
    }

    /// Links every large blob under another directory; copies where the disk is another.
    void copyTo(Path target) throws IOException {
        Set<String> ours = Set.of("tmp", "intents");
        for (String name : ours) {
            StoreDirectory.makeDirectory(target.resolve(name));
        }
        for (Path partition : list(root)) {
            if (ours.contains(partition.getFileName().toString())) {
                continue;
            }
            for (Path directory : list(partition)) {
                Path into = target.resolve(root.relativize(directory));
                StoreDirectory.makeDirectory(into);
                for (Path file : list(directory)) {
                    linkOrCopy(file, into.resolve(file.getFileName()));
                }
                StoreDirectory.sync(into);
            }
        }
    }

    private static void linkOrCopy(Path file, Path copy) throws IOException {
        try {
            Files.createLink(copy, file);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException anotherDisk) {
            Files.copy(file, copy);
        }
    }

    private Path link(PartitionId partition, Staged.Large blob) throws IOException {
        Path intent = root.resolve("intents").resolve(partition + "." + blob.id());
        if (!Files.exists(intent)) {
            StoreDirectory.newFile(intent).close();
        }
        Path target = path(partition, blob.id());
        Path directory = root.resolve(partition.toString());
        StoreDirectory.makeDirectory(directory);
        Path inner = directory.resolve(blob.id().toString().substring(0, 2));
        StoreDirectory.makeDirectory(inner);
        try {
            Files.createLink(target, blob.file());
        } catch (FileAlreadyExistsException already) {
            LOG.debug("{} is there already", target);
        }
        StoreDirectory.sync(inner);
        return intent;
    }

    private void unlinkUnless(
            BiPredicate<PartitionId, BlobId> held,
            PartitionId partition,
            List<Staged.Large> blobs) {
        for (Staged.Large blob : new HashSet<>(blobs)) {
            try {
                if (!held.test(partition, blob.id())) {
                    remove(path(partition, blob.id()));
                }
            } catch (IOException | StoreFault e) {
                LOG.debug("a link stays until the next collection", e);
            }
        }
    }

    private void remove(Path file) throws IOException {
        removing.lock();
        try {
            Files.deleteIfExists(file);
        } finally {
            removing.unlock();
        }
    }

    private ReentrantLock lock(PartitionId partition) {
        return locks[Math.floorMod(partition.hashCode(), LOCKS)];
    }

    /// What the name of an intent says; empty for a file that is none of ours.
    private static Optional<Link> link(String name) {
        int dot = name.indexOf('.');
        Optional<BlobId> blob = blob(name.substring(dot + 1));
        if (dot < 3 || name.charAt(1) != '-' || blob.isEmpty()) {
            return Optional.empty();
        }
        try {
            long number = Long.parseLong(name, 2, dot, 10);
            PartitionId.Realm realm = PartitionId.Realm.of(name.charAt(0));
            return Optional.of(new Link(new PartitionId(realm, number), blob.get()));
        } catch (IllegalArgumentException | StoreFault other) {
            LOG.debug("{} is not an intent", name, other);
            return Optional.empty();
        }
    }

    private static Optional<BlobId> blob(String hash) {
        try {
            return Optional.of(BlobId.parse(hash));
        } catch (IllegalArgumentException other) {
            LOG.debug("{} is not a blob", hash, other);
            return Optional.empty();
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        }
        return entries;
    }
}
