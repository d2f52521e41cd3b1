/// The faults that cross packages, and the ids that lead from what a peer saw to what the log says.
///
/// [org.facteur.base.fault.Refusal]: not allowed or not possible, trying again will not help.
/// [org.facteur.base.fault.Busy]: try again later. Both, and `SyntaxFault`, are mapped once in each
/// edge; anything else that is thrown is a bug or a broken machine and becomes an
/// [org.facteur.base.fault.Incident].
@NullMarked
package org.facteur.base.fault;

import org.jspecify.annotations.NullMarked;
