package org.facteur.wire.sieve;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.facteur.wire.mime.BodyPart;
import org.facteur.wire.mime.HeaderBlock;
import org.facteur.wire.mime.HeaderField;
import org.facteur.wire.mime.MessageBuilder;
import org.facteur.wire.text.MailCharsets;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.Octets;

/// Bodies with the fields that describe them, from a script's text: to stand behind a letter's
/// other fields, or as a part.
public final class MimeEntity {
    private static final String VERSION = "MIME-Version: 1.0\r\n";
    private static final int MOST_FIELDS = 50;

    private MimeEntity() {}

    /// Plain text.
    public static Octets plain(String text) {
        return withoutVersion(new MessageBuilder().build(new BodyPart.Text("plain", text)));
    }

    /// What a script wrote as a MIME part, header and all (RFC 5230 §4.4). Only fields that
    /// describe a body are taken from its header; text without any is plain text.
    public static Octets written(String text) {
        byte[] octets = lines(text).getBytes(StandardCharsets.UTF_8);
        OctetBuffer out = new OctetBuffer(octets.length + 256);
        boolean type = false;
        boolean encoding = false;
        int end = 0;
        for (HeaderField field : HeaderBlock.parse(octets, MOST_FIELDS).fields()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            end = field.offset() + field.length();
            if (name.startsWith("content-")) {
                out.accept(octets, field.offset(), field.length());
                type |= name.equals("content-type");
                encoding |= name.equals("content-transfer-encoding");
            }
        }
        boolean blank = octets.length >= end + 2 && octets[end] == '\r' && octets[end + 1] == '\n';
        if (!type || !blank) {
            return plain(text);
        }
        if (!encoding && !MailCharsets.onlyAscii(octets, end, octets.length)) {
            out.appendLatin1("Content-Transfer-Encoding: 8bit\r\n");
        }
        out.accept(octets, end, octets.length - end);
        return out.toOctets();
    }

    private static String lines(String text) {
        StringBuilder lines = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' && (i == 0 || text.charAt(i - 1) != '\r')) {
                lines.append('\r');
            }
            lines.append(c);
            if (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
                lines.append('\n');
            }
        }
        return lines.toString();
    }

    private static Octets withoutVersion(Octets part) {
        byte[] octets = part.toArray();
        return Octets.copyOf(octets, VERSION.length(), octets.length);
    }
}
