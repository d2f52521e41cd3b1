/// # Cards of people in JSON
///
/// **Purpose.** Checks that a tree of JSON is a card ([JsContact]), shows what lists and searches
/// need of one ([CardFacts]), and carries cards over from and to vCard ([CardFromVcard],
/// [VcardFromCard]).
///
/// **Standards.** RFC 9553; RFC 9554 and RFC 9555 for what lies in both formats.
///
/// **Unknown properties** are kept as they are, on every level, and so are unknown values of
/// enumerations. What a vCard says that JSContact has no place for is kept in `vCardProps` and goes
/// back out as it came.
///
/// **Limits.** A card is [JsContact#OCTETS] octets of JSON at most and nests 16 deep. A property
/// holds 1,000 entries at most.
///
/// **Not done.** `localizations` are kept and not applied; LANGUAGE and ALTID variants of a vCard
/// stay in `vCardProps`.
@NullMarked
package org.facteur.wire.jscontact;

import org.jspecify.annotations.NullMarked;
