package org.facteur.wire.mime;

import java.io.IOException;
import org.facteur.wire.text.ByteSource;
import org.facteur.wire.text.MailCharsets;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.StreamDecoder;

/// A part's body as text, for search and previews.
public final class PartText {
    private static final int MOST = 1 << 24;
    private static final int STEP = 8192;

    private PartText() {}

    /// Reads a text part: encoding and charset undone, HTML reduced to its text.
    ///
    /// Never fails on what a letter holds: damage gives U+FFFD, an unknown charset too.
    ///
    /// @param body the part's body as it lies in the letter, and no more
    /// @param mostOctets decoded octets after which the text ends, at most 16 MB
    public static String read(Part part, ByteSource body, int mostOctets) throws IOException {
        return text(part.type(), plain(part, body, mostOctets));
    }

    /// Reads a text part as it was written: encoding and charset undone, HTML left as it is.
    ///
    /// @param body as for [#read]
    /// @param mostOctets as for [#read]
    public static String source(Part part, ByteSource body, int mostOctets) throws IOException {
        byte[] plain = plain(part, body, mostOctets);
        String charset = part.type().find("charset").orElse(null);
        return part.type().subtype().equals("html")
                ? MailCharsets.decodeHtml(plain, 0, plain.length, charset)
                : MailCharsets.decode(plain, 0, plain.length, charset);
    }

    /// HTML reduced to its text.
    public static String withoutMarkup(String html) {
        return HtmlText.of(html, html.length());
    }

    private static byte[] plain(Part part, ByteSource body, int mostOctets) throws IOException {
        OctetBuffer plain = new OctetBuffer(Math.clamp(mostOctets, 1, MOST));
        StreamDecoder decoder = part.details().encoding().decoder();
        byte[] piece = new byte[STEP];
        int count = body.read(piece, 0, STEP);
        while (count > 0 && !plain.overflowed()) {
            decoder.decode(piece, 0, count, plain);
            count = body.read(piece, 0, STEP);
        }
        decoder.finish(plain);
        return plain.toArray();
    }

    static String decode(ContentType type, TransferEncoding encoding, byte[] octets) {
        OctetBuffer plain = new OctetBuffer(octets.length);
        StreamDecoder decoder = encoding.decoder();
        decoder.decode(octets, 0, octets.length, plain);
        decoder.finish(plain);
        return text(type, plain.toArray());
    }

    private static String text(ContentType type, byte[] plain) {
        String charset = type.find("charset").orElse(null);
        if (!type.subtype().equals("html")) {
            return MailCharsets.decode(plain, 0, plain.length, charset);
        }
        return HtmlText.of(MailCharsets.decodeHtml(plain, 0, plain.length, charset), plain.length);
    }
}
