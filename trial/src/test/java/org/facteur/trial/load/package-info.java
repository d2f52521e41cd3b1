/// Tests of the load generator.
@NullMarked
package org.facteur.trial.load;

import org.jspecify.annotations.NullMarked;
