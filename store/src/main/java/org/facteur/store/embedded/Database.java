package org.facteur.store.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.facteur.store.kv.StoreFault;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;

/// RocksDB open with our options, and all native objects that must outlive it.
final class Database implements AutoCloseable {
    private static final int BLOCK_BYTES = 16 * 1024;
    private static final int BLOOM_BITS = 10;

    /// Pieces of an index or a filter. Whole, those of one file may have more than a megabyte, and
    /// are read again and again when the part of the cache they belong in is no larger.
    private static final int METADATA_BLOCK_BYTES = 8 * 1024;

    /// The cache has four parts, so that few threads meet and none is too small for a large block.
    private static final int CACHE_SHARD_BITS = 2;

    private static final int OPEN_FILES = 512;
    private static final long BLOB_FILE_BYTES = 64L << 20;
    private static final long SMALLEST_SEPARATE_BLOB = 1024;

    private final List<AutoCloseable> natives = new ArrayList<>();
    private final RocksDB db;
    private final ColumnFamilyHandle rows;
    private final ColumnFamilyHandle blobs;
    private final WriteOptions synced;

    /// @throws StoreFault CORRUPT when what is there cannot be opened without loss
    Database(Path directory, EmbeddedSettings settings) {
        RocksDB.loadLibrary();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            Cache cache = own(new LRUCache(settings.cacheBytes(), CACHE_SHARD_BITS));
            List<ColumnFamilyDescriptor> families =
                    List.of(
                            new ColumnFamilyDescriptor(
                                    RocksDB.DEFAULT_COLUMN_FAMILY, rowOptions(cache, settings)),
                            new ColumnFamilyDescriptor(
                                    new byte[] {'b', 'l', 'o', 'b', 's'},
                                    blobOptions(cache, settings)));
            DBOptions options = options(settings);
            synced = own(new WriteOptions().setSync(true));
            db = RocksDB.open(options, directory.toString(), families, handles);
        } catch (RocksDBException e) {
            closeNatives();
            throw new StoreFault(
                    StoreFault.Kind.CORRUPT,
                    "the rows in " + directory + " cannot be opened: " + e.getMessage(),
                    e);
        }
        rows = handles.get(0);
        blobs = handles.get(1);
    }

    RocksDB db() {
        return db;
    }

    ColumnFamilyHandle rows() {
        return rows;
    }

    ColumnFamilyHandle blobs() {
        return blobs;
    }

    WriteOptions synced() {
        return synced;
    }

    /// Writes what is in memory to sorted files, so that the next start has no log to read and no
    /// later damage of the log can look like a torn tail.
    void flush() throws RocksDBException {
        try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
            db.flush(options, List.of(rows, blobs));
        }
    }

    @Override
    public void close() {
        rows.close();
        blobs.close();
        db.close();
        closeNatives();
    }

    private DBOptions options(EmbeddedSettings settings) {
        return own(new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setRecycleLogFileNum(0)
                .setMaxTotalWalSize(4 * settings.writeBufferBytes())
                .setDbWriteBufferSize(2 * settings.writeBufferBytes())
                .setMaxBackgroundJobs(2)
                .setMaxOpenFiles(OPEN_FILES)
                .setBytesPerSync(1L << 20)
                .setSkipStatsUpdateOnDbOpen(true)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setKeepLogFileNum(2)
                .setMaxLogFileSize(1L << 20)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL);
    }

    private ColumnFamilyOptions rowOptions(Cache cache, EmbeddedSettings settings) {
        return common(cache, settings)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
    }

    private ColumnFamilyOptions blobOptions(Cache cache, EmbeddedSettings settings) {
        return common(cache, settings)
                .setEnableBlobFiles(true)
                .setMinBlobSize(SMALLEST_SEPARATE_BLOB)
                .setBlobFileSize(BLOB_FILE_BYTES)
                .setBlobCompressionType(CompressionType.NO_COMPRESSION)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setEnableBlobGarbageCollection(true)
                .setBlobGarbageCollectionAgeCutoff(0.25)
                .setBlobGarbageCollectionForceThreshold(0.5);
    }

    private ColumnFamilyOptions common(Cache cache, EmbeddedSettings settings) {
        return own(new ColumnFamilyOptions())
                .setWriteBufferSize(settings.writeBufferBytes())
                .setMaxWriteBufferNumber(3)
                .setLevelCompactionDynamicLevelBytes(true)
                .setParanoidFileChecks(true)
                .setTableFormatConfig(
                        new BlockBasedTableConfig()
                                .setBlockCache(cache)
                                .setCacheIndexAndFilterBlocks(true)
                                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                                .setIndexType(IndexType.kTwoLevelIndexSearch)
                                .setPartitionFilters(true)
                                .setMetadataBlockSize(METADATA_BLOCK_BYTES)
                                .setPinTopLevelIndexAndFilter(true)
                                .setPinL0FilterAndIndexBlocksInCache(true)
                                .setFilterPolicy(own(new BloomFilter(BLOOM_BITS, false)))
                                .setBlockSize(BLOCK_BYTES));
    }

    private <T extends AutoCloseable> T own(T made) {
        natives.add(made);
        return made;
    }

    private void closeNatives() {
        for (AutoCloseable made : natives.reversed()) {
            try {
                made.close();
            } catch (Exception e) {
                throw new IllegalStateException("a native object did not close", e);
            }
        }
    }
}
