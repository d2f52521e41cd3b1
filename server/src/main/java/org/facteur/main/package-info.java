/// Puts the post office together and lets people run it: the only package that sees everything, and
/// that nobody sees.
///
/// **Entry points.** [Facteur] is the program. [PostOffice] builds the services over a store, in
/// order, in one readable place; `Node` adds listeners, the relay and the control socket. Commands
/// ([OfficeCommand] and its children) work on a [PostOffice]: inside the running server when there
/// is one, which they reach by the control socket, else on the store itself.
///
/// **Exit status.** 0 done; 1 refused, one sentence on standard error; 2 wrong usage; 3 no server
/// or store.
@NullMarked
package org.facteur.main;

import org.jspecify.annotations.NullMarked;
