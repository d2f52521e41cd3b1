/// Partitions, transactions and the interface that engines implement.
///
/// **Purpose.** A store is a set of *partitions*. A partition is an ordered map from [Key] to
/// octets with a version that grows by one with each transaction: one account, or one realm of the
/// system (directory, queue shard). A transaction is atomic and serialisable inside its partition;
/// there is none across partitions. Work that crosses is an idempotent hand-over.
///
/// **Entry points.** [Partition#read] and [Partition#write] are what the rest of the program uses.
/// [Engine] is what an engine implements; a distributed one must need no change above it, so the
/// vocabulary of unknown outcomes ([TxId], [Engine#settle]) is here from the start.
///
/// **Durability.** [Partition#write] returns after the commit is durable; [Partition#read] sees
/// durable versions only, so that nothing is ever shown that a crash could take back.
///
/// **Limits.** [StoreLimits], obeyed by every engine: key 1 kB, value 64 kB, transaction 1 MB and
/// 2,000 rows, scan page 1,000 rows.
///
/// **Not done here.** Encoding of values ([org.facteur.store.codec]) and names of keys
/// ([org.facteur.store.layout]).
@NullMarked
package org.facteur.store.kv;

import org.jspecify.annotations.NullMarked;
