/// Sockets: listeners, admission, and one blocking [Connection] per peer.
///
/// **Shape.** A listener binds an address and, for each peer it admits, runs a [ConnectionHandler]
/// to its end on a virtual thread of its own. The handler reads, thinks and writes in straight
/// lines; that Netty moves the octets on event loops underneath is nobody else's business. Nothing
/// here blocks an event loop, and nothing is read from the network while a handler is busy and its
/// small buffer is full.
///
/// **Admission.** `Admission` counts connections per source, per listener and in all before
/// anything is allocated for them. Who is refused hears one line of its protocol and is closed.
///
/// **Deadlines** are totals, not per read: [Connection#deadline] starts one, and every read and
/// write until the next call fails with [DeadlinePassed] once it has passed.
///
/// **Proxies.** A peer whose address the settings name must begin with a header of the PROXY
/// protocol, version 1 or 2, and its client is then admitted, counted and named in its place;
/// without the header it is closed. From anybody else such a header is only octets.
///
/// **Files.** A listener may also be a socket in the file system; its peers are the machine's own.
///
/// **Stopping.** `Listener.stop` refuses newcomers, wakes who is idle so that it can say goodbye,
/// and ends the rest after a grace.
@NullMarked
package org.facteur.net.listen;

import org.jspecify.annotations.NullMarked;
