/// # Searching in letters
///
/// **Purpose.** To know which letters contain a text without reading them: for IMAP SEARCH exactly
/// as the standard asks, and for people in any form of a word, with or without accents.
///
/// **How.** One Lucene index for an eighth of the accounts each. A document is a letter: the
/// different words of each place (sender, recipients, subject, header, body), without positions and
/// without the letter; and the French and English stems of subject and body. A [Words word] reaches
/// over the characters that join addresses and numbers, so that whatever has the shape of a word
/// and stands in a text stands inside one of its words: such a search is answered by the list of
/// words alone. Others (several words, punctuation) get candidates, which the searcher reads.
///
/// **The store is the truth.** The index has no sync of its own but once a minute; it may be
/// behind, lost or damaged. An [IndexAnswer] says of each letter whether it fits, does not, or is
/// unknown, and unknown letters are read. A damaged index is thrown away and made again by
/// [Indexer], which visits the accounts that changed, at the least priority, and rests as long as
/// it works; an account in which somebody searches comes first, without rests.
///
/// **Standards.** Substring search of RFC 9051 §6.4.4; inexact search of RFC 6203 §3.
///
/// **Entry points.** [SearchIndex], [Indexer], [LetterTexts].
///
/// **Limits.** 32 text parts of 1 MiB each; words of more than 64 characters in pieces; letters
/// beyond number 2^31 are read.
///
/// **Not done.** Text inside PDF and office documents; ranks other than the newest first.
@NullMarked
package org.facteur.core.search;

import org.jspecify.annotations.NullMarked;
