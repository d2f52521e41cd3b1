package org.facteur.wire.smtp;

/// The longest command lines in octets, CRLF not counted.
///
/// @param command of a plain command; RFC 5321 §4.5.3.1.4 asks for 510
/// @param international of MAIL and RCPT, whose addresses may be UTF-8 (RFC 6531 §3.4)
/// @param auth of AUTH and its responses; RFC 4954 §4 asks for 12,286
public record SmtpLimits(int command, int international, int auth) {
    public static final SmtpLimits STANDARD = new SmtpLimits(2048, 4096, 12_288);

    public SmtpLimits {
        if (command < 510 || international < command || auth < international) {
            throw new IllegalArgumentException("limits of command lines");
        }
    }
}
