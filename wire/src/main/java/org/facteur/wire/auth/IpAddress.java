package org.facteur.wire.auth;

import java.util.Arrays;
import java.util.Optional;
import org.facteur.wire.text.Octets;

/// An address of a host: 4 or 16 octets. An IPv4 address written as IPv6 (RFC 4291 §2.5.5.2) is the
/// IPv4 address.
public record IpAddress(Octets octets) {
    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final int GROUPS = 8;

    public IpAddress {
        if (octets.length() != 4 && octets.length() != 16) {
            throw new IllegalArgumentException("an address has 4 or 16 octets");
        }
        octets = bare(octets);
    }

    public static IpAddress of(byte[] octets) {
        return new IpAddress(Octets.copyOf(octets));
    }

    private static Octets bare(Octets octets) {
        if (octets.length() == 4) {
            return octets;
        }
        byte[] all = octets.toArray();
        for (int i = 0; i < 12; i++) {
            if (all[i] != (i < 10 ? 0 : -1)) {
                return octets;
            }
        }
        return Octets.copyOf(all, 12, 16);
    }

    public boolean isFour() {
        return octets.length() == 4;
    }

    // ip4-network = qnum "." qnum "." qnum "." qnum
    /// Reads four numbers from 0 to 255, without leading zeros.
    public static Optional<IpAddress> parseFour(String text) {
        byte[] octets = new byte[4];
        int at = 0;
        for (int i = 0; i < 4; i++) {
            int from = at;
            int number = 0;
            while (at < text.length() && digit(text.charAt(at)) && at - from < 3) {
                number = number * 10 + text.charAt(at++) - '0';
            }
            boolean padded = at - from > 1 && text.charAt(from) == '0';
            boolean ended = i == 3 ? at == text.length() : at < text.length();
            if (at == from || padded || number > 255 || !ended) {
                return Optional.empty();
            }
            octets[i] = (byte) number;
            if (i < 3 && text.charAt(at++) != '.') {
                return Optional.empty();
            }
        }
        return Optional.of(of(octets));
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    /// Reads the text form of RFC 4291 §2.2, an IPv4 address at its end included.
    public static Optional<IpAddress> parseSix(String text) {
        return six(text).map(IpAddress::of);
    }

    /// Sixteen octets, an IPv4 address among them left as it was written.
    static Optional<byte[]> six(String text) {
        if (text.length() > 45) {
            return Optional.empty();
        }
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        byte[] octets = new byte[16];
        if (gap < 0) {
            return groups(text, octets, true) == 16 ? Optional.of(octets) : Optional.empty();
        }
        byte[] tail = new byte[16];
        int before = groups(text.substring(0, gap), octets, false);
        int after = groups(text.substring(gap + 2), tail, true);
        if (before < 0 || after < 0 || before + after > 14) {
            return Optional.empty();
        }
        Arrays.fill(octets, before, 16, (byte) 0);
        System.arraycopy(tail, 0, octets, 16 - after, after);
        return Optional.of(octets);
    }

    /// How many octets the groups of a text give; -1 when they are none.
    private static int groups(String text, byte[] into, boolean last) {
        if (text.isEmpty()) {
            return 0;
        }
        int at = 0;
        int count = 0;
        while (at <= text.length()) {
            int colon = text.indexOf(':', at);
            int end = colon < 0 ? text.length() : colon;
            String group = text.substring(at, end);
            if (group.indexOf('.') >= 0) {
                Optional<IpAddress> four = parseFour(group);
                if (four.isEmpty() || colon >= 0 || !last || count > 12) {
                    return -1;
                }
                System.arraycopy(four.get().octets().toArray(), 0, into, count, 4);
                return count + 4;
            }
            int number = hex(group);
            if (number < 0 || count >= 2 * GROUPS) {
                return -1;
            }
            into[count++] = (byte) (number >> 8);
            into[count++] = (byte) number;
            if (colon < 0) {
                return count;
            }
            at = end + 1;
        }
        return -1;
    }

    private static int hex(String group) {
        if (group.isEmpty() || group.length() > 4) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < group.length(); i++) {
            int value = Character.digit(group.charAt(i), 16);
            if (value < 0 || group.charAt(i) > 'f') {
                return -1;
            }
            number = number * 16 + value;
        }
        return number;
    }

    /// Whether the first bits are the same; addresses of different kinds never match.
    ///
    /// @param bits from 0 to the length of the address
    boolean matches(IpAddress other, int bits) {
        return matches(other.octets, bits);
    }

    boolean matches(Octets other, int bits) {
        if (octets.length() != other.length()) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (octets.at(i) != other.at(i)) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || ((octets.at(whole) ^ other.at(whole)) & (0xFF00 >> rest)) == 0;
    }

    /// Each octet of an IPv4 address, or each half octet of an IPv6 one, with dots between (RFC
    /// 7208 §7.3).
    String dotted() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < octets.length(); i++) {
            int octet = octets.at(i) & 0xFF;
            if (!text.isEmpty()) {
                text.append('.');
            }
            if (isFour()) {
                text.append(octet);
            } else {
                text.append(HEX[octet >> 4]).append('.').append(HEX[octet & 15]);
            }
        }
        return text.toString();
    }

    /// The name whose PTR records name the host (RFC 1035 §3.5, RFC 3596 §2.5).
    public String reverseName() {
        StringBuilder name = new StringBuilder();
        for (String part : TagList.items(dotted(), '.').reversed()) {
            name.append(part).append('.');
        }
        return name.append(isFour() ? "in-addr.arpa" : "ip6.arpa").toString();
    }

    /// The form of RFC 5952 §4.
    @Override
    public String toString() {
        if (isFour()) {
            return dotted();
        }
        int bestAt = -1;
        int best = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && group(end) == 0) {
                end++;
            }
            if (end - i > best) {
                best = end - i;
                bestAt = i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == bestAt) {
                text.append("::");
                i += best - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(group(i)));
            }
        }
        return text.toString();
    }

    private int group(int number) {
        return (octets.at(2 * number) & 0xFF) << 8 | (octets.at(2 * number + 1) & 0xFF);
    }
}
