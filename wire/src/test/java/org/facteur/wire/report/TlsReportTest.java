package org.facteur.wire.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.text.SyntaxFault;
import org.junit.jupiter.api.Test;

/// TLS reports written and read, and where they go.
class TlsReportTest {
    private static final TlsReport REPORT =
            new TlsReport(
                    "Example \"Inc\"\u00e9\n",
                    "postmaster@example.org",
                    "2030-01-01_far.example",
                    Instant.parse("2030-01-01T00:00:00Z"),
                    Instant.parse("2030-01-01T23:59:59Z"),
                    List.of(
                            new TlsReport.PolicyResult(
                                    new TlsReport.Policy(
                                            TlsReport.Policy.STS,
                                            List.of("version: STSv1", "mode: testing"),
                                            "far.example",
                                            List.of("*.far.example")),
                                    10,
                                    3,
                                    List.of(
                                            new TlsReport.Failure(
                                                    "certificate-expired",
                                                    "192.0.2.1",
                                                    "mx.far.example",
                                                    "192.0.2.9",
                                                    2),
                                            new TlsReport.Failure(
                                                    "starttls-not-supported",
                                                    null,
                                                    null,
                                                    null,
                                                    1))),
                            new TlsReport.PolicyResult(
                                    new TlsReport.Policy(
                                            TlsReport.Policy.NONE,
                                            List.of(),
                                            "far.example",
                                            List.of()),
                                    1,
                                    0,
                                    List.of())));

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        assertThat(TlsReportFormat.parse(TlsReportFormat.write(REPORT))).isEqualTo(REPORT);
        assertThat(
                        TlsReportFormat.parse(
                                new GZIPInputStream(
                                                new ByteArrayInputStream(
                                                        TlsReportLetter.packed(REPORT)))
                                        .readAllBytes()))
                .isEqualTo(REPORT);
        assertThat(REPORT.successes()).isEqualTo(11);
        assertThat(REPORT.failures()).isEqualTo(3);
    }

    @Test
    void othersWriteItDifferently() {
        String json =
                """
                {"organization-name":"Company-X","date-range":{"start-datetime":\
                "2016-04-01T00:00:00Z","end-datetime":"2016-04-01T23:59:59Z"},
                "contact-info":"sts@company-x.example","report-id":"5065427c","extra":[{"a":[1.5e1,
                true,null]}],
                "policies":[{"policy":{"policy-type":"sts","policy-string":["mode: testing"],
                "policy-domain":"company-y.example","mx-host":"*.mail.company-y.example"},
                "summary":{"total-successful-session-count":5326,"total-failure-session-count":303},
                "failure-details":[{"result-type":"certificate-expired","failed-session-count":100,
                "failure-reason-code":"x"}]}]}""";
        TlsReport report = TlsReportFormat.parse(json.getBytes(StandardCharsets.UTF_8));
        assertThat(report.successes()).isEqualTo(5326);
        assertThat(report.policies().getFirst().policy().hosts())
                .containsExactly("*.mail.company-y.example");
        assertThat(report.policies().getFirst().details().getFirst().count()).isEqualTo(100);
    }

    @Test
    void whatIsNoReportIsAFault() {
        for (String each :
                List.of(
                        "",
                        "{",
                        "[]",
                        "{}",
                        "{\"a\"}",
                        "{\"a\":1,}",
                        "[1 2]",
                        "nul",
                        "\"\\x\"",
                        "[".repeat(100_000),
                        "{\"date-range\":{\"start-datetime\":\"yesterday\"}}")) {
            assertThatThrownBy(() -> TlsReportFormat.parse(each.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(SyntaxFault.class);
        }
    }

    @Test
    void recordsSayWhereReportsGo() {
        assertThat(
                        TlsReportRecord.find(
                                List.of(
                                        "other",
                                        "v=TLSRPTv1; rua=mailto:tls%2Brpt@far.example,"
                                                + " https://far.example/tls ; x=y")))
                .contains(
                        new TlsReportRecord(
                                List.of(EmailAddress.parse("tls+rpt@far.example")),
                                List.of("https://far.example/tls")));
        for (List<String> none :
                List.of(
                        List.<String>of(),
                        List.of("v=TLSRPTv1"),
                        List.of("v=TLSRPTv1; rua=http://far.example/"),
                        List.of("v=TLSRPTv1; rua=mailto:nobody"),
                        List.of("v=TLSRPTv1; rua=mailto:a@b.c", "v=TLSRPTv1; rua=mailto:d@b.c"))) {
            assertThat(TlsReportRecord.find(none)).isEmpty();
        }
    }
}
