package org.facteur.wire.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.facteur.wire.text.Base64Text;
import org.facteur.wire.text.HeaderFolding;
import org.facteur.wire.text.MailCharsets;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.QuotedPrintable;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Writes parts with their Content fields.
final class BodyPartWriter {
    private static final int DEEPEST = 10;
    private static final int LONGEST_LINE = 998;
    private static final int SECTION = 50;

    private BodyPartWriter() {}

    static void write(BodyPart part, OctetBuffer out) {
        write(part, out, 0);
    }

    private static void write(BodyPart part, OctetBuffer out, int depth) {
        if (depth > DEEPEST) {
            throw new SyntaxFault(-1, "parts nested at most 10 deep", null);
        }
        switch (part) {
            case BodyPart.Text text -> text(text, out);
            case BodyPart.Data data -> data(data, out);
            case BodyPart.Verbatim verbatim -> verbatim(verbatim, out);
            case BodyPart.Multiple multiple -> multiple(multiple, out, depth);
        }
    }

    private static void text(BodyPart.Text part, OctetBuffer out) {
        byte[] octets = lines(part.text()).getBytes(StandardCharsets.UTF_8);
        boolean plain = MailCharsets.onlyAscii(octets, 0, octets.length) && shortLines(octets, 78);
        field("Content-Type", "text/" + part.subtype() + "; charset=utf-8", out);
        field("Content-Transfer-Encoding", plain ? "7bit" : "quoted-printable", out);
        out.appendLatin1("\r\n");
        if (plain) {
            out.accept(octets, 0, octets.length);
        } else {
            QuotedPrintable.encode(octets, out);
        }
    }

    /// CRLF at every line's end, the last included; other controls but tabs dropped.
    static String lines(String text) {
        StringBuilder lines = new StringBuilder(text.length() + 64);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n') {
                lines.append("\r\n");
                i += c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n' ? 1 : 0;
            } else if (c == '\t' || !Character.isISOControl(c)) {
                lines.append(c);
            }
        }
        if (!lines.isEmpty() && lines.charAt(lines.length() - 1) != '\n') {
            lines.append("\r\n");
        }
        return lines.toString();
    }

    static boolean shortLines(byte[] octets, int most) {
        int column = 0;
        for (byte b : octets) {
            column = b == '\n' ? 0 : column + 1;
            if (column > most) {
                return false;
            }
        }
        return true;
    }

    private static void data(BodyPart.Data part, OctetBuffer out) {
        HeaderText name = part.fileName();
        field("Content-Type", part.type(), out);
        field(
                "Content-Disposition",
                (part.inline() ? "inline" : "attachment") + fileName(name),
                out);
        field("Content-Transfer-Encoding", "base64", out);
        out.appendLatin1("\r\n");
        Base64Text.encodeLines(part.data().toArray(), out);
    }

    // parameter := regular-parameter / extended-parameter
    /// The filename parameter, in sections where it is not short ASCII (RFC 2231 §3, RFC 2231 §4).
    static String fileName(@Nullable HeaderText name) {
        if (name == null) {
            return "";
        }
        String text = name.value();
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        if (octets.length <= SECTION && MailCharsets.onlyAscii(octets, 0, octets.length)) {
            return "; filename=\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        }
        List<StringBuilder> sections = new ArrayList<>(List.of(new StringBuilder("utf-8''")));
        for (byte b : octets) {
            StringBuilder section = sections.getLast();
            if (section.length() > SECTION) {
                section = new StringBuilder();
                sections.add(section);
            }
            boolean plain =
                    (b >= 'a' && b <= 'z')
                            || (b >= 'A' && b <= 'Z')
                            || (b >= '0' && b <= '9')
                            || b == '.'
                            || b == '-';
            if (plain) {
                section.append((char) b);
            } else {
                section.append('%')
                        .append(Character.toUpperCase(Character.forDigit(b >> 4 & 15, 16)))
                        .append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
            }
        }
        if (sections.size() == 1) {
            return "; filename*=" + sections.getFirst();
        }
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < sections.size(); i++) {
            all.append("; filename*").append(i).append("*=").append(sections.get(i));
        }
        return all.toString();
    }

    private static void verbatim(BodyPart.Verbatim part, OctetBuffer out) {
        byte[] octets = part.octets().toArray();
        boolean ascii = MailCharsets.onlyAscii(octets, 0, octets.length);
        String encoding =
                !shortLines(octets, LONGEST_LINE + 1) ? "binary" : ascii ? "7bit" : "8bit";
        field("Content-Type", part.type(), out);
        field("Content-Transfer-Encoding", encoding, out);
        out.appendLatin1("\r\n");
        out.append(part.octets());
    }

    // multipart-body := [preamble CRLF] dash-boundary transport-padding CRLF body-part
    // *encapsulation
    //                   close-delimiter transport-padding [CRLF epilogue]
    private static void multiple(BodyPart.Multiple part, OctetBuffer out, int depth) {
        List<Octets> written = new ArrayList<>();
        for (BodyPart child : part.parts()) {
            OctetBuffer buffer = new OctetBuffer(Integer.MAX_VALUE - 16);
            write(child, buffer, depth + 1);
            written.add(buffer.toOctets());
        }
        String boundary = boundary(written, depth);
        String report = part.reportType() == null ? "" : "; report-type=" + part.reportType();
        field(
                "Content-Type",
                "multipart/" + part.subtype() + report + "; boundary=\"" + boundary + "\"",
                out);
        out.appendLatin1("\r\n");
        for (Octets child : written) {
            out.appendLatin1("--" + boundary + "\r\n").append(child).appendLatin1("\r\n");
        }
        out.appendLatin1("--" + boundary + "--\r\n");
    }

    /// A boundary that no part holds; `=_` never appears in quoted-printable or base64.
    private static String boundary(List<Octets> parts, int depth) {
        for (int attempt = 0; ; attempt++) {
            String boundary = "=_facteur_" + depth + "_" + attempt;
            if (parts.stream().noneMatch(part -> part.toLatin1().contains(boundary))) {
                return boundary;
            }
        }
    }

    private static void field(String name, String value, OctetBuffer out) {
        out.appendUtf8(HeaderFolding.fold(name, value));
    }
}
