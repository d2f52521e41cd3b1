package org.facteur.net.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import org.facteur.wire.address.Domain;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class DnsDaneTest {
    private static final Domain DOMAIN = Domain.parse("far.example");
    private static final Domain HOST = Domain.parse("mx.far.example");
    private static final String HASH = "ab".repeat(32);

    private static DaneRecords dane(java.net.InetSocketAddress server, String anchor) {
        return new DnsDane(DnsSettings.standard(List.of(server)), anchor, InstantSource.system());
    }

    @Test
    void signedRecordsAreFound() throws Exception {
        try (SignedZone zone =
                new SignedZone(
                        "far.example.",
                        SignedZone.record("far.example.", Type.MX, "10 mx.far.example."),
                        SignedZone.record("mx.far.example.", Type.A, "127.0.0.1"),
                        SignedZone.record("_25._tcp.mx.far.example.", Type.TLSA, "3 1 1 " + HASH),
                        SignedZone.record("_25._tcp.mx.far.example.", Type.TLSA, "0 0 9 abcd"))) {
            assertThat(dane(zone.address(), zone.anchor()).find(DOMAIN, HOST, 25))
                    .isInstanceOfSatisfying(
                            DaneRecords.Found.class,
                            found ->
                                    assertThat(found.records())
                                            .hasSize(2)
                                            .extracting(DaneRecords.Tlsa::usage)
                                            .contains(3, 0));
        }
    }

    @Test
    void aSignedDenialIsAnAnswer() throws Exception {
        try (SignedZone zone =
                new SignedZone(
                        "far.example.",
                        SignedZone.record("far.example.", Type.MX, "10 mx.far.example."),
                        SignedZone.record("mx.far.example.", Type.A, "127.0.0.1"))) {
            assertThat(dane(zone.address(), zone.anchor()).find(DOMAIN, HOST, 25))
                    .isEqualTo(new DaneRecords.None());
        }
    }

    @Test
    void forgedAnswersForbidTheServer() throws Exception {
        try (SignedZone zone =
                new SignedZone(
                        "far.example.",
                        SignedZone.record("far.example.", Type.MX, "10 mx.far.example."),
                        SignedZone.record("mx.far.example.", Type.A, "127.0.0.1"))) {
            DaneRecords dane = dane(zone.address(), zone.anchor());
            assertThat(dane.find(DOMAIN, Domain.parse("other.far.example"), 25))
                    .isEqualTo(new DaneRecords.None());
            zone.forge();
            assertThat(dane.find(DOMAIN, HOST, 25)).isInstanceOf(DaneRecords.Failed.class);
        }
    }

    @Test
    void aResolverWithoutSignaturesSaysNothing() throws Exception {
        try (ZoneServer plain =
                new ZoneServer(
                        Rcode.NOERROR,
                        ZoneServer.mx("far.example.", "10 mx.far.example."),
                        ZoneServer.a("mx.far.example.", "127.0.0.1"))) {
            assertThat(dane(plain.address(), DnsDane.ROOT).find(DOMAIN, HOST, 25))
                    .isEqualTo(new DaneRecords.None());
        }
    }
}
