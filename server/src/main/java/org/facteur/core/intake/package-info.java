/// A letter's arrival: its octets stored, hashed and indexed in one pass.
///
/// **Entry point.** [LetterWriter] takes octets as they stream in and gives a
/// [NewLetter][org.facteur.core.mailbox.NewLetter]. Judgement of a letter (`core.filter`) will
/// stand between that and delivery.
///
/// **Limits.** The size given to the writer; the structure limits of
/// [IndexLimits][org.facteur.wire.mime.IndexLimits]. Memory is flat whatever the letter's size.
@NullMarked
package org.facteur.core.intake;

import org.jspecify.annotations.NullMarked;
