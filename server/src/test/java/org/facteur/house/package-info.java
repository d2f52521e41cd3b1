/// What the build holds about the code itself: arrows between packages, sizes, names, words of the
/// documentation.
@NullMarked
package org.facteur.house;

import org.jspecify.annotations.NullMarked;
