/// The POP3 conversation.
///
/// **Entry point.** [Pop3Server] is the handler of a listener; [Pop3Settings] says what it allows.
///
/// **Standards.** Those of `wire.pop3`: RFC 1939, RFC 2449, RFC 2595, RFC 3206, RFC 5034.
///
/// **Behaviour.** A session sees the inbox as it was at sign-in and nothing that comes later; any
/// number of sessions may stand side by side, and with IMAP sessions, and none locks another.
/// `DELE` marks in the session; `QUIT` moves what is marked to the hidden mailbox of collected
/// letters, where the owner finds it again; a line that breaks changes nothing. Keywords are left
/// alone. Unique-ids are made of the numbers of account and letter: the same for ever, across
/// restarts and moves, never given again.
///
/// **Sizes.** `STAT` and `LIST` say how many octets a letter has as it is stored; every way in
/// stores CRLF lines, so that these are the octets that `RETR` sends before dots are doubled. A
/// letter that was stored otherwise is still sent as CRLF lines with CRLF at its end, and is then
/// larger on the wire by the octets that were missing.
///
/// **Sign-in.** Only on an encrypted line; the setting `insecurePlaintextLogin` allows the
/// machine's own loopback in the clear. Where sign-in is not possible CAPA does not offer it.
///
/// **Limits.** [Pop3Settings]. Memory is flat: a session holds the view the letter box shares and
/// one bit per letter.
///
/// **Not done.** A cursor per device password: a session is opened for an
/// [Actor][org.facteur.core.account.Actor], which names the credential, and [Maildrop] is where
/// such a cursor would choose what to show. LOGIN-DELAY and IN-USE: nothing here needs them.
@NullMarked
package org.facteur.edge.pop3;

import org.jspecify.annotations.NullMarked;
