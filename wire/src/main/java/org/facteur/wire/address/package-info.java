/// Mail addresses as types that only strict parsers make.
///
/// **Purpose.** [org.facteur.wire.address.EmailAddress] is a mailbox as SMTP has it: a
/// [org.facteur.wire.address.LocalPart] at a [org.facteur.wire.address.Domain] (RFC 5321 §4.1.2,
/// RFC 6531 §3.3). [org.facteur.wire.address.AddressList] reads what letters carry in From, To and
/// their like (RFC 5322 §3.4 with the obsolete forms of RFC 5322 §4.4) and never refuses.
///
/// **Standards.** RFC 5321 §4.1.2 and RFC 6531 §3.3 whole; RFC 5322 §3.4 whole, tolerant; RFC 5890
/// to RFC 5893 for names: mapping by lower case, width and NFC, code points by the derived rule of
/// RFC 5892 §3, the bidi rule of RFC 5893 §2; Punycode by RFC 3492 §6.
///
/// **Entry points.** `EmailAddress.parse`, `Domain.parse`, `LocalPart.of`, `AddressList.parse`.
///
/// **Limits.** Local part 64 octets, domain 253, whole address 254, comment depth 32, 2,000
/// addresses in a list.
///
/// **Not done.** Zero-width joiners in names are refused even where RFC 5892 Appendix A would let
/// them pass. What two local parts mean (case, `+tag`, dots) is the post office's policy, not
/// grammar.
@NullMarked
package org.facteur.wire.address;

import org.jspecify.annotations.NullMarked;
