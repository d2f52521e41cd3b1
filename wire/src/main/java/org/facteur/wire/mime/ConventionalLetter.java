package org.facteur.wire.mime;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/// A letter's octets with its header rewritten for programs that know ASCII headers only
/// ([DowngradedHeader]); the body passes as it is. One thread.
public final class ConventionalLetter {
    /// The longest header that is rewritten; a letter with a longer one passes as it is.
    private static final int LONGEST = 1024 * 1024;

    private static final int STEP = 8 * 1024;

    private ConventionalLetter() {}

    /// @param letter from its first octet; closed by whoever closes the result
    public static InputStream of(InputStream letter) throws IOException {
        ByteArrayOutputStream begun = new ByteArrayOutputStream(STEP);
        int lineLength = 0;
        int headerEnd = -1;
        byte[] piece = new byte[STEP];
        int some = letter.read(piece);
        while (some >= 0) {
            for (int i = 0; i < some && headerEnd < 0; i++) {
                if (piece[i] == '\n') {
                    headerEnd = lineLength == 0 ? begun.size() + i + 1 : -1;
                    lineLength = 0;
                } else if (piece[i] != '\r') {
                    lineLength++;
                }
            }
            begun.write(piece, 0, some);
            if (headerEnd >= 0 || begun.size() > LONGEST) {
                break;
            }
            some = letter.read(piece);
        }
        byte[] octets = begun.toByteArray();
        if (headerEnd < 0 && octets.length > LONGEST) {
            return new SequenceInputStream(new ByteArrayInputStream(octets), letter);
        }
        int end = headerEnd < 0 ? octets.length : headerEnd;
        byte[] header = DowngradedHeader.of(java.util.Arrays.copyOf(octets, end));
        return new SequenceInputStream(
                new SequenceInputStream(
                        new ByteArrayInputStream(header),
                        new ByteArrayInputStream(octets, end, octets.length - end)),
                letter);
    }
}
