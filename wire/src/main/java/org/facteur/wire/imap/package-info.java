/// IMAP as records: what a client may ask, what a server may answer, and the bytes of both.
///
/// **Purpose.** A server session reads lines, hands them to an
/// [org.facteur.wire.imap.ImapCommandAssembler], acts on the [org.facteur.wire.imap.ImapCommand] it
/// gives back, and answers with [org.facteur.wire.imap.ImapResponse] values through an
/// [org.facteur.wire.imap.ImapWriter]. A client does the reverse with
/// [org.facteur.wire.imap.ImapCommandWriter] and [org.facteur.wire.imap.ImapReader]. Nothing here
/// opens a socket, reads a clock or logs.
///
/// **Standards, read and written in full.** IMAP4rev2 (RFC 9051) and IMAP4rev1 (RFC 3501), with
/// LITERAL+ and LITERAL- (RFC 7888), IDLE (RFC 2177), UIDPLUS (RFC 4315), MOVE (RFC 6851),
/// SPECIAL-USE and CREATE-SPECIAL-USE (RFC 6154), NAMESPACE (RFC 2342), ID (RFC 2971), UNSELECT
/// (RFC 3691), ENABLE (RFC 5161), SASL-IR (RFC 4959), ESEARCH (RFC 4731), SEARCHRES (RFC 5182),
/// LIST-EXTENDED (RFC 5258), LIST-STATUS (RFC 5819), STATUS=SIZE (RFC 8438), CHILDREN (RFC 3348),
/// CONDSTORE and QRESYNC (RFC 7162), BINARY (RFC 3516), OBJECTID (RFC 8474), SAVEDATE (RFC 8514),
/// PREVIEW (RFC 8970), WITHIN (RFC 5032), UNAUTHENTICATE (RFC 8437), QUOTA's two questions (RFC
/// 9208), MULTIAPPEND (RFC 3502), UTF8=ACCEPT (RFC 9755), PARTIAL (RFC 9394), COMPRESS (RFC 4978),
/// ACL (RFC 4314), LIST-MYRIGHTS (RFC 8440), METADATA (RFC 5464), LIST-METADATA (RFC 9590), SORT
/// and THREAD (RFC 5256).
///
/// **Entry points.** [org.facteur.wire.imap.ImapCommandAssembler] (server, input),
/// [org.facteur.wire.imap.ImapWriter] (server, output), [org.facteur.wire.imap.ImapCommandWriter]
/// (client, output), [org.facteur.wire.imap.ImapReader] (client, input),
/// [org.facteur.wire.imap.ListPattern] (the wildcards of LIST),
/// [org.facteur.wire.imap.ImapCapability] (what is announced, with its source).
///
/// **Limits.** All in [org.facteur.wire.imap.ImapLimits], one set before login and one after.
/// Parsers keep their own stacks and never recurse on input. A letter given to APPEND never passes
/// through memory here: the assembler says how long it is and the session streams it. Hostile
/// octets give a [org.facteur.wire.text.SyntaxFault] or a refusal value and nothing else.
///
/// **Deliberately not done.** NOTIFY, CATENATE, URLAUTH and CONTEXT have no record: each adds its
/// own to the sealed interfaces when a session can honour it. LOGIN referrals and mailbox referrals
/// are history. SEARCH takes US-ASCII and UTF-8 and refuses other charsets, as IMAP4rev2 does (RFC
/// 9051 §6.4.4). Deviations tolerated from clients are listed in
/// [org.facteur.wire.imap.ImapLeniency] and nowhere else.
@NullMarked
package org.facteur.wire.imap;

import org.jspecify.annotations.NullMarked;
