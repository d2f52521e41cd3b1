/// People's scripts, and what these want remembered.
///
/// **Purpose.** [Scripts] keeps the scripts of accounts and those all accounts can include, with
/// one active script for each account at most. [ScriptMemory] keeps whom an answer was sent to and
/// which letters were seen, until a moment.
///
/// **Standards.** RFC 5804 §1.6 for names and RFC 5804 §2.8 for the active script; RFC 6609 §3.4.4
/// for scripts of all; RFC 5230 §4.2 and RFC 7352 §3.3 for memories.
///
/// **Entry points.** [Scripts#active], which is asked for each delivery and costs no read when the
/// answer is known; [Scripts#put], [Scripts#activate] and the like, each one transaction with its
/// record in the change log.
///
/// **Limits.** 100 scripts for an account, 1 MB in each, 5 MB in all; names of 1 to 512 octets;
/// 10,000 memories for an account, of which the first to end make room.
///
/// **Not done.** Scripts run in `core.deliver`; here nothing is run.
@NullMarked
package org.facteur.core.sieve;

import org.jspecify.annotations.NullMarked;
