/// A server as a process of its own, as its users run it: started, spoken to, stopped, killed.
@NullMarked
package org.facteur.trial.server;

import org.jspecify.annotations.NullMarked;
