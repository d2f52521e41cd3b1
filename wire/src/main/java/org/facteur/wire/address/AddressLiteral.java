package org.facteur.wire.address;

import java.util.Locale;
import org.facteur.wire.text.SyntaxFault;

/// Address literals in brackets (RFC 5321 §4.1.3).
final class AddressLiteral {
    private static final String RULE = "RFC 5321 §4.1.3";

    private AddressLiteral() {}

    // address-literal = "[" ( IPv4-address-literal / IPv6-address-literal ) "]"
    static String canonical(String text) {
        if (!text.endsWith("]")) {
            throw SyntaxFault.at(text.length(), "a closing bracket", RULE);
        }
        String inner = text.substring(1, text.length() - 1);
        if (inner.regionMatches(true, 0, "IPv6:", 0, 5)) {
            return "[IPv6:" + six(inner.substring(5)) + "]";
        }
        byte[] four = new byte[4];
        if (!four(inner, four, 0)) {
            throw SyntaxFault.at(1, "an IPv4 address or IPv6:", RULE);
        }
        return "["
                + (four[0] & 0xFF)
                + "."
                + (four[1] & 0xFF)
                + "."
                + (four[2] & 0xFF)
                + "."
                + (four[3] & 0xFF)
                + "]";
    }

    // IPv4-address-literal = Snum 3("." Snum)
    private static boolean four(String text, byte[] target, int offset) {
        int part = 0;
        int number = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '.') {
                if (number < 0 || number > 255 || part > 3) {
                    return false;
                }
                target[offset + part++] = (byte) number;
                number = -1;
            } else if (c >= '0' && c <= '9' && number < 256 && number != 0) {
                number = Math.max(0, number) * 10 + c - '0';
            } else {
                return false;
            }
        }
        return part == 4;
    }

    // IPv6-addr = IPv6-full / IPv6-comp / IPv6v4-full / IPv6v4-comp
    private static String six(String text) {
        int[] groups = new int[8];
        int count = 0;
        int gap = -1;
        int i = 0;
        if (text.startsWith("::")) {
            gap = 0;
            i = 2;
        }
        while (i < text.length()) {
            int end = text.indexOf(':', i);
            end = end < 0 ? text.length() : end;
            String group = text.substring(i, end);
            if (group.indexOf('.') >= 0 && end == text.length() && count <= 6) {
                byte[] four = new byte[4];
                if (!four(group, four, 0)) {
                    throw fault();
                }
                groups[count++] = (four[0] & 0xFF) << 8 | (four[1] & 0xFF);
                groups[count++] = (four[2] & 0xFF) << 8 | (four[3] & 0xFF);
                break;
            }
            if (count == 8) {
                throw fault();
            }
            groups[count++] = hex(group);
            i = end + 1;
            if (end < text.length() && i < text.length() && text.charAt(i) == ':') {
                if (gap >= 0) {
                    throw fault();
                }
                gap = count;
                i++;
            } else if (end < text.length() && i == text.length()) {
                throw fault();
            }
        }
        if (gap < 0 ? count != 8 : count > 7) {
            throw fault();
        }
        if (gap >= 0) {
            System.arraycopy(groups.clone(), gap, groups, 8 - (count - gap), count - gap);
            java.util.Arrays.fill(groups, gap, 8 - (count - gap), 0);
        }
        return shortest(groups);
    }

    private static int hex(String group) {
        if (group.isEmpty() || group.length() > 4) {
            throw fault();
        }
        int number = 0;
        for (int i = 0; i < group.length(); i++) {
            int digit = group.charAt(i) < 0x80 ? Character.digit(group.charAt(i), 16) : -1;
            if (digit < 0) {
                throw fault();
            }
            number = number << 4 | digit;
        }
        return number;
    }

    /// The one recommended text form (RFC 5952 §4).
    private static String shortest(int[] groups) {
        int best = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && groups[i + run] == 0) {
                run++;
            }
            if (run > length) {
                best = i;
                length = run;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == best) {
                text.append("::");
                i += length - 1;
            } else {
                boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
                text.append(first ? "" : ":")
                        .append(Integer.toHexString(groups[i]).toLowerCase(Locale.ROOT));
            }
        }
        return text.toString();
    }

    private static SyntaxFault fault() {
        return SyntaxFault.at(1, "an IPv6 address", RULE);
    }
}
