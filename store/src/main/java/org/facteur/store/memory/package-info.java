/// The reference engine: partitions as immutable ordered maps in memory.
///
/// **Purpose.** Simple and obviously right, so that tests of all above the store are fast and other
/// engines have something to be compared with. Nothing survives the process.
///
/// **How.** [MemoryEngine] keeps, per partition, one immutable state: version, rows, blobs. A
/// commit replaces it under a lock; a snapshot is a reference to it. What is submitted is at once
/// "durable", so the newest view and the durable one are the same.
///
/// **Not done here.** Limits on memory: the whole store is on the heap.
@NullMarked
package org.facteur.store.memory;

import org.jspecify.annotations.NullMarked;
