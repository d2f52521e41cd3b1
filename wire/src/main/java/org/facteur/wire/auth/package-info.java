/// Who wrote a letter: what its sender's domain publishes and what its signatures prove.
///
/// **Standards.** SPF (RFC 7208, whole). DKIM (RFC 6376, RFC 8301, RFC 8463): RSA and Ed25519 over
/// SHA-256, both ways. DMARC (RFC 9989; records of RFC 7489 are read). ARC (RFC 8617), judged, not
/// sealed. Authentication-Results and the check of a client's name (RFC 8601), marks of RFC 6008.
/// International domains have their A-labels (RFC 8616).
///
/// **Entry points.** [org.facteur.wire.auth.SignedLetter.Reader] takes a letter's octets as they
/// stream. Of what it gives, [org.facteur.wire.auth.DkimVerifier] judges signatures and
/// [org.facteur.wire.auth.ArcVerifier] the chain of forwarders, and
/// [org.facteur.wire.auth.DkimSigner] signs it. [org.facteur.wire.auth.SpfCheck] judges a reverse
/// path, [org.facteur.wire.auth.ReverseCheck] a client's name, [org.facteur.wire.auth.DmarcCheck]
/// what all this says of the domain in From. [org.facteur.wire.auth.AuthenticationResults] is how
/// servers write it down.
///
/// **The DNS** is a function, [org.facteur.wire.auth.DnsLookup], with three answers: found, no such
/// name, and nobody could say. The last of them becomes `temperror` and never a fault.
///
/// **Limits.** SPF: 10 terms that ask the DNS, 2 of them in vain, 10 servers per term, 500 terms in
/// a record. DKIM: the 10 uppermost signatures, keys of 1,024 to 8,192 bits, 4 keys per selector;
/// header as large as the reader was told, body of any size in flat memory. ARC: 50 forwarders.
/// DMARC: 8 questions per walk. One letter asks 300 questions at most where it remembers answers
/// ([org.facteur.wire.auth.DnsLookup#remembering]).
///
/// **Not done, on purpose.** SHA-1 and DomainKeys prove nothing. A signature with `l=` that leaves
/// a part of the body unsigned is `policy`. `pct=` of old DMARC records counts only when it is 0,
/// as testing. No list of public suffixes is asked.
@NullMarked
package org.facteur.wire.auth;

import org.jspecify.annotations.NullMarked;
