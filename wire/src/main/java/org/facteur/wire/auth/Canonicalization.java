package org.facteur.wire.auth;

import java.util.Optional;
import org.facteur.wire.text.OctetSink;

/// Which changes on the way a signature survives (RFC 6376 §3.4).
public enum Canonicalization {
    SIMPLE,
    RELAXED;

    static Optional<Canonicalization> find(String word) {
        return switch (word) {
            case "simple" -> Optional.of(SIMPLE);
            case "relaxed" -> Optional.of(RELAXED);
            default -> Optional.empty();
        };
    }

    /// Hands over one header field in this form, CRLF included where wanted.
    ///
    /// @param octets the field with its line end
    /// @param colon where its colon is
    void field(byte[] octets, int colon, boolean ended, OctetSink sink) {
        byte[] out = new byte[octets.length + 2];
        int length = this == SIMPLE ? simple(octets, out) : relaxed(octets, colon, out);
        if (ended) {
            out[length++] = '\r';
            out[length++] = '\n';
        }
        sink.accept(out, 0, length);
    }

    private static int simple(byte[] octets, byte[] out) {
        int length = octets.length;
        while (length > 0 && (octets[length - 1] == '\n' || octets[length - 1] == '\r')) {
            length--;
        }
        System.arraycopy(octets, 0, out, 0, length);
        return length;
    }

    /// Name in lower case, folds gone, runs of blanks one space, none around the colon and at the
    /// end (RFC 6376 §3.4.2).
    private static int relaxed(byte[] octets, int colon, byte[] out) {
        int length = 0;
        for (int i = 0; i < colon; i++) {
            byte b = octets[i];
            if (b != ' ' && b != '\t') {
                out[length++] = b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
            }
        }
        out[length++] = ':';
        int start = length;
        boolean blank = false;
        for (int i = colon + 1; i < octets.length; i++) {
            byte b = octets[i];
            if (b == ' ' || b == '\t') {
                blank = true;
            } else if (b != '\r' && b != '\n') {
                if (blank && length > start) {
                    out[length++] = ' ';
                }
                blank = false;
                out[length++] = b;
            }
        }
        return length;
    }
}
