/// Bounded parallel work on virtual threads.
@NullMarked
package org.facteur.base.forks;

import org.jspecify.annotations.NullMarked;
