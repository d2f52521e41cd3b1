/// The engine of one machine: RocksDB for rows and small blobs, files for large ones.
///
/// **Purpose.** Every acknowledged commit survives a crash and a power cut; thousands of virtual
/// threads share few syncs; nothing is ever read that was not written.
///
/// **Entry points.** [EmbeddedEngine#open], [EmbeddedSettings]; [EmbeddedEngine#checkpoint] for
/// backup; [EmbeddedEngine#space] for what is shown of the disk.
///
/// **The directory.**
///
/// ```
/// LOCK               held by the process that uses the store
/// FORMAT             the format and its checksum, read before anything else is touched
/// rows/              RocksDB: column families `default` (rows) and `blobs` (blobs up to 256 KiB)
/// blobs/tmp/         large blobs on their way; emptied at start
/// blobs/intents/     empty files PARTITION.HASH: links whose commit is not yet durable
/// blobs/PARTITION/XX/HASH    large blobs, one hard link per partition that keeps them
/// ```
///
/// Directories are 0700 and files that are opened by Java 0600; RocksDB gives its files the
/// process's umask, which the launcher sets to 077, and they lie in a 0700 directory in any case.
///
/// **Commits.** [EmbeddedEngine#submit] checks the version, lays the batch over the partition in
/// memory and queues it. One platform thread drains the queue into one write with one sync,
/// publishes a new RocksDB snapshot that all durable readers share, and completes the waiting
/// threads. The newest view is the durable one with the queued changes over it.
///
/// **A failed write or sync** ends all writing: what the file holds is then unknown and a second
/// sync would lie. Waiting and later writers get STOPPED, readers go on, a restart recovers from
/// the log.
///
/// **Recovery mode** is RocksDB's *tolerate corrupted tail records*: an incomplete last record is
/// what a crash leaves of a write nobody was told of, and is dropped; any other damage of the log
/// refuses to open, for acknowledged commits may lie behind it. The *point in time* mode would drop
/// them in silence, the *absolute* mode would refuse to start after each power cut.
///
/// **Checks on each read.** A row carries a CRC-32C over its stored key (partition and key) and
/// value, and a second, different fingerprint of the stored key, so that damage and a mix-up of
/// rows or partitions are both found. A blob carries its hash likewise. What does not match is
/// CORRUPT, names the partition and the key, and affects nothing else.
///
/// **A full disk.** Below a floor of free space batches that grow the store are refused with FULL;
/// see [DiskSpace]. What deletes passes.
///
/// **Not done here.** Encryption of rows; repair, which is restoring the row from a backup.
@NullMarked
package org.facteur.store.embedded;

import org.jspecify.annotations.NullMarked;
