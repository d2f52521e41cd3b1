package org.facteur.net.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.facteur.wire.address.Domain;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

class DnsExchangersTest {
    private static final Domain DOMAIN = Domain.parse("far.example");

    @Test
    void serversComeInTheOrderOfTheirPreference() throws Exception {
        MailExchangers.Answer answer =
                ask(
                        ZoneServer.mx("far.example.", "20 second.far.example."),
                        ZoneServer.mx("far.example.", "10 first.far.example."),
                        ZoneServer.mx("far.example.", "5 gone.far.example."),
                        ZoneServer.a("first.far.example.", "192.0.2.1"),
                        ZoneServer.record("first.far.example.", Type.AAAA, "2001:db8::1"),
                        ZoneServer.record("second.far.example.", Type.CNAME, "real.far.example."),
                        ZoneServer.a("real.far.example.", "192.0.2.2"));
        assertThat(answer)
                .isInstanceOfSatisfying(
                        MailExchangers.Found.class,
                        found -> {
                            assertThat(found.exchangers())
                                    .extracting(each -> each.host().name())
                                    .containsExactly("first.far.example", "second.far.example");
                            assertThat(found.exchangers().getFirst().addresses())
                                    .extracting(each -> each.getAddress().getHostAddress())
                                    .containsExactly("2001:db8:0:0:0:0:0:1", "192.0.2.1");
                        });
    }

    @Test
    void aDomainWithoutServersIsItsOwn() throws Exception {
        assertThat(ask(ZoneServer.a("far.example.", "192.0.2.1")))
                .isInstanceOfSatisfying(
                        MailExchangers.Found.class,
                        found ->
                                assertThat(found.exchangers().getFirst().host()).isEqualTo(DOMAIN));
    }

    @Test
    void whatDoesNotFitIntoADatagramIsReadWhole() throws Exception {
        Record[] many = new Record[202];
        for (int i = 0; i < 200; i++) {
            many[i] = ZoneServer.mx("far.example.", "20 none" + i + ".far.example.");
        }
        many[200] = ZoneServer.mx("far.example.", "10 mx.far.example.");
        many[201] = ZoneServer.a("mx.far.example.", "192.0.2.1");
        assertThat(ask(many))
                .isInstanceOfSatisfying(
                        MailExchangers.Found.class,
                        found ->
                                assertThat(found.exchangers())
                                        .extracting(each -> each.host().name())
                                        .containsExactly("mx.far.example"));
    }

    @Test
    void aDomainMayTakeNoMail() throws Exception {
        assertThat(ask(ZoneServer.mx("far.example.", "0 .")))
                .isEqualTo(new MailExchangers.NullMx());
    }

    @Test
    void whatIsNotThereIsSaid() throws Exception {
        assertThat(ask(ZoneServer.a("other.example.", "192.0.2.1")))
                .isEqualTo(new MailExchangers.NoSuchDomain());
        assertThat(ask(ZoneServer.record("far.example.", Type.TXT, "x")))
                .isEqualTo(new MailExchangers.NoSuchDomain());
    }

    @Test
    void failuresPass() throws Exception {
        try (ZoneServer broken = new ZoneServer(Rcode.SERVFAIL)) {
            assertThat(exchangers(broken).find(DOMAIN))
                    .isInstanceOf(MailExchangers.Unreachable.class);
        }
        assertThat(
                        ask(
                                ZoneServer.record("far.example.", Type.CNAME, "b.example."),
                                ZoneServer.record("b.example.", Type.CNAME, "far.example.")))
                .isInstanceOf(MailExchangers.Unreachable.class);
        assertThat(ask(ZoneServer.mx("far.example.", "10 gone.far.example.")))
                .isInstanceOf(MailExchangers.Unreachable.class);
    }

    @Test
    void answersAreRemembered() throws Exception {
        try (ZoneServer zone =
                new ZoneServer(Rcode.NOERROR, ZoneServer.a("far.example.", "192.0.2.1"))) {
            DnsExchangers exchangers = exchangers(zone);
            MailExchangers.Answer first = exchangers.find(DOMAIN);
            int asked = zone.questions();
            assertThat(exchangers.find(DOMAIN)).isEqualTo(first);
            assertThat(zone.questions()).isEqualTo(asked);
        }
    }

    private static MailExchangers.Answer ask(Record... records) throws Exception {
        try (ZoneServer zone = new ZoneServer(Rcode.NOERROR, records)) {
            return exchangers(zone).find(DOMAIN);
        }
    }

    private static DnsExchangers exchangers(ZoneServer zone) {
        DnsSettings usual = DnsSettings.standard(List.of(zone.address()));
        return new DnsExchangers(
                new DnsSettings(
                        usual.servers(),
                        Duration.ofSeconds(10),
                        2,
                        usual.longestMemory(),
                        usual.failureMemory(),
                        usual.domains()),
                new Random(1));
    }
}
