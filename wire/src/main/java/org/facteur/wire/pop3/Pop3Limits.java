package org.facteur.wire.pop3;

/// What a peer may send in one line.
///
/// @param commandOctets the longest command without its CRLF; RFC 2449 §4 asks for at least 253
/// @param responseOctets the longest line of an AUTH exchange
/// @param replyOctets the longest first line of a server's reply; RFC 2449 §4 allows it 510
public record Pop3Limits(int commandOctets, int responseOctets, int replyOctets) {
    public static final Pop3Limits DEFAULT = new Pop3Limits(512, 4096, 2048);

    public Pop3Limits {
        if (commandOctets < 16 || responseOctets < 16 || replyOctets < 16) {
            throw new IllegalArgumentException("a line has at least 16 octets");
        }
    }
}
