/// Telling junk from letters.
///
/// **Entry points.** [org.facteur.core.filter.Judge] gives a [org.facteur.core.filter.Verdict]:
/// facts, each with a weight and a sentence, whose sum decides.
/// [org.facteur.core.filter.ContentModel] is what the words of a letter are compared with: words
/// and pairs of near words, and what stands out in its make, as numbers of 18 bits, each with a
/// weight. It explains itself by the words that spoke the loudest. The verdict stays with the
/// letter as a header field, of which forged ones are removed at the door.
///
/// **Programs** among what is attached are found by their names, tricks undone (two endings, an
/// ending out of sight, writing turned around), and by their first octets
/// ([org.facteur.core.filter.Verdict] names each); such a letter lies among the junk whatever else
/// speaks for it.
///
/// **Whoever people write to** gets through, as far as it is proved to be that one.
///
/// **The shipped model** is made by `facteur filter train` of letters whose licence allows it: the
/// SpamAssassin public corpus (contents CC0-1.0, database PDDL-1.0), but for the fifth that is held
/// out ([org.facteur.core.filter.SortedLetters]). The same letters give the same model. `facteur
/// filter evaluate` shows how well it does on sorted letters, mistakes first.
///
/// **Limits.** 64 kB of each of 8 text parts, 12,000 features of a letter, 200 links; 100 files and
/// 512 octets of each; a model of a quarter of a megabyte.
///
/// **Not done.** The model knows English letters of one time; letters of other languages are judged
/// by their make and by who answers for them, which is why nobody's letters are judged unless the
/// setting wants it. It does not learn from what people do. Archives are not opened.
@NullMarked
package org.facteur.core.filter;

import org.jspecify.annotations.NullMarked;
