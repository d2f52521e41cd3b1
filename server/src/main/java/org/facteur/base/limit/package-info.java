/// Rates and budgets: how much of something somebody may use.
///
/// [org.facteur.base.limit.RateWindow] counts per key over a sliding window. Memory is bounded
/// whatever the keys.
@NullMarked
package org.facteur.base.limit;

import org.jspecify.annotations.NullMarked;
