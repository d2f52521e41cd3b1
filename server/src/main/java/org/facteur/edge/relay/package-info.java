/// Carries letters out: from the queue to the mail servers of other domains.
///
/// **Entry point.** [Relay]: couriers on virtual threads hold berths at destinations, try what is
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
/// **Protection.** [Protections]: a smarthost as it was set; else what signed DNS says (RFC 7672),
/// which defers a letter rather than hand it to somebody else; else the domain's policy (RFC 8461),
/// kept in the store so that hiding its record ends nothing; else whatever the server offers. A
/// letter that asks for it (RFC 8689) goes to proven servers only.
///
/// **Counted.** How each session fared under what the domain asks for goes to
/// [org.facteur.core.report.TlsResults], for reports by RFC 8460.
///
/// **Source.** Sessions leave from the addresses of this machine that were set for the sender's
/// domain or for all, in turns ([org.facteur.core.queue.SourceBook]); a server that none of them
/// can reach is passed over. Letters with different addresses never share a session.
///
/// **Recoding.** A letter with 8-bit octets becomes quoted-printable and base64 for a server
/// without 8BITMIME, part by part; what is signed is not touched and goes back with 5.6.3.
/// BINARYMIME goes by BDAT where that is taken, else it is recoded too.
///
/// **Limits.** [RelaySettings]: how many at once, how many letters through one session, how long
/// each step may take. At a destination as many as the queue gives berths.
@NullMarked
package org.facteur.edge.relay;

import org.jspecify.annotations.NullMarked;
