package org.facteur.base.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/// Addresses that share their first bits, as `192.0.2.0/24` or `2001:db8::/32`.
///
/// @param bits how many count, 0 to 32 or 128
@SuppressWarnings("ArrayRecordComponent")
public record AddressRange(byte[] address, int bits) {
    public AddressRange {
        if ((address.length != 4 && address.length != 16)
                || bits < 0
                || bits > 8 * address.length) {
            throw new IllegalArgumentException("a range of addresses");
        }
        address = address.clone();
    }

    /// Reads a numeric address, with or without a slash and a number of bits. Never asks the DNS.
    public static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        boolean numeric =
                !host.isEmpty()
                        && host.length() <= 45
                        && host.chars()
                                .allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':')
                        && (host.indexOf(':') >= 0 || isDotted(host));
        if (!numeric) {
            return Optional.empty();
        }
        try {
            byte[] address = InetAddress.getByName(host).getAddress();
            int bits = slash < 0 ? 8 * address.length : Integer.parseInt(text.substring(slash + 1));
            return bits < 0 || bits > 8 * address.length
                    ? Optional.empty()
                    : Optional.of(new AddressRange(address, bits));
        } catch (UnknownHostException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static boolean isDotted(String host) {
        return host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))
                && host.chars().filter(c -> c == '.').count() == 3;
    }

    /// Whether an address lies in it. An IPv4 address lies in no range of IPv6 and the other way
    /// round.
    public boolean contains(InetAddress other) {
        byte[] octets = other.getAddress();
        if (octets.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((octets[bit / 8] & mask) != (address[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRange range
                && bits == range.bits
                && Arrays.equals(address, range.address);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(address) + bits;
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(address).getHostAddress() + "/" + bits;
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
