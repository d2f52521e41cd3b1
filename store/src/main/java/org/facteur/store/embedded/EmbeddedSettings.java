package org.facteur.store.embedded;

import java.nio.file.Path;
import java.util.Objects;

/// Where an embedded store is and what it may use.
///
/// @param directory made when absent; used by one process
/// @param cacheBytes RocksDB's blocks, indexes and filters in memory; 1 MiB to 64 GiB
/// @param writeBufferBytes commits in memory before they become sorted files; 1 MiB to 1 GiB; the
///   log that a start has to read is at most four times as long
/// @param floorBytes free space below which the store must not grow, unless `floorPercent` is less
/// @param floorPercent the same, as a part of the disk, but never less than eight write buffers; 0
///   to 50
public record EmbeddedSettings(
        Path directory, long cacheBytes, long writeBufferBytes, long floorBytes, int floorPercent) {
    private static final long MIB = 1L << 20;

    public EmbeddedSettings {
        Objects.requireNonNull(directory);
        check("cache", cacheBytes, MIB, MIB << 16);
        check("write buffer", writeBufferBytes, MIB, MIB << 10);
        check("free space floor", floorBytes, 0, Long.MAX_VALUE);
        check("free space floor in percent", floorPercent, 0, 50);
    }

    /// 64 MiB of cache, 16 MiB of write buffers, refusing growth below 1 GiB or 5 %, whichever is
    /// smaller.
    public static EmbeddedSettings of(Path directory) {
        return new EmbeddedSettings(directory, 64 * MIB, 16 * MIB, 1024 * MIB, 5);
    }

    private static void check(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " " + value + " is not " + least + " to " + most);
        }
    }
}
