/// SASL (RFC 4422): who somebody is, said inside another protocol.
///
/// **Purpose.** Both sides of the exchanges SMTP, IMAP, POP3 and ManageSieve carry. Each side is a
/// small state machine over octets that are no longer base64: framing, base64 and the cancelling
/// `*` belong to the protocol around it.
///
/// **Standards.** PLAIN (RFC 4616, whole; an authorization identity must be that of the
/// authentication), LOGIN (draft-murchison-sasl-login, whole), SCRAM-SHA-256 and SCRAM-SHA-256-PLUS
/// (RFC 5802, RFC 7677, whole; bound by [ChannelBinding], for which RFC 5929's
/// `tls-server-end-point` is what the TLS library can give), OAUTHBEARER (RFC 7628, the token by
/// RFC 6750) and XOAUTH2 (the server's side: a checker of tokens is the caller's).
///
/// **Entry points.** [SaslServer#of] begins an exchange on our side; [SaslClient] is the other
/// side. Accounts come in through [ScramLookup], randomness as an argument: nothing here reads a
/// clock, a store or a random source.
///
/// **Limits.** A response has at most [SaslServer#LONGEST_RESPONSE] octets; names at most 320
/// characters; a SCRAM server's rounds must lie in 4,096 to 1,000,000 (RFC 7677 §4).
///
/// **Not done, on purpose.** ANONYMOUS, CRAM-MD5, DIGEST-MD5 and NTLM; `*-SHA-1`.
@NullMarked
package org.facteur.wire.sasl;

import org.jspecify.annotations.NullMarked;
