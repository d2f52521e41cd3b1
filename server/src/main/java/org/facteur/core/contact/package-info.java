/// # People
///
/// **Purpose.** Address books and cards of an account ([Contacts]), whom its owner has written to
/// ([Correspondents]), and both together for those who begin to type a name ([People]).
///
/// **Cards** are kept as JSContact (RFC 9553), unknown properties included, in the account's
/// partition, and change through its change log. A card's `changed` version is what an ETag can be
/// made of; its uid is unique in the account.
///
/// **Correspondents** are learned from every letter a person hands in, by whatever door, once it is
/// accepted: the letter is looked at, and what was learned waits in memory and is written about
/// once a minute, so that sending costs no write more. A crash forgets the last minute. Automatic
/// letters, and letters to more than [Correspondents#AUDIENCE] recipients, teach nothing. Who does
/// not want it switches it off; everything learned can be forgotten.
///
/// **Entry points.** [Contacts], [Correspondents], [People].
///
/// **Limits.** 100 books, 10,000 cards of [org.facteur.wire.jscontact.JsContact#OCTETS] octets, and
/// 2,000 correspondents, of whom those written to least and longest ago make room.
///
/// **Not done.** Books are shared with nobody.
@NullMarked
package org.facteur.core.contact;

import org.jspecify.annotations.NullMarked;
