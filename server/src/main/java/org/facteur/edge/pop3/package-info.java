/// The POP3 conversation.
///
/// **Entry point.** [Pop3Server] is the handler of a listener; [Pop3Settings] says what it allows.
///
/// **Standards.** Those of `wire.pop3`: RFC 1939, RFC 2449, RFC 2595, RFC 3206, RFC 5034, RFC 6856.
///
/// **Behaviour.** A session sees what its device is offered at sign-in and nothing that comes later
/// ([org.facteur.core.mailbox.PopDrop]); any number of sessions may stand side by side, and with
/// IMAP sessions, and none locks another. `DELE` marks in the session; `QUIT` does what the
/// device's rule says ([org.facteur.core.account.PopRule]): by default letters leave their mailbox
/// and can be put back for 30 days. A line that breaks changes nothing. Unique-ids are made of the
/// numbers of account and letter: the same for ever and for every device, across restarts and
/// moves, never given again.
///
/// **Devices.** Each device password has a cursor of its own, and so has the main password: each is
/// offered every letter until it has deleted it. A device that deletes far more than it usually
/// does is told of by an event and a letter to the owner. `LOGIN-DELAY` is announced and enforced,
/// for each device by itself, where the administrator sets one.
///
/// **Sizes.** `STAT` and `LIST` say how many octets a letter has as it is stored; every way in
/// stores CRLF lines, so that these are the octets that `RETR` sends before dots are doubled. A
/// letter that was stored otherwise is still sent as CRLF lines with CRLF at its end, and is then
/// larger on the wire by the octets that were missing.
///
/// **Sign-in.** Only on an encrypted line; the setting `insecurePlaintextLogin` allows the
/// machine's own loopback in the clear. Where sign-in is not possible CAPA does not offer it.
///
/// **Limits.** [Pop3Settings]. A session holds the view the letter box shares and one bit per
/// letter; one whose device has a cursor or a wider rule, 16 octets more for each.
///
/// **Languages.** Answers are English until `LANG` asks for French (RFC 6856 §3), then in UTF-8.
///
/// **UTF-8.** Who has not said `UTF8` gets a header of ASCII (RFC 6858 §2): subjects and names in
/// encoded words, addresses that cannot be written in place of ones nobody has. Only the letter's
/// own header is rewritten, and `LIST` still tells the size of the letter as it is stored.
///
/// **Tokens** (OAUTHBEARER, XOAUTH2) are taken where a [org.facteur.core.login.TokenCheck] is
/// given.
///
/// **Not done.** IN-USE: nothing here needs it.
@NullMarked
package org.facteur.edge.pop3;

import org.jspecify.annotations.NullMarked;
