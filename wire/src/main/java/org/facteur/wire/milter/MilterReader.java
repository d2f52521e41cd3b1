package org.facteur.wire.milter;

import java.nio.charset.StandardCharsets;
import org.facteur.wire.text.SyntaxFault;

/// Reads a filter's answers. One packet each; one thread.
public final class MilterReader {
    /// The longest packet that is read, in octets.
    public static final int LONGEST = 128 * 1024;

    private final byte[] packet;
    private int at = 1;

    private MilterReader(byte[] packet) {
        this.packet = packet;
    }

    /// Reads a packet.
    ///
    /// @param packet behind its length: a letter for the answer, then what belongs to it
    /// @throws SyntaxFault for an answer that is none, or that nobody offered
    public static MilterReply parse(byte[] packet) {
        if (packet.length == 0 || packet.length > LONGEST) {
            throw new SyntaxFault(0, "an answer of a filter", null);
        }
        MilterReader in = new MilterReader(packet);
        MilterReply reply =
                switch (packet[0]) {
                    case 'c' -> new MilterReply.Continue();
                    case 'a' -> new MilterReply.Accept();
                    case 'r' -> new MilterReply.Reject();
                    case 't' -> new MilterReply.TempFail();
                    case 'd' -> new MilterReply.Discard();
                    case 's' -> new MilterReply.Skip();
                    case 'q' -> new MilterReply.Quarantine(in.text());
                    case 'p' -> new MilterReply.Progress();
                    case 'y' -> new MilterReply.Text(in.text());
                    case 'O' -> new MilterReply.Negotiated(in.number(), in.number(), in.number());
                    case 'h' -> new MilterReply.Add(in.text(), in.text());
                    case 'i' -> new MilterReply.Insert(in.number(), in.text(), in.text());
                    case 'm' -> new MilterReply.Replace(in.number(), in.text(), in.text());
                    default -> throw new SyntaxFault(0, "an answer that was offered", null);
                };
        if (in.at != packet.length && packet[0] != 'O') {
            throw new SyntaxFault(in.at, "the end of the answer", null);
        }
        return reply;
    }

    private long number() {
        if (packet.length - at < 4) {
            throw new SyntaxFault(at, "a number of four octets", null);
        }
        long number = 0;
        for (int i = 0; i < 4; i++) {
            number = number << 8 | (packet[at++] & 0xFF);
        }
        return number;
    }

    /// Octets up to a NUL.
    private String text() {
        int from = at;
        while (at < packet.length && packet[at] != 0) {
            at++;
        }
        if (at == packet.length) {
            throw new SyntaxFault(at, "a NUL behind a text", null);
        }
        return new String(packet, from, at++ - from, StandardCharsets.UTF_8);
    }
}
