package org.facteur.net.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    private static byte[] binary(String hex) {
        return HexFormat.of().parseHex(SIGNATURE + hex);
    }

    private static byte[] line(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Read whole, and with one octet more each time: nothing is known before the header is whole,
    /// and nothing behind it changes it.
    private static @Nullable ProxyHeader parse(byte[] header) {
        ProxyHeader whole = ProxyHeader.parse(header, header.length);
        for (int length = 0; length < header.length; length++) {
            assertThat(ProxyHeader.parse(header, length)).isNull();
        }
        byte[] more = Arrays.copyOf(header, header.length + 9);
        assertThat(ProxyHeader.parse(more, more.length)).isEqualTo(whole);
        return whole;
    }

    @Test
    void bothVersionsTellTheClient() {
        assertThat(parse(line("PROXY TCP4 192.0.2.1 198.51.100.2 4000 25\r\n")))
                .isEqualTo(new ProxyHeader(new InetSocketAddress("192.0.2.1", 4000), 43));
        assertThat(parse(line("PROXY TCP6 2001:db8::1 ::1 65535 25\r\n")))
                .isEqualTo(new ProxyHeader(new InetSocketAddress("2001:db8::1", 65_535), 37));
        assertThat(parse(binary("2111000cc0000201c63364020fa00019")))
                .isEqualTo(new ProxyHeader(new InetSocketAddress("192.0.2.1", 4000), 28));
        assertThat(
                        parse(
                                binary(
                                        "21210027"
                                                + "20010db8000000000000000000000001"
                                                + "00000000000000000000000000000001"
                                                + "0fa00019"
                                                + "040000")))
                .isEqualTo(new ProxyHeader(new InetSocketAddress("2001:db8::1", 4000), 55));
    }

    @Test
    void aProxyMaySpeakForItself() {
        assertThat(parse(binary("20000000"))).isEqualTo(new ProxyHeader(null, 16));
        assertThat(parse(binary("2131000161"))).isEqualTo(new ProxyHeader(null, 17));
        assertThat(parse(line("PROXY UNKNOWN\r\n"))).isEqualTo(new ProxyHeader(null, 15));
        assertThat(parse(line("PROXY UNKNOWN ::1 ::1 1 2\r\n")))
                .isEqualTo(new ProxyHeader(null, 27));
    }

    @Test
    void anythingElseIsAFault() {
        for (byte[] header :
                List.of(
                        line("EHLO x\r\n"),
                        line("PROXY TCP4 a.example 1.2.3.4 1 2\r\n"),
                        line("PROXY TCP4 ::1 ::1 1 2\r\n"),
                        line("PROXY TCP6 1.2.3.4 ::1 1 2\r\n"),
                        line("PROXY TCP4 1.2.3.4 1.2.3.4 65536 2\r\n"),
                        line("PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n"),
                        line("PROXY TCP4 1.2.3.4  1.2.3.4 1 2\r\n"),
                        line("PROXY TCP4 1.2.3.4 1.2.3.4 1 2\n"),
                        line("PROXY UNKNOWN " + "x".repeat(100) + "\r\n"),
                        binary("11110000"),
                        binary("22110000"),
                        binary("2111ffff"),
                        binary("2111000400000000"))) {
            assertThatThrownBy(() -> ProxyHeader.parse(header, header.length))
                    .as(new String(header, StandardCharsets.ISO_8859_1))
                    .isInstanceOf(SyntaxFault.class);
        }
    }
}
