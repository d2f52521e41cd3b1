package org.facteur.wire.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.facteur.wire.address.Domain;
import org.facteur.wire.text.SyntaxFault;
import org.junit.jupiter.api.Test;

class StsTest {
    private static StsPolicy policy(String text) {
        return StsPolicy.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aRecordNamesThePolicy() {
        assertThat(StsRecord.find(List.of("v=spf1 -all", "v=STSv1; id=20160831085700Z;")))
                .contains(new StsRecord("20160831085700Z"));
    }

    @Test
    void twoRecordsAreNone() {
        assertThat(StsRecord.find(List.of("v=STSv1; id=1;", "v=STSv1; id=2;"))).isEmpty();
        assertThat(StsRecord.find(List.of("v=STSv1; id=a b;"))).isEmpty();
        assertThat(StsRecord.find(List.of("v=STSv1;"))).isEmpty();
    }

    @Test
    void aPolicyIsRead() {
        StsPolicy read =
                policy(
                        "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\n"
                                + "mx: *.example.net\r\nother: x\r\nmax_age: 604800\r\n");
        assertThat(read.mode()).isEqualTo(StsPolicy.Mode.ENFORCE);
        assertThat(read.life()).isEqualTo(Duration.ofDays(7));
        assertThat(read.names(Domain.parse("mail.example.com"))).isTrue();
        assertThat(read.names(Domain.parse("a.example.net"))).isTrue();
        assertThat(read.names(Domain.parse("a.b.example.net"))).isFalse();
        assertThat(read.names(Domain.parse("example.net"))).isFalse();
        assertThat(read.names(Domain.parse("other.example.com"))).isFalse();
    }

    @Test
    void whatIsNoPolicyIsRefused() {
        for (String text :
                List.of(
                        "",
                        "version: STSv2\nmode: enforce\nmx: a.example\nmax_age: 1\n",
                        "version: STSv1\nmode: force\nmx: a.example\nmax_age: 1\n",
                        "version: STSv1\nmode: enforce\nmax_age: 1\n",
                        "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: -1\n",
                        "version: STSv1\nmode: enforce\nmx: a..example\nmax_age: 1\n",
                        "version: STSv1\nmode: enforce\n" + "mx: a.example\n".repeat(60))) {
            assertThatThrownBy(() -> policy(text)).as(text).isInstanceOf(SyntaxFault.class);
        }
        assertThat(policy("version: STSv1\nmode: none\nmax_age: 1").mode())
                .isEqualTo(StsPolicy.Mode.NONE);
    }
}
