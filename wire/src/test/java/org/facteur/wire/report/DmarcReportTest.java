package org.facteur.wire.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.facteur.wire.text.SyntaxFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DmarcReportTest {
    private static final DmarcReport REPORT =
            new DmarcReport(
                    "example.org <&>",
                    "postmaster@example.org",
                    "1.bank.example",
                    Instant.ofEpochSecond(86_400),
                    Instant.ofEpochSecond(172_799),
                    new DmarcReport.Published("bank.example", true, false, "reject", "none", true),
                    List.of(
                            new DmarcReport.Row(
                                    "192.0.2.1",
                                    7,
                                    new DmarcReport.Evaluated("reject", false, true),
                                    "bank.example",
                                    "forger.example",
                                    List.of(
                                            new DmarcReport.Proof("dkim", "a.example", "s", "fail"),
                                            new DmarcReport.Proof(
                                                    "spf", "forger.example", "", "pass")))));

    @Test
    void whatIsWrittenIsReadAgain() {
        assertThat(DmarcReportFormat.parse(DmarcReportFormat.write(REPORT))).isEqualTo(REPORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"002.xml", "003.xml", "004.xml"})
    void publishedReportsAreRead(String file) throws IOException {
        Path folder = Path.of(System.getProperty("facteur.data", "../../shared/data"));
        if (!Files.isDirectory(folder)) {
            return;
        }
        DmarcReport report =
                DmarcReportFormat.parse(
                        Files.readAllBytes(
                                folder.resolve("mail-auth/resources/dmarc-feedback/" + file)));
        assertThat(report.published().domain()).isNotEmpty();
        assertThat(report.rows()).isNotEmpty().allMatch(row -> row.count() > 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "<feedback/>",
                "<feedback>",
                "<!DOCTYPE a [<!ENTITY e \"x\">]><feedback><policy_published><domain>&e;</domain>"
                        + "</policy_published></feedback>",
                "<feedback><policy_published><domain>a</domain></policy_published>"
                        + "<record><row><count>many</count></row></record></feedback>"
            })
    void otherTextIsAFault(String text) {
        assertThatThrownBy(() -> DmarcReportFormat.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(SyntaxFault.class);
    }

    @Test
    void deepAndLongReportsAreFaults() {
        assertThatThrownBy(
                        () ->
                                DmarcReportFormat.parse(
                                        "<a>".repeat(1000).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(SyntaxFault.class);
        assertThatThrownBy(
                        () ->
                                DmarcReportFormat.parse(
                                        ("<a>" + "<b/>".repeat(300_000) + "</a>")
                                                .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(SyntaxFault.class);
    }
}
