/// What programs and servers say to each other about scripts (RFC 5804).
///
/// **Purpose.** [org.facteur.wire.managesieve.CommandAssembler] puts lines and literals together to
/// [commands][org.facteur.wire.managesieve.ManageSieveCommand];
/// [org.facteur.wire.managesieve.ManageSieveWriter] writes
/// [replies][org.facteur.wire.managesieve.ManageSieveReply].
///
/// **Standards.** RFC 5804, all of it but REFERRAL, which has no use here.
///
/// **Tolerated.** A literal without its plus sign, which older programs send: it is read like one
/// with it, for there is nothing to ask them.
///
/// **Limits.** [org.facteur.wire.managesieve.ManageSieveLimits]: octets of lines, of quoted texts,
/// of literals kept and of literals passed over. Nothing nests.
///
/// **Not done.** The client's side: no part of the program manages scripts elsewhere.
@NullMarked
package org.facteur.wire.managesieve;

import org.jspecify.annotations.NullMarked;
