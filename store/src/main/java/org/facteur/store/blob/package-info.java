/// Immutable octets by the hash of their content: letters, large indexes, uploads.
///
/// **Purpose.** A [BlobWriter] takes octets as they stream in, in flat memory, and gives a
/// [StagedBlob]. [org.facteur.store.kv.Transaction#keep] makes it durable with the rows that refer
/// to it. A [Blob] is read at any range.
///
/// **Ownership.** A blob belongs to one partition; the same octets in two accounts are two blobs,
/// so that nobody can learn what another account holds. References are counted by rows in the same
/// transaction; what nobody refers to is garbage and is collected by a task that survives crashes.
@NullMarked
package org.facteur.store.blob;

import org.jspecify.annotations.NullMarked;
