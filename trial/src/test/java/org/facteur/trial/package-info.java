/// Black-box tests: transcripts, real programs, crashes.
@NullMarked
package org.facteur.trial;

import org.jspecify.annotations.NullMarked;
