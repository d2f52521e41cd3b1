package org.facteur.wire.pop3;

/// Finds where the header and the first lines of a body end (RFC 1939 §7, TOP). One thread.
public final class Pop3Top {
    /// So many lines that it means the whole letter.
    public static final int WHOLE = Integer.MAX_VALUE;

    private final int bodyLines;
    private int linesLeft;
    private boolean inHeader = true;
    private boolean lineEmpty = true;

    /// @param bodyLines 0 or more
    public Pop3Top(int bodyLines) {
        this.bodyLines = bodyLines;
        this.linesLeft = bodyLines;
    }

    /// Looks at the letter's next octets.
    ///
    /// @return how many of them are wanted; fewer than `length` ends it
    public int take(byte[] octets, int length) {
        if (bodyLines == WHOLE) {
            return length;
        }
        for (int i = 0; i < length; i++) {
            if (!inHeader && linesLeft == 0) {
                return i;
            }
            byte octet = octets[i];
            if (octet == '\n') {
                lineEnds();
            } else if (octet != '\r') {
                lineEmpty = false;
            }
        }
        return length;
    }

    private void lineEnds() {
        if (!inHeader) {
            linesLeft--;
        } else if (lineEmpty) {
            inHeader = false;
        }
        lineEmpty = true;
    }
}
