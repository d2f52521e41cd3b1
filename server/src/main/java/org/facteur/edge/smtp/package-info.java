/// Receives letters: SMTP from other servers, submission from people's programs, LMTP from a mail
/// server beside us.
///
/// **Standards.** RFC 5321, RFC 6409 (submission), RFC 8314 (TLS from the first octet), RFC 2033
/// (LMTP), RFC 3207 (STARTTLS), RFC 4954 (AUTH), RFC 2920 (PIPELINING), RFC 1870 (SIZE), RFC 6152
/// (8BITMIME), RFC 6531 (SMTPUTF8), RFC 2034 (enhanced status codes), RFC 3030 (CHUNKING,
/// BINARYMIME), RFC 3461 (DSN), RFC 9422 (LIMITS), RFC 8689 (REQUIRETLS, on encrypted lines); at
/// submission RFC 4865 (FUTURERELEASE, up to 30 days) and RFC 6710 (MT-PRIORITY, profile MIXER, at
/// most 4).
///
/// **Entry point.** [SmtpServer], one per role ([SmtpRole]); a listener runs it once per
/// connection.
///
/// **Shape.** [SmtpConnection] owns the socket and the thread; [SmtpSession] is the state and
/// answers commands without touching the socket; [LetterReceipt] takes one letter from its first
/// octet to its answer. A [Transaction] is an immutable value that MAIL makes and every RSET,
/// greeting, refusal and TLS drops whole.
///
/// **Filter.** Where a site has one, [FilterStep] asks it about each whole letter before that is
/// accepted (milter protocol, `net.milter`). What it puts into quarantine is taken and kept apart.
///
/// **Reports that come back** to an address made for a letter that was passed on are taken with the
/// empty sender only; such an address that we did not make, or more than 21 days ago, is nobody's.
///
/// **Chunks.** Octets announced by a BDAT are taken off the line whatever is answered, so that none
/// is ever read as a command; a BDAT whose length cannot be read ends the conversation. After a
/// refused chunk those on their way are refused too, and MAIL begins anew.
///
/// **Limits.** [SmtpSettings]. Answers to pipelined commands are flushed once, when no more input
/// waits.
///
/// **Not done, on purpose.** VRFY and EXPN tell nothing (RFC 5321 §7.3); no AUTH on port 25; no
/// plain text password outside TLS but on the machine's own loopback, by a setting that says so.
@NullMarked
package org.facteur.edge.smtp;

import org.jspecify.annotations.NullMarked;
