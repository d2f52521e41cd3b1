/// Carries letters out: from the queue to the mail servers of other domains.
///
/// **Entry point.** [Relay]: workers on virtual threads lease what is due from `core.queue`, try,
/// and settle. They sleep until something is due or the queue says so.
///
/// **Standards.** RFC 5321 §4.5.4 (sending), §5.1 (finding the server), RFC 3207 and RFC 7435 (TLS
/// where it is offered), RFC 2920 (PIPELINING), RFC 1870 (SIZE), RFC 6152 (8BITMIME), RFC 6531
/// (SMTPUTF8), RFC 7505 (null MX).
///
/// **Order.** Servers by preference, each address in turn; the first that takes the conversation
/// decides, and one that cannot be reached or says 421 hands over to the next. An encrypted line
/// that fails is tried once more in the clear, on a new connection: no policy here asks for more.
///
/// **Limits.** [RelaySettings]: how many at once, to all and to one destination; how long each step
/// may take.
///
/// **Not done.** A letter with 8-bit octets is not recoded for a server without 8BITMIME but
/// returned with 5.6.3; MTA-STS and DANE have their place where TLS begins.
@NullMarked
package org.facteur.edge.relay;

import org.jspecify.annotations.NullMarked;
