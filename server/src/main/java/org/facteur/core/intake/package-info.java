/// A letter's arrival: its octets stored, hashed and indexed in one pass.
///
/// **Entry point.** [LetterWriter] takes octets as they stream in and gives a
/// [NewLetter][org.facteur.core.mailbox.NewLetter]. Judgement of a letter (`core.filter`) will
/// stand between that and delivery.
///
/// **The header at the door.** What a door removes and adds is written in [EntryRules]. The header
/// is held back until it is whole and passes changed, so that store, hash and index see one and the
/// same letter and its octets are written once. Removed are marks that only this server may set
/// (`Return-Path`, `Delivered-To`, `X-Facteur-…`, `Authentication-Results` in our name: RFC 8601
/// §5); at submission also `Bcc`, for a program that hands in a blind copy's list has forgotten to
/// take it off (RFC 5322 §3.6.3; RFC 6409 leaves it to programs). Date and Message-ID are added
/// behind the other fields where a submitted letter has none (RFC 6409 §8.2, RFC 6409 §8.3). Where
/// it had been delivered before is remembered, for loops; a letter that leaves again names it
/// again.
///
/// **Limits.** The size given to the writer; the structure limits of
/// [IndexLimits][org.facteur.wire.mime.IndexLimits], by which a header is at most 512 kB. Memory is
/// flat whatever the letter's size.
///
/// **Not done, on purpose.** Nothing else of a letter is ever rewritten: lines, charsets, MIME
/// structure and fields that are merely odd stay as they came, since signatures cover them.
@NullMarked
package org.facteur.core.intake;

import org.jspecify.annotations.NullMarked;
