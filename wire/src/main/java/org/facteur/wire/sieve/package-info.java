/// Scripts by which people sort their letters: read, checked, and run.
///
/// **Purpose.** [org.facteur.wire.sieve.SieveCompiler] makes a
/// [program][org.facteur.wire.sieve.SieveProgram] of a script's octets, or says what is wrong and
/// where, in English and French. [org.facteur.wire.sieve.SieveInterpreter] runs a program over
/// [facts][org.facteur.wire.sieve.SieveFacts] and gives
/// [actions][org.facteur.wire.sieve.SieveAction], which somebody else does afterwards. Nothing here
/// delivers, sends or remembers.
///
/// **Standards.** RFC 5228 with encoded-character, envelope and fileinto; RFC 3894, RFC 4790, RFC
/// 5051, RFC 5173, RFC 5183, RFC 5229, RFC 5230, RFC 5231, RFC 5232, RFC 5233, RFC 5235, RFC 5260,
/// RFC 5293, RFC 5429, RFC 5435, RFC 5436, RFC 5463, RFC 5490, RFC 5703, RFC 6131, RFC 6134, RFC
/// 6609, RFC 6785, RFC 7352, RFC 8579, RFC 8580, RFC 9042.
///
/// **Entry points.** `SieveCompiler.compile`, `SieveInterpreter.run`, `SieveExtension.announced`,
/// `SieveLetter`.
///
/// **Limits.** [org.facteur.wire.sieve.SieveLimits]: size, nesting, variables, includes, steps,
/// redirects, notices, actions, octets of bodies. Reading, laying out and running use lists of what
/// is to be done instead of calling themselves; patterns are matched without going back, and what
/// they look at is paid in steps. A run past a limit keeps the letter and does nothing else.
///
/// **Not done.** Regular expressions (no RFC, and no bound). Metadata of mailboxes and servers (RFC
/// 5490 §4, RFC 5490 §5). The notify methods of RFC 5437 and later. `:list` with envelope parts
/// that are no addresses.
@NullMarked
package org.facteur.wire.sieve;

import org.jspecify.annotations.NullMarked;
