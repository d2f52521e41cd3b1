package org.facteur.move.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.wire.text.OctetBuffer;

/// One letter as it streams from a file: made of CRLF lines, stored, hashed, its start kept. One
/// thread.
final class IncomingLetter implements AutoCloseable {
    private static final int START_OCTETS = 64 * 1024;

    private final LetterWriter writer;
    private final MessageDigest hash = sha256();
    private final OctetBuffer start = new OctetBuffer(START_OCTETS);
    private final CrlfStream lines = new CrlfStream(this::normalised);

    IncomingLetter(LetterWriter writer) {
        this.writer = writer;
    }

    void write(byte[] octets, int offset, int length) {
        lines.accept(octets, offset, length);
    }

    private void normalised(byte[] octets, int offset, int length) {
        writer.write(octets, offset, length);
        hash.update(octets, offset, length);
        start.accept(octets, offset, length);
    }

    /// Ends the letter; its octets are the receiver's to close.
    ///
    /// @throws org.facteur.base.fault.Refusal TOO_LARGE
    /// @throws org.facteur.wire.text.SyntaxFault for a structure past all limits
    NewLetter finish() {
        lines.end();
        return writer.finish();
    }

    /// After [#finish]: SHA-256 of the octets, 64 hexadecimal digits.
    String fingerprint() {
        return HexFormat.of().formatHex(hash.digest());
    }

    HeaderHints hints() {
        return new HeaderHints(start.toArray());
    }

    boolean empty() {
        return start.isEmpty();
    }

    @Override
    public void close() {
        writer.close();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
