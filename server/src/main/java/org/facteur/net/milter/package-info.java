/// Asking filters that stand beside the server, by the milter protocol: rspamd, OpenDKIM,
/// clamav-milter and their like.
///
/// **Entry point.** [MilterClient#judge] holds one conversation about one whole letter and gives a
/// [MilterVerdict].
///
/// **Shape.** The letter has arrived when the filter is asked, so that every step of the protocol
/// is answered from what is stored and no peer waits inside a step for a filter. What a filter says
/// of one recipient counts for the letter. Steps and answers that the filter spares are spared.
///
/// **Kept apart.** A letter that the filter puts into quarantine is taken: for people here it lies
/// in their junk mailbox, for elsewhere it is held in the queue until somebody releases it.
///
/// **Limits.** One conversation has [MilterSettings#patience] in all, and as long again each time
/// the filter says that it still works, at most 10 times; 200 changes; an answer is at most 128 kB.
/// A filter that is not there, is too slow or breaks the grammar counts as down, and the settings
/// say what becomes of the letter then.
///
/// **Not done, on purpose.** Replaced bodies, recipients added or removed, other senders: not
/// offered in the negotiation.
@NullMarked
package org.facteur.net.milter;

import org.jspecify.annotations.NullMarked;
