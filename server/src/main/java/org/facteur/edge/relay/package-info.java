/// Carries letters out: from the queue to the mail servers of other domains.
///
/// **Entry point.** [Relay]: couriers on virtual threads hold places at destinations, try what is
/// due there, and settle. They sleep until something is due or the queue says so.
///
/// **Standards.** RFC 5321 §4.5.4 (sending), RFC 5321 §5.1 (finding the server), RFC 3207 and RFC
/// 7435 (TLS where it is offered), RFC 2920 (PIPELINING), RFC 1870 (SIZE), RFC 6152 (8BITMIME), RFC
/// 6531 (SMTPUTF8), RFC 3461 (DSN), RFC 7505 (null MX), RFC 8689 (REQUIRETLS), RFC 9422 (LIMITS).
///
/// **Sessions.** Up to 100 letters go through one session, which rests for at most five seconds
/// between two of them. With PIPELINING the next letter's envelope travels behind the last letter's
/// octets, so that a letter costs one round trip. While a letter goes out, the result of the one
/// before is being written down; a session never has two letters in doubt.
///
/// **Order.** Servers by preference, each address in turn; the first that takes the conversation
/// decides, and one that cannot be reached or says 421 hands over to the next. An encrypted line
/// that fails is tried once more in the clear, on a new connection, where no policy asks for more.
/// A letter whose line broke after its last octet may have arrived: it is tried again by its
/// schedule and at no other server in this attempt (RFC 1047 §2).
///
/// **Limits.** [RelaySettings]: how many at once, how many letters through one session, how long
/// each step may take. At a destination as many as the queue gives places.
@NullMarked
package org.facteur.edge.relay;

import org.jspecify.annotations.NullMarked;
