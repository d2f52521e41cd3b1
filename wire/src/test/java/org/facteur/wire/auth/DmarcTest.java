package org.facteur.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DmarcTest {
    private static final SpfResult NO_SPF = new SpfResult(SpfResult.Code.NONE, "", null);

    private static Zone zone(String... namesAndTexts) {
        Zone zone = new Zone();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            zone.with("_dmarc." + namesAndTexts[i], DnsLookup.Kind.TXT, namesAndTexts[i + 1]);
        }
        return zone;
    }

    private static SpfResult spf(String domain) {
        return new SpfResult(SpfResult.Code.PASS, domain, null);
    }

    private static DkimResult dkim(AuthCode code, String domain) {
        return new DkimResult(code, domain, "s", domain, "rsa-sha256", "x", "");
    }

    private static DmarcResult judge(Zone zone, String author, SpfResult spf, DkimResult... dkim) {
        return new DmarcCheck(zone).judge(author, spf, List.of(dkim));
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, example.org, PASS",
        "example.org, mail.example.org, PASS",
        "news.example.org, mail.example.org, PASS",
        "news.example.org, example.org, PASS",
        "example.org, example.net, FAIL",
        "example.org, notexample.org, FAIL",
        "example.org, example.org.evil.net, FAIL",
        "example.org, org, FAIL"
    })
    void whatIsProvedMustBelongToTheSameOrganisation(String author, String proved, String code) {
        Zone zone = zone("example.org", "v=DMARC1; p=reject", "evil.net", "v=DMARC1; p=none");
        assertThat(judge(zone, author, spf(proved)).code().name()).isEqualTo(code);
        assertThat(judge(zone, author, NO_SPF, dkim(AuthCode.PASS, proved)).code().name())
                .isEqualTo(code);
    }

    @Test
    void strictAlignmentWantsTheDomainItself() {
        Zone zone = zone("example.org", "v=DMARC1; p=reject; adkim=s; aspf=s");
        assertThat(judge(zone, "example.org", spf("mail.example.org")).code())
                .isEqualTo(AuthCode.FAIL);
        assertThat(judge(zone, "example.org", spf("example.org")).code()).isEqualTo(AuthCode.PASS);
    }

    @Test
    void thePolicyOfTheOrganisationReachesBelow() {
        Zone zone =
                zone("example.org", "v=DMARC1; p=reject; sp=quarantine; np=none")
                        .with("a.example.org", DnsLookup.Kind.A, "192.0.2.1");
        assertThat(judge(zone, "example.org", NO_SPF).policy())
                .isEqualTo(DmarcRecord.Policy.REJECT);
        assertThat(judge(zone, "a.example.org", NO_SPF).policy())
                .isEqualTo(DmarcRecord.Policy.QUARANTINE);
        assertThat(judge(zone, "nowhere.example.org", NO_SPF).policy())
                .isEqualTo(DmarcRecord.Policy.NONE);
        assertThat(judge(zone, "nowhere.example.org", NO_SPF).organization())
                .isEqualTo("example.org");
    }

    @Test
    void registriesAndOrganisationsSayWhatTheyAre() {
        Zone registry =
                zone("co.uk", "v=DMARC1; p=reject; psd=y", "shop.co.uk", "v=DMARC1; p=none");
        assertThat(judge(registry, "shop.co.uk", spf("other.co.uk")).code())
                .isEqualTo(AuthCode.FAIL);
        assertThat(judge(registry, "www.shop.co.uk", spf("shop.co.uk")).code())
                .isEqualTo(AuthCode.PASS);
        assertThat(judge(registry, "new.co.uk", NO_SPF).policy())
                .isEqualTo(DmarcRecord.Policy.REJECT);
        Zone branch =
                zone(
                        "example.org",
                        "v=DMARC1; p=none",
                        "branch.example.org",
                        "v=DMARC1; p=reject; psd=n");
        assertThat(judge(branch, "a.branch.example.org", spf("example.org")).code())
                .isEqualTo(AuthCode.FAIL);
    }

    @Test
    void veryLongNamesAreWalkedInEightQuestions() {
        int[] asked = new int[1];
        DnsLookup counting =
                question -> {
                    asked[0]++;
                    return new DnsLookup.NoName();
                };
        DmarcResult result =
                new DmarcCheck(counting)
                        .judge("a.b.c.d.e.f.g.h.i.j.example.org", NO_SPF, List.of());
        assertThat(result.code()).isEqualTo(AuthCode.NONE);
        assertThat(asked[0]).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({
        "v=DMARC1; p=reject, REJECT",
        "V = DMARC1 ;P=Reject;, REJECT",
        "v=DMARC1; p=reject; t=y, QUARANTINE",
        "v=DMARC1; p=reject; pct=0, QUARANTINE",
        "v=DMARC1; p=reject; pct=50, REJECT",
        "v=DMARC1; p=quarantine; t=y, NONE",
        "v=DMARC1; rua=mailto:a@example.org, NONE",
        "v=DMARC1; p=nonsense; rua=mailto:a@example.org, NONE"
    })
    void recordsAreReadAsPeopleWriteThem(String record, String policy) {
        DmarcResult result = judge(zone("example.org", record), "example.org", NO_SPF);
        assertThat(result.code()).isEqualTo(AuthCode.FAIL);
        assertThat(result.policy().name()).isEqualTo(policy);
    }

    @ParameterizedTest
    @CsvSource({"v=DMARC2; p=reject", "p=reject; v=DMARC1", "v=dmarc1; p=reject", "v=DMARC1; p="})
    void otherTextsAreNoRecords(String record) {
        assertThat(judge(zone("example.org", record), "example.org", NO_SPF).code())
                .isEqualTo(AuthCode.NONE);
    }

    @Test
    void twoRecordsAreNone() {
        Zone zone = zone("example.org", "v=DMARC1; p=reject", "example.org", "v=DMARC1; p=none");
        assertThat(judge(zone, "example.org", NO_SPF).code()).isEqualTo(AuthCode.NONE);
    }

    @Test
    void silenceIsNoFailure() {
        Zone silent = new Zone().silent("_dmarc.example.org");
        assertThat(judge(silent, "example.org", NO_SPF).code()).isEqualTo(AuthCode.TEMPERROR);
        Zone zone = zone("example.org", "v=DMARC1; p=reject");
        assertThat(judge(zone, "example.org", NO_SPF, dkim(AuthCode.TEMPERROR, "example.org")))
                .extracting(DmarcResult::code)
                .isEqualTo(AuthCode.TEMPERROR);
        assertThat(judge(zone, "example.org", NO_SPF, dkim(AuthCode.TEMPERROR, "example.net")))
                .extracting(DmarcResult::code)
                .isEqualTo(AuthCode.FAIL);
    }
}
