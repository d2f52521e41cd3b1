package org.facteur.wire.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.facteur.wire.text.SyntaxFault;

class ReportsFuzzTest {
    @FuzzTest
    void reportsAreReadOrRefused(byte[] body) {
        try {
            DeliveryReport report = DeliveryReportFormat.read(body);
            assertThat(
                            DeliveryReportFormat.read(DeliveryReportFormat.write(report).toArray())
                                    .recipients())
                    .hasSameSizeAs(report.recipients());
        } catch (SyntaxFault fault) {
            assertThat(fault.expected()).isNotEmpty();
        }
    }
}
