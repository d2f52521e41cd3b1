package org.facteur.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesOfHostsTest {
    @ParameterizedTest
    @CsvSource({
        "2001:db8::1, 2001:db8::1",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "::ffff:192.0.2.1, 192.0.2.1",
        "64:ff9b::192.0.2.1, 64:ff9b::c000:201",
        "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7"
    })
    void sixesHaveOneForm(String text, String form) {
        assertThat(IpAddress.parseSix(text)).map(IpAddress::toString).hasValue(form);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":::",
                "1",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "12345::",
                "g::",
                "1:2:3:4:5:6:7::8:9",
                "::1.2.3",
                "1.2.3.4::",
                "1:2:3:4:5:6:7:",
                ":1:2:3:4:5:6:7"
            })
    void othersAreNone(String text) {
        assertThat(IpAddress.parseSix(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1..2.3", "a.b.c.d"})
    void othersAreNoFours(String text) {
        assertThat(IpAddress.parseFour(text)).isEmpty();
    }

    @Test
    void namesThatLeadBackAreReversed() {
        assertThat(IpAddress.parseFour("192.0.2.10").orElseThrow().reverseName())
                .isEqualTo("10.2.0.192.in-addr.arpa");
        assertThat(IpAddress.parseSix("2001:db8::1").orElseThrow().reverseName())
                .isEqualTo(
                        "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa");
    }

    @Test
    void aClientsNameMustLeadBack() {
        IpAddress client = IpAddress.parseFour("192.0.2.10").orElseThrow();
        Zone zone =
                new Zone()
                        .with("10.2.0.192.in-addr.arpa", DnsLookup.Kind.PTR, "mx.example.org.")
                        .with("mx.example.org", DnsLookup.Kind.A, "192.0.2.10");
        assertThat(ReverseCheck.of(client, zone))
                .isEqualTo(new ReverseCheck.Result(AuthCode.PASS, "mx.example.org"));
        assertThat(ReverseCheck.of(client, new Zone()).code()).isEqualTo(AuthCode.PERMERROR);
        Zone forged =
                new Zone()
                        .with("10.2.0.192.in-addr.arpa", DnsLookup.Kind.PTR, "mx.example.org")
                        .with("mx.example.org", DnsLookup.Kind.A, "192.0.2.11");
        assertThat(ReverseCheck.of(client, forged).code()).isEqualTo(AuthCode.FAIL);
        assertThat(ReverseCheck.of(client, new Zone().silent("10.2.0.192.in-addr.arpa")).code())
                .isEqualTo(AuthCode.TEMPERROR);
    }
}
