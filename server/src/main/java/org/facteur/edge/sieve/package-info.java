/// The conversation about scripts (ManageSieve).
///
/// **Entry point.** [ManageSieveServer] is the handler of a listener; [ManageSieveSettings] says
/// what it allows.
///
/// **Standards.** RFC 5804, with UNAUTHENTICATE and warnings.
///
/// **Behaviour.** What is wrong with a script is told with line and column, in the language of the
/// account. A faulty script is not kept; one that can run and has something odd is kept and
/// answered with `OK (WARNINGS)`. Scripts are those of whoever signed in, and no others.
///
/// **Sign-in.** Only on an encrypted line, by SCRAM-SHA-256 or PLAIN; the setting
/// `insecurePlaintextLogin` allows the machine's own loopback in the clear. Wrong guesses slow the
/// source down and end in a block, as everywhere. The session of a credential that was revoked ends
/// with its next command.
///
/// **Limits.** [ManageSieveSettings] and those of `core.sieve`. Before sign-in a session holds 12
/// kB at most.
///
/// **Not done.** Referrals; acting for another account.
@NullMarked
package org.facteur.edge.sieve;

import org.jspecify.annotations.NullMarked;
