/// SMTP, submission and LMTP: the grammar, both sides.
///
/// **Purpose.** Octets to commands and replies and back. Conversations are `edge.smtp` (as a
/// server) and `edge.relay` (as a client).
///
/// **Standards.** RFC 5321 (commands, replies, paths, limits), RFC 2034 and RFC 3463 (enhanced
/// status), RFC 1870 (SIZE), RFC 6152 (8BITMIME), RFC 6531 (SMTPUTF8), RFC 4954 (AUTH), RFC 3207
/// (STARTTLS), RFC 2033 (LMTP), RFC 3030 (CHUNKING, BINARYMIME), RFC 3461 and RFC 6533 (DSN), RFC
/// 9422 (LIMITS), RFC 8689 (REQUIRETLS), RFC 4865 (FUTURERELEASE), RFC 6710 (MT-PRIORITY). All are
/// read; what is offered is the server's.
///
/// **Entry points.** [SmtpParser] reads a command, [SmtpReply] is an answer, [DataReader] and
/// [ChunkReader] take a letter's octets, [SmtpReplyReader], [SmtpCommandWriter] and
/// [org.facteur.wire.text.DotStuffing] are the client's.
///
/// **Limits.** [SmtpLimits] for commands, arguments of the readers for the rest. Whatever the
/// octets are, the parser gives a command or a `SyntaxFault`; memory is that of one line.
///
/// **Not done, on purpose.** Source routes are read and dropped (RFC 5321 §4.1.1.3); TURN, ATRN,
/// SEND, SOML, SAML, XCLIENT and XFORWARD are unknown commands.
@NullMarked
package org.facteur.wire.smtp;

import org.jspecify.annotations.NullMarked;
