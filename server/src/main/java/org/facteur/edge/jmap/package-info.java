/// # JMAP: the conversation
///
/// **Purpose.** Mail by HTTP for programs and for the pages: [JmapServer] answers the session
/// object, batches of calls, downloads.
///
/// **Standards.** RFC 8620, RFC 8621. Ids are those IMAP shows (RFC 8474); state strings are the
/// version of the account ([States]).
///
/// **Entry points.** [JmapServer] with [JmapServices] and [JmapSettings]; who may come in is asked
/// of [Authenticator]s, so that other edges can bring their own.
///
/// **Limits.** [JmapSettings]; announced in the session, enforced here.
///
/// **Rulings.** A malformed Request is HTTP 400. A missing or wrongly typed account, an unknown
/// property or argument is `invalidArguments`. What may not be seen does not exist.
@NullMarked
package org.facteur.edge.jmap;

import org.jspecify.annotations.NullMarked;
