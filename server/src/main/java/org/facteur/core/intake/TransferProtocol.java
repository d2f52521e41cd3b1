package org.facteur.core.intake;

/// How a letter came, in the keywords of trace headers (RFC 3848, RFC 6531 §4.3).
///
/// @param lmtp LMTP and not SMTP
/// @param extended EHLO and not HELO
/// @param encrypted over TLS
/// @param authenticated from somebody who signed in
/// @param international with SMTPUTF8
public record TransferProtocol(
        boolean lmtp,
        boolean extended,
        boolean encrypted,
        boolean authenticated,
        boolean international) {
    // Protocol = "ESMTP" / "SMTP" / Attdl-Protocol
    public String keyword() {
        if (!extended && !lmtp) {
            return "SMTP";
        }
        String base = international ? (lmtp ? "UTF8LMTP" : "UTF8SMTP") : (lmtp ? "LMTP" : "ESMTP");
        return base + (encrypted ? "S" : "") + (authenticated ? "A" : "");
    }
}
