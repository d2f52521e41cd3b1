/// POP3: commands and replies as typed values, both sides.
///
/// **Purpose.** A server reads commands with [Pop3Parser] and answers with [Pop3Writer]; a client
/// (tests, migration) reads answers with [Pop3ReplyReader]. Lines are framed by
/// [org.facteur.wire.text.LineReader].
///
/// **Standards.**
///
/// | source | status |
/// |---|---|
/// | RFC 1939 | whole, but APOP, which needs the password in the clear on the server |
/// | RFC 2449 | CAPA, response codes, pipelining; commands may be longer than 255 octets |
/// | RFC 2595 §4 | STLS |
/// | RFC 3206 | SYS/TEMP, SYS/PERM and AUTH response codes |
/// | RFC 5034 | AUTH with an initial response |
/// | RFC 6856 | UTF8, LANG, names and passwords in UTF-8; headers rewritten for a client that did not say UTF8 (RFC 6858 §2) |
///
/// **Limits.** [Pop3Limits] bounds lines and numbers. Letters pass in flat memory.
///
/// **Leniency.** Keywords in any case; blanks at the end of a command without text argument; `AUTH`
/// alone, which old clients send to see the mechanisms; several blanks before an argument that is a
/// number.
@NullMarked
package org.facteur.wire.pop3;

import org.jspecify.annotations.NullMarked;
