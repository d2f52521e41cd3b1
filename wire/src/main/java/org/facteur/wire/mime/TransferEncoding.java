package org.facteur.wire.mime;

import java.util.Locale;
import org.facteur.wire.text.Base64Decoder;
import org.facteur.wire.text.QuotedPrintableDecoder;
import org.facteur.wire.text.StreamDecoder;

/// How a part's body is encoded (RFC 2045 §6). The order is stored: new ones go to the end.
public enum TransferEncoding {
    SEVEN_BIT("7bit"),
    EIGHT_BIT("8bit"),
    BINARY("binary"),
    QUOTED_PRINTABLE("quoted-printable"),
    BASE64("base64"),
    /// Anything else; its octets are given as they are.
    UNKNOWN("");

    private final String token;

    TransferEncoding(String token) {
        this.token = token;
    }

    /// As header fields write it; empty for [#UNKNOWN].
    public String token() {
        return token;
    }

    /// Reads a field's value; empty means 7bit, a few common misspellings count.
    static TransferEncoding of(String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "", "7bit", "7-bit", "7 bit", "7bits" -> SEVEN_BIT;
            case "8bit", "8-bit", "8 bit", "8bits", "utf-8", "utf8" -> EIGHT_BIT;
            case "binary" -> BINARY;
            case "quoted-printable", "quotedprintable", "quoted printable", "q-p", "qp" ->
                    QUOTED_PRINTABLE;
            case "base64", "base-64", "base 64", "b64" -> BASE64;
            default -> UNKNOWN;
        };
    }

    /// A fresh decoder.
    public StreamDecoder decoder() {
        return switch (this) {
            case SEVEN_BIT, EIGHT_BIT, BINARY, UNKNOWN -> StreamDecoder.identity();
            case QUOTED_PRINTABLE -> new QuotedPrintableDecoder();
            case BASE64 -> new Base64Decoder();
        };
    }
}
