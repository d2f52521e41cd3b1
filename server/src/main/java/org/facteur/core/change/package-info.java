/// The change log of an account and the hints that wake who waits for it.
///
/// **Purpose.** Every transaction of an account appends one [org.facteur.core.change.ChangeRecord]:
/// what changed, when, and which credential did it through which door. The version of the partition
/// is the MODSEQ of IMAP (RFC 7162), the state of JMAP (RFC 8620 §5.2) and the sync-token of DAV at
/// once; nothing keeps a notion of change of its own.
///
/// **Hints.** [org.facteur.core.change.Hints] wakes watchers after a commit. A hint carries no data
/// and may be lost: whoever is woken, or grows impatient, reads the log.
@NullMarked
package org.facteur.core.change;

import org.jspecify.annotations.NullMarked;
