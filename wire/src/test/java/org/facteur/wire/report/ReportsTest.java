package org.facteur.wire.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.mime.HeaderText;
import org.facteur.wire.mime.IndexLimits;
import org.facteur.wire.mime.LetterIndex;
import org.facteur.wire.mime.LetterIndexer;
import org.facteur.wire.mime.NamedAddress;
import org.facteur.wire.mime.SectionPath;
import org.facteur.wire.mime.SectionRange;
import org.facteur.wire.text.SyntaxFault;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final OffsetDateTime TIME = OffsetDateTime.parse("2026-11-22T10:00:00+01:00");

    private static DeliveryReport report(String recipient, String status, String diagnostic) {
        DeliveryAction action =
                status.startsWith("4") ? DeliveryAction.DELAYED : DeliveryAction.FAILED;
        return new DeliveryReport(
                new HeaderText("QQ314159"),
                new HeaderText("mail.example.org"),
                TIME,
                List.of(
                        new RecipientReport(
                                EmailAddress.parse(recipient),
                                EmailAddress.parse("first@example.net"),
                                new DeliveryOutcome(action, EnhancedStatus.parse(status)),
                                new HeaderText("mx.example.net"),
                                new HeaderText(diagnostic),
                                TIME,
                                null)));
    }

    @Test
    void statusCodesAreReadStrictly() {
        assertThat(EnhancedStatus.parse("5.1.10"))
                .isEqualTo(new EnhancedStatus(5, 1, 10))
                .hasToString("5.1.10");
        for (String text :
                List.of(
                        "",
                        "5",
                        "5.1",
                        "3.1.1",
                        "5.1.1.1",
                        "5.01.1",
                        "5.1.1000",
                        "5.a.1",
                        " 5.1.1",
                        "5.1.")) {
            assertThatThrownBy(() -> EnhancedStatus.parse(text))
                    .as(text)
                    .isInstanceOf(SyntaxFault.class);
        }
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        for (String recipient :
                List.of("bob@example.net", "jürgen@example.net", "\"odd one\"@example.net")) {
            DeliveryReport report = report(recipient, "5.1.1", "550 5.1.1 no such user here");
            assertThat(DeliveryReportFormat.read(DeliveryReportFormat.write(report).toArray()))
                    .isEqualTo(report);
        }
    }

    @Test
    void othersReportsAreReadTolerantly() {
        String body =
                "Reporting-MTA: dns;a.test\n\n\nFinal-Recipient: RFC822;<x@y.test>\nAction: Failed (really)\n"
                        + "Status: 5.1.1 (bad)\nX-Unknown: z\n\nFinal-Recipient: rfc822; not an address\nAction: failed\nStatus: 5.0.0";
        DeliveryReport report = DeliveryReportFormat.read(body.getBytes(StandardCharsets.UTF_8));
        assertThat(report.reportingMta().value()).isEqualTo("a.test");
        assertThat(report.recipients()).hasSize(1);
        assertThat(report.recipients().getFirst().recipient()).hasToString("x@y.test");
        assertThatThrownBy(() -> DeliveryReportFormat.read(new byte[0]))
                .isInstanceOf(SyntaxFault.class);
    }

    @Test
    void theLetterHasItsThreePartsAndOnlyTheOriginalHeader() {
        DeliveryReport report = report("bob@example.net", "5.1.1", "550 no");
        byte[] original =
                ("Subject: été\nX: " + "y".repeat(2000) + "\n\nbody\n")
                        .getBytes(StandardCharsets.UTF_8);
        ReportFrame frame =
                new ReportFrame(
                        new NamedAddress(
                                new HeaderText("Facteur é"),
                                EmailAddress.parse("mailer-daemon@example.org")),
                        EmailAddress.parse("alice@example.org"),
                        TIME,
                        "1@example.org",
                        ReportWording.FRENCH.subject(DeliveryAction.FAILED, new HeaderText("Été")));
        byte[] letter =
                DeliveryReportLetter.write(
                                frame, report, ReportWording.FRENCH.text(report, 5), original)
                        .toArray();
        LetterIndexer indexer = new LetterIndexer(IndexLimits.STANDARD);
        indexer.feed(letter, 0, letter.length);
        LetterIndex index = indexer.finish();
        assertThat(index.anatomy().parts())
                .extracting(part -> part.type().toString())
                .containsExactly(
                        "multipart/report",
                        "text/plain",
                        "message/delivery-status",
                        "message/global-headers");
        assertThat(index.anatomy().parts())
                .allSatisfy(part -> assertThat(part.ambiguities()).isEmpty());
        assertThat(index.listing().summary().subject()).isEqualTo("Non distribué : Été");
        assertThat(index.listing().summary().preview()).startsWith("C’est le serveur de courrier");
        assertThat(index.listing().summary().hasAttachment()).isFalse();
        SectionRange status = index.find(SectionPath.parse("2")).orElseThrow();
        assertThat(
                        DeliveryReportFormat.read(
                                java.util.Arrays.copyOfRange(
                                        letter, (int) status.start(), (int) status.end())))
                .isEqualTo(report);
        assertThat(new String(letter, StandardCharsets.UTF_8))
                .contains("Subject: été")
                .doesNotContain("body\r\n");
    }

    @Test
    void bigOriginalHeadersAreCut() {
        byte[] original =
                "X-Long: abcdefghijklmnopqrstuvwxyz\r\n"
                        .repeat(10_000)
                        .getBytes(StandardCharsets.UTF_8);
        ReportFrame frame =
                new ReportFrame(
                        NamedAddress.of(EmailAddress.parse("d@example.org")),
                        EmailAddress.parse("a@example.org"),
                        TIME,
                        "1@example.org",
                        new HeaderText("x"));
        int size =
                DeliveryReportLetter.write(
                                frame, report("b@c.test", "5.1.1", "550"), "words", original)
                        .length();
        assertThat(size).isBetween(90_000, DeliveryReportLetter.MOST_ORIGINAL + 3000);
    }

    @Test
    void bothLanguagesHaveWordsForEveryCause() {
        for (ReportWording wording : ReportWording.values()) {
            for (ReportCause cause : ReportCause.values()) {
                assertThat(wording.words(cause).happened()).endsWith(".");
                assertThat(wording.words(cause).advice()).endsWith(".");
            }
            for (String status :
                    List.of(
                            "5.1.1", "5.2.2", "5.1.2", "5.7.1", "5.3.4", "5.4.7", "5.7.10", "5.4.6",
                            "5.0.0")) {
                String text = wording.text(report("bob@bücher.example", status, "550 {to} x"), 5);
                assertThat(text)
                        .contains("bob@bücher.example", "550 {to} x")
                        .doesNotContain("{host}", "{days}");
            }
            assertThat(wording.text(report("b@c.test", "4.4.1", "451 later"), 4))
                    .contains("4")
                    .contains("b@c.test");
        }
    }

    @Test
    void causesFollowTheCodes() {
        assertThat(ReportCause.of(EnhancedStatus.parse("5.1.1")))
                .isEqualTo(ReportCause.UNKNOWN_BOX);
        assertThat(ReportCause.of(EnhancedStatus.parse("5.2.2"))).isEqualTo(ReportCause.FULL_BOX);
        assertThat(ReportCause.of(EnhancedStatus.parse("5.7.26")))
                .isEqualTo(ReportCause.REFUSED_BY_POLICY);
        assertThat(ReportCause.of(EnhancedStatus.parse("5.7.10")))
                .isEqualTo(ReportCause.TLS_REQUIRED);
        assertThat(ReportCause.of(EnhancedStatus.parse("5.6.3"))).isEqualTo(ReportCause.OTHER);
    }
}
