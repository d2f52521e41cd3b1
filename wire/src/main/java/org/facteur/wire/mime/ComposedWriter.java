package org.facteur.wire.mime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.facteur.wire.text.HeaderFolding;
import org.facteur.wire.text.MailCharsets;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.OctetSink;
import org.facteur.wire.text.QuotedPrintable;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Writes composed messages in flat memory: text is held, everything else streams. One thread.
public final class ComposedWriter {
    private static final int DEEPEST = 10;
    private static final int LONGEST_LINE = 998;

    /// A multiple of 57, so that pieces of base64 are whole lines.
    private static final int PIECE = 57 * 144;

    private static final byte[] CRLF = {'\r', '\n'};

    private final OctetSink out;
    private final Supplier<String> boundaries;

    /// @param boundaries makes texts that no part holds: long, random, tokens
    public ComposedWriter(OctetSink out, Supplier<String> boundaries) {
        this.out = out;
        this.boundaries = boundaries;
    }

    /// Writes a whole message.
    ///
    /// @param fields of the header, each ended by CRLF, without those that say what the body is
    /// @throws SyntaxFault for parts nested more than 10 deep
    public void write(List<String> fields, ComposedPart root) throws IOException {
        fields.forEach(this::line);
        line("MIME-Version: 1.0\r\n");
        part(root, 0);
    }

    /// As deep as parts nest, 10 at most.
    private void part(ComposedPart part, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new SyntaxFault(-1, "parts nested at most 10 deep", null);
        }
        switch (part) {
            case ComposedPart.Text text -> text(text);
            case ComposedPart.Data data -> data(data);
            case ComposedPart.Multiple multiple -> {
                String boundary = boundaries.get();
                head(multiple.head(), "; boundary=\"" + boundary + "\"", null);
                for (ComposedPart child : multiple.parts()) {
                    line("--" + boundary + "\r\n");
                    part(child, depth + 1);
                    line("\r\n");
                }
                line("--" + boundary + "--\r\n");
            }
        }
    }

    private void text(ComposedPart.Text part) {
        byte[] octets = BodyPartWriter.lines(part.text()).getBytes(StandardCharsets.UTF_8);
        boolean plain =
                MailCharsets.onlyAscii(octets, 0, octets.length)
                        && BodyPartWriter.shortLines(octets, 78);
        head(part.head(), "; charset=utf-8", plain ? "7bit" : "quoted-printable");
        if (plain) {
            out.accept(octets, 0, octets.length);
        } else {
            QuotedPrintable.encode(octets, out);
        }
    }

    private void data(ComposedPart.Data part) throws IOException {
        String charset = part.charset();
        String parameters = charset == null ? "" : "; charset=" + charset;
        if (part.head().type().startsWith("message/")) {
            head(part.head(), parameters, encoding(part.supply()));
            copy(part.supply(), false);
        } else {
            head(part.head(), parameters, "base64");
            copy(part.supply(), true);
        }
    }

    /// What carries a message as it is; base64 must not (RFC 2046 §5.2.1).
    private static String encoding(ComposedPart.Supply supply) throws IOException {
        boolean high = false;
        int column = 0;
        boolean longLine = false;
        byte[] piece = new byte[PIECE];
        try (ComposedPart.Reading in = supply.open()) {
            int count = in.read(piece, 0, piece.length);
            while (count > 0) {
                for (int i = 0; i < count; i++) {
                    high |= piece[i] < 0;
                    column = piece[i] == '\n' ? 0 : column + 1;
                    longLine |= column > LONGEST_LINE + 1;
                }
                count = in.read(piece, 0, piece.length);
            }
        }
        return longLine ? "binary" : high ? "8bit" : "7bit";
    }

    private void copy(ComposedPart.Supply supply, boolean encoded) throws IOException {
        Base64.Encoder encoder = Base64.getMimeEncoder(76, CRLF);
        byte[] piece = new byte[PIECE];
        try (ComposedPart.Reading in = supply.open()) {
            int filled = fill(in, piece);
            while (filled > 0) {
                if (encoded) {
                    byte[] lines = encoder.encode(java.util.Arrays.copyOf(piece, filled));
                    out.accept(lines, 0, lines.length);
                    out.accept(CRLF, 0, CRLF.length);
                } else {
                    out.accept(piece, 0, filled);
                }
                filled = fill(in, piece);
            }
        }
    }

    private static int fill(ComposedPart.Reading in, byte[] piece) throws IOException {
        int filled = 0;
        int count = 0;
        while (count >= 0 && filled < piece.length) {
            count = in.read(piece, filled, piece.length - filled);
            filled += Math.max(count, 0);
        }
        return filled;
    }

    private void head(ComposedPart.Head head, String parameters, @Nullable String encoding) {
        field("Content-Type", head.type() + parameters);
        String disposition = head.disposition();
        HeaderText name = head.fileName();
        if (disposition != null || name != null) {
            field(
                    "Content-Disposition",
                    (disposition == null ? "attachment" : disposition)
                            + BodyPartWriter.fileName(name));
        }
        String id = head.contentId();
        if (id != null) {
            field("Content-ID", "<" + new HeaderText(id).value() + ">");
        }
        if (!head.languages().isEmpty()) {
            field("Content-Language", String.join(", ", head.languages()));
        }
        HeaderText location = head.location();
        if (location != null) {
            field("Content-Location", location.value());
        }
        head.more().forEach(this::line);
        if (encoding != null) {
            field("Content-Transfer-Encoding", encoding);
        }
        line("\r\n");
    }

    private void field(String name, String value) {
        line(HeaderFolding.fold(name, value));
    }

    private void line(String text) {
        OctetBuffer octets = new OctetBuffer(1 << 20);
        octets.appendUtf8(text);
        octets.toOctets().writeTo(out);
    }
}
