package org.facteur.net.listen;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.facteur.wire.address.Domain;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// What a proxy says before the first octet of its client: the PROXY protocol of HAProxy, versions
/// 1 and 2.
///
/// @param source the client; null where the proxy speaks for itself or cannot say
/// @param length octets of the header
record ProxyHeader(@Nullable InetSocketAddress source, int length) {
    /// The longest header that is read; a proxy that adds certificates needs a few thousand octets.
    static final int LONGEST = 16 * 1024;

    private static final byte[] SIGNATURE = {
        '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'
    };
    private static final byte[] FIRST_WORD = {'P', 'R', 'O', 'X', 'Y', ' '};
    private static final int FIXED = 16;
    private static final int LONGEST_LINE = 107;
    private static final String RULE = "the PROXY protocol";

    /// Reads a header at the start of what has arrived.
    ///
    /// @param length octets that are there
    /// @return null while more is needed
    /// @throws SyntaxFault for anything else
    static @Nullable ProxyHeader parse(byte[] octets, int length) {
        if (begins(octets, length, SIGNATURE)) {
            return length < FIXED ? null : binary(octets, length);
        }
        if (begins(octets, length, FIRST_WORD)) {
            return line(octets, length);
        }
        throw SyntaxFault.at(0, "a header of a proxy", RULE);
    }

    private static boolean begins(byte[] octets, int length, byte[] with) {
        int known = Math.min(length, with.length);
        return Arrays.equals(octets, 0, known, with, 0, known);
    }

    /// Version 2: a version and a command, a family, a length, the addresses, then extras.
    private static @Nullable ProxyHeader binary(byte[] octets, int length) {
        int size = FIXED + ((octets[14] & 0xFF) << 8 | (octets[15] & 0xFF));
        if ((octets[12] & 0xF0) != 0x20 || size > LONGEST) {
            throw SyntaxFault.at(12, "version 2", RULE);
        }
        if (length < size) {
            return null;
        }
        int command = octets[12] & 0x0F;
        if (command > 1) {
            throw SyntaxFault.at(12, "LOCAL or PROXY", RULE);
        }
        int family = octets[13] & 0xFF;
        if (command == 0 || (family != 0x11 && family != 0x21)) {
            return new ProxyHeader(null, size);
        }
        int bytes = family == 0x11 ? 4 : 16;
        if (size < FIXED + 2 * bytes + 4) {
            throw SyntaxFault.at(14, "two addresses and ports", RULE);
        }
        int port = FIXED + 2 * bytes;
        return new ProxyHeader(
                new InetSocketAddress(
                        address(Arrays.copyOfRange(octets, FIXED, FIXED + bytes)),
                        (octets[port] & 0xFF) << 8 | (octets[port + 1] & 0xFF)),
                size);
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Version 1: `PROXY TCP4 192.0.2.1 192.0.2.2 4000 25`.
    private static @Nullable ProxyHeader line(byte[] octets, int length) {
        int end = 0;
        while (end < length && octets[end] != '\n') {
            end++;
        }
        if (end >= LONGEST_LINE) {
            throw SyntaxFault.at(LONGEST_LINE, "a line of at most 107 octets", RULE);
        }
        if (end == length) {
            return null;
        }
        if (octets[end - 1] != '\r') {
            throw SyntaxFault.at(end, "CR and LF", RULE);
        }
        String text = new String(octets, 6, end - 1 - 6, StandardCharsets.US_ASCII);
        if (text.equals("UNKNOWN") || text.startsWith("UNKNOWN ")) {
            return new ProxyHeader(null, end + 1);
        }
        List<String> words = List.of(text.split(" ", -1));
        boolean six = words.getFirst().equals("TCP6");
        if (words.size() != 5 || !(six || words.getFirst().equals("TCP4"))) {
            throw SyntaxFault.at(6, "TCP4 or TCP6, two addresses and two ports", RULE);
        }
        numeric(words.get(2), six);
        port(words.get(4));
        return new ProxyHeader(
                new InetSocketAddress(numeric(words.get(1), six), port(words.get(3))), end + 1);
    }

    /// A numeric address; a name is never looked up.
    private static InetAddress numeric(String text, boolean six) {
        String literal = Domain.parse("[" + (six ? "IPv6:" : "") + text + "]").name();
        String bare = literal.substring(six ? 6 : 1, literal.length() - 1);
        try {
            return InetAddress.getByName(bare);
        } catch (UnknownHostException _) {
            throw SyntaxFault.at(6, "an address", RULE);
        }
    }

    private static int port(String digits) {
        int port = -1;
        for (int i = 0; i < digits.length() && i < 6; i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                throw SyntaxFault.at(i, "a port", RULE);
            }
            port = Math.max(0, port) * 10 + c - '0';
        }
        if (port < 0 || port > 65_535) {
            throw SyntaxFault.at(0, "a port", RULE);
        }
        return port;
    }
}
