/// # JMAP: the conversation
///
/// **Purpose.** Mail by HTTP for programs and for the pages: [JmapServer] answers the session
/// object, batches of calls ([Batch], [Methods]), uploads and downloads, events as they happen
/// ([EventStream]) and all of it over a WebSocket ([JmapSocket]).
///
/// **Standards.** RFC 8620; RFC 8621; RFC 8887; RFC 9007; RFC 9404; RFC 9425; RFC 9610; RFC 9661;
/// RFC 9749. Ids are those IMAP shows (RFC 8474); state strings are the version of the account
/// ([States]). Extensions are described in `docs/jmap`.
///
/// **Entry points.** [JmapServer] with [JmapServices] and [JmapSettings]; who may come in is asked
/// of [Authenticator]s, so that other edges can bring their own.
///
/// **Reading.** What lists ask for comes from the stored summary; a letter's octets are read only
/// for what is not there. A query looks at the columns of mailboxes ([Universe]) and at the index
/// of words, and reads only the letters these leave open.
///
/// **Shapes.** The properties of objects are said once, in [Shapes]; the types of the pages are
/// written from there.
///
/// **Limits.** [JmapSettings]; announced in the session, enforced here. A query reads letters for
/// 20 s at most.
///
/// **Rulings.** A malformed Request is HTTP 400. A missing or wrongly typed account, an unknown
/// property or argument is `invalidArguments`. What may not be seen does not exist.
///
/// **Not done.** MDN, changes of many letters by a query with undo. Cards and books are shared with
/// nobody, so `ContactCard/copy` finds no account to copy from.
@NullMarked
package org.facteur.edge.jmap;

import org.jspecify.annotations.NullMarked;
