package org.facteur.wire.vcard;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes cards of version 4.0. Pure.
public final class VcardWriter {
    private static final int LINE_OCTETS = 75;

    private VcardWriter() {}

    public static byte[] write(List<Vcard> cards) {
        StringBuilder out = new StringBuilder();
        for (Vcard card : cards) {
            line(out, "BEGIN:VCARD");
            line(out, "VERSION:4.0");
            for (VcardProperty property : card.properties()) {
                line(out, property(property));
            }
            line(out, "END:VCARD");
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String property(VcardProperty property) {
        StringBuilder line = new StringBuilder();
        if (property.group() != null) {
            line.append(property.group()).append('.');
        }
        line.append(property.name());
        for (VcardProperty.Parameter each : property.parameters()) {
            line.append(';').append(each.name()).append('=');
            for (int i = 0; i < each.values().size(); i++) {
                line.append(i == 0 ? "" : ",").append(parameter(each.values().get(i)));
            }
        }
        return line.append(':').append(oneLine(property.value())).toString();
    }

    /// A value has its breaks escaped; whatever has not ends here.
    private static String oneLine(String value) {
        return value.replace("\r\n", "\\n").replace('\r', ' ').replace("\n", "\\n");
    }

    // param-value = *SAFE-CHAR / DQUOTE *QSAFE-CHAR DQUOTE
    private static String parameter(String value) {
        StringBuilder out = new StringBuilder(value.length() + 2);
        boolean quoted = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("^'");
                case '^' -> out.append("^^");
                case '\n' -> out.append("^n");
                case ',', ';', ':' -> {
                    quoted = true;
                    out.append(c);
                }
                default -> {
                    if (c >= ' ') {
                        out.append(c);
                    }
                }
            }
        }
        return quoted ? "\"" + out + "\"" : out.toString();
    }

    /// Folds at 75 octets, never inside a character (RFC 6350 §3.2).
    private static void line(StringBuilder out, String line) {
        int octets = 0;
        for (int i = 0; i < line.length(); ) {
            int point = line.codePointAt(i);
            int size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (octets + size > LINE_OCTETS) {
                out.append("\r\n ");
                octets = 1;
            }
            out.appendCodePoint(point);
            octets += size;
            i += Character.charCount(point);
        }
        out.append("\r\n");
    }
}
