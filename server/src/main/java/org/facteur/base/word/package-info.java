/// What people read: every sentence in French and English.
@NullMarked
package org.facteur.base.word;

import org.jspecify.annotations.NullMarked;
