/// # vCard
///
/// **Purpose.** Files of cards as programs exchange them: octets to [Vcard]s ([VcardReader]) and
/// back ([VcardWriter]). What properties mean is `org.facteur.wire.jscontact`'s business.
///
/// **Standards.** RFC 6350 with the parameter encoding of RFC 6868, written; RFC 2426 (3.0) and the
/// 2.1 of the vCard consortium, read: quoted-printable values with their soft breaks, base64 over
/// several lines, charsets in parameters, types without a name.
///
/// **Leniency.** Lines end with CRLF, LF or CR. A line that is no property is dropped and counted.
/// A card that does not end, ends with the file. Octets that are no UTF-8 are read as windows-1252.
/// Text outside of cards is dropped.
///
/// **Limits.** [VcardLimits]: octets of a file, cards, properties of a card, parameters of a
/// property. Cards inside cards (AGENT of 2.1) are dropped.
@NullMarked
package org.facteur.wire.vcard;

import org.jspecify.annotations.NullMarked;
