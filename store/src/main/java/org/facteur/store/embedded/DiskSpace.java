package org.facteur.store.embedded;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.facteur.store.kv.StoreFault;

/// How much room there is, and what may still be written. Any thread.
///
/// Below the floor whatever brings a blob or grows by more than [#SMALL_GROWTH_BYTES] is refused;
/// below half of it, all that grows. Marking and deleting letters therefore go on.
final class DiskSpace {
    /// What a change of flags may add to the change log while room is short, in octets.
    static final long SMALL_GROWTH_BYTES = 4096;

    private static final int WARN_PERCENT = 15;

    /// What the engine itself may need at once, in write buffers: its log, the sorted files it
    /// makes of full buffers, and their merging. A disk that fills up beneath it stops it until a
    /// restart, so this much is kept also where it is a large part of the disk.
    private static final long WORKING_BUFFERS = 8;

    /// The disk, as asked.
    interface Disk {
        long freeBytes() throws IOException;

        long totalBytes() throws IOException;

        static Disk of(Path directory) throws IOException {
            FileStore store = Files.getFileStore(directory);
            return new Disk() {
                @Override
                public long freeBytes() throws IOException {
                    return store.getUsableSpace();
                }

                @Override
                public long totalBytes() throws IOException {
                    return store.getTotalSpace();
                }
            };
        }
    }

    private final Disk disk;
    private final EmbeddedSettings settings;
    private volatile SpaceReport last;

    DiskSpace(Disk disk, EmbeddedSettings settings) {
        this.disk = Objects.requireNonNull(disk);
        this.settings = settings;
        this.last = asked();
    }

    /// What the last measurement said.
    SpaceReport last() {
        return last;
    }

    /// Asks the disk: one system call.
    SpaceReport measure() {
        SpaceReport report = asked();
        last = report;
        return report;
    }

    /// @param growth octets a batch adds, net; 0 or less when it shrinks the store
    /// @throws StoreFault FULL when there is no room for it
    void admit(long growth, boolean blobs) {
        if (last.state() != SpaceReport.State.REFUSING || (growth <= 0 && !blobs)) {
            return;
        }
        SpaceReport now = measure();
        boolean small = !blobs && growth <= SMALL_GROWTH_BYTES;
        if (now.state() == SpaceReport.State.REFUSING
                && !(small && now.freeBytes() > now.floorBytes() / 2)) {
            throw new StoreFault(
                    StoreFault.Kind.FULL,
                    "%d MiB free, %d MiB needed"
                            .formatted(now.freeBytes() >> 20, now.floorBytes() >> 20));
        }
    }

    private SpaceReport asked() {
        long free;
        long total;
        try {
            free = disk.freeBytes();
            total = disk.totalBytes();
        } catch (IOException e) {
            throw new StoreFault(StoreFault.Kind.FULL, "free space cannot be measured", e);
        }
        long part = total / 100 * settings.floorPercent();
        long working = WORKING_BUFFERS * settings.writeBufferBytes();
        long floor = Math.min(settings.floorBytes(), Math.max(part, working));
        SpaceReport.State state =
                free < floor
                        ? SpaceReport.State.REFUSING
                        : free < total / 100 * WARN_PERCENT
                                ? SpaceReport.State.LOW
                                : SpaceReport.State.ENOUGH;
        return new SpaceReport(free, total, floor, state);
    }
}
