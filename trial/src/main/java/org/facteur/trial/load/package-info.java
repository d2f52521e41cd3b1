/// A load generator for mail servers, and the benchmark that sets this one beside its peers.
///
/// [DeliveryLoad] delivers letters by SMTP (RFC 5321) or LMTP (RFC 2033) from many clients and
/// waits until all are visible by IMAP (RFC 9051); [ReadingLoad] reads by IMAP and POP3 (RFC 1939).
/// Both aim at any host and port. [Bench] starts each server in a directory of its own, runs the
/// same loads against all and prints ratios.
///
/// Clients are virtual threads over plain sockets in the clear; they use nothing of the server's
/// code, so that a fault shared by both sides is not hidden. They trust the servers they measure
/// and are no example of how to write a client.
///
/// Deliberately not done: TLS (all peers would spend their time in the same OpenSSL), distant
/// machines, open-loop arrival rates.
@NullMarked
package org.facteur.trial.load;

import org.jspecify.annotations.NullMarked;
