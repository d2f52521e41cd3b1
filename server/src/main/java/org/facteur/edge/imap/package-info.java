/// The IMAP server: the conversation and nothing else. The grammar is `wire.imap`, the post office
/// is `core`.
///
/// **Standards.** IMAP4rev2 (RFC 9051) and IMAP4rev1 (RFC 3501) on one listener, a client chooses
/// with ENABLE. Announced, and whole: LITERAL+ (RFC 7888), IDLE (RFC 2177), NAMESPACE (RFC 2342),
/// ID (RFC 2971), CHILDREN (RFC 3348), UIDPLUS (RFC 4315), UNSELECT (RFC 3691), ENABLE (RFC 5161),
/// SASL-IR (RFC 4959), MOVE (RFC 6851), LIST-EXTENDED (RFC 5258), LIST-STATUS (RFC 5819),
/// SPECIAL-USE and CREATE-SPECIAL-USE (RFC 6154), STATUS=SIZE (RFC 8438), ESEARCH (RFC 4731),
/// SEARCHRES (RFC 5182), WITHIN (RFC 5032), CONDSTORE and QRESYNC (RFC 7162), OBJECTID (RFC 8474),
/// SAVEDATE (RFC 8514), PREVIEW (RFC 8970), BINARY (RFC 3516), QUOTA (RFC 9208), APPENDLIMIT (RFC
/// 7889), UNAUTHENTICATE (RFC 8437), SORT and THREAD (RFC 5256), SORT=DISPLAY (RFC 5957), ESORT
/// (RFC 5267), PARTIAL (RFC 9394), MULTIAPPEND (RFC 3502), UTF8=ACCEPT (RFC 9755), COMPRESS=DEFLATE
/// (RFC 4978), ACL (RFC 4314), LIST-MYRIGHTS (RFC 8440), METADATA (RFC 5464), LIST-METADATA (RFC
/// 9590), NOTIFY (RFC 5465), REPLACE (RFC 8508), UIDONLY (RFC 9586), INPROGRESS (RFC 9585),
/// MULTISEARCH (RFC 7377), SEARCH=FUZZY (RFC 6203), UIDBATCHES (RFC 10022), JMAPACCESS (RFC 9698)
/// where there is JMAP, MESSAGELIMIT (RFC 9738) where a limit is set.
///
/// **Entry points.** [org.facteur.edge.imap.ImapServer] is the handler of a listener;
/// [org.facteur.edge.imap.ImapServices] what it needs; [org.facteur.edge.imap.ImapSettings] what
/// can be set.
///
/// **Shape.** [org.facteur.edge.imap.ImapConnection] owns the thread and all waiting: lines,
/// literals, deadlines, TLS. [org.facteur.edge.imap.ImapSession] holds the state and maps each
/// command to the class that does it. A session sees its mailbox as a `MailboxView` it has shown to
/// the client; message numbers always mean that view, and only
/// [org.facteur.edge.imap.SelectedMailbox#tell] moves it on, at moments when IMAP allows.
///
/// **Others' mailboxes** stand under `Users/` and their owner's address
/// ([org.facteur.edge.imap.NamedMailbox]); the post office says what may be done with them. One
/// that may not be looked up is answered as one that is not there.
///
/// **Limits.** Before login: 60 s in all, lines of 8 kB, 3 errors. After: 5 min a command, 30 min
/// idle, 20 errors, letters of 50 MB; counts inside commands are in `wire.imap`'s `ImapLimits`. An
/// idle session keeps no buffer. FETCH reads 256 rows at a time and streams bodies.
///
/// **Quick because** flags, dates and sizes are columns of the view; what SORT, THREAD and most
/// searches ask is in `LetterFacts`; ENVELOPE and BODYSTRUCTURE go out from where they are kept
/// ([org.facteur.edge.imap.KeptForms]). A search that meets letters the index does not know reads
/// them, and has the index hurry.
///
/// **Deliberately not done.** `\Recent` is never set (RFC 9051 has abolished it). `\Seen` in a
/// shared mailbox is one for all. A mailbox does not move from one letter box to another by RENAME;
/// its letters do by MOVE.
@NullMarked
package org.facteur.edge.imap;

import org.jspecify.annotations.NullMarked;
