package org.facteur.wire.auth;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.facteur.wire.text.OctetSink;
import org.facteur.wire.text.Octets;

/// SHA-256 of a body in its canonical form, taken as it streams (RFC 6376 §3.4.3, RFC 6376 §3.4.4).
/// One thread; memory is flat.
final class BodyHash implements OctetSink {
    private static final int BUFFER = 8192;
    private static final byte[] CRLF = {'\r', '\n'};

    private final MessageDigest digest = sha256();
    private final boolean relaxed;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private long canonical;

    /// Line ends that count only if something follows them.
    private long lineEnds;

    private boolean blank;
    private boolean carriage;

    BodyHash(Canonicalization canonicalization) {
        relaxed = canonicalization == Canonicalization.RELAXED;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    @Override
    public void accept(byte[] octets, int offset, int length) {
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            byte b = octets[i];
            if (carriage) {
                carriage = false;
                if (b == '\n') {
                    blank = false;
                    lineEnds++;
                    continue;
                }
                content((byte) '\r');
            }
            if (b == '\r') {
                carriage = true;
            } else if (relaxed && (b == ' ' || b == '\t')) {
                blank = true;
            } else {
                content(b);
            }
        }
    }

    private void content(byte b) {
        while (lineEnds > 0) {
            lineEnds--;
            put(CRLF[0]);
            put(CRLF[1]);
        }
        if (blank) {
            blank = false;
            put((byte) ' ');
        }
        put(b);
    }

    private void put(byte b) {
        buffer[filled++] = b;
        if (filled == BUFFER) {
            drain();
        }
    }

    private void drain() {
        digest.update(buffer, 0, filled);
        canonical += filled;
        filled = 0;
    }

    /// The body has ended.
    Result finish() {
        if (carriage) {
            carriage = false;
            content((byte) '\r');
        }
        boolean empty = canonical == 0 && filled == 0;
        if (!relaxed || !empty) {
            put(CRLF[0]);
            put(CRLF[1]);
        }
        drain();
        return new Result(Octets.copyOf(digest.digest()), canonical);
    }

    /// @param length of the canonical body in octets
    record Result(Octets hash, long length) {}
}
