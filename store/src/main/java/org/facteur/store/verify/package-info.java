/// The checker of a whole store.
///
/// **Purpose.** [StoreVerifier] reads everything there is, on any engine, while the store is in use
/// or at rest, and says what is not as it should be. It changes nothing. Tests run it after
/// whatever used a store; `facteur verify` runs it for the administrator.
///
/// **What it checks.** Each row is what was written; each partition's version and the ring of its
/// last transactions agree; each blob that rows refer to is there and hashes to its name; counts of
/// references are those that the rows above give, when a [PartitionCheck] for the realm is passed.
///
/// **Entry points.** [StoreVerifier#run] gives a [VerifyReport] of [Finding]s.
///
/// **Limits.** Findings are counted without end and kept up to a number given; memory grows with
/// the number of blobs of the largest partition.
///
/// **Not done here.** Repair.
@NullMarked
package org.facteur.store.verify;

import org.jspecify.annotations.NullMarked;
