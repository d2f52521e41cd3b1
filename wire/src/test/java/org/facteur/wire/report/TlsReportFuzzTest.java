package org.facteur.wire.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.facteur.wire.text.SyntaxFault;

class TlsReportFuzzTest {
    @FuzzTest
    void reportsAreReadOrFault(byte[] json) {
        try {
            TlsReport report = TlsReportFormat.parse(json);
            assertThat(TlsReportFormat.parse(TlsReportFormat.write(report)).policies())
                    .hasSameSizeAs(report.policies());
        } catch (SyntaxFault fault) {
            assertThat(fault.expected()).isNotEmpty();
        }
    }

    @FuzzTest
    void recordsAreReadOrNone(byte[] text) {
        TlsReportRecord.find(List.of(new String(text, StandardCharsets.UTF_8)))
                .ifPresent(
                        found ->
                                assertThat(found.mails().size() + found.posts().size())
                                        .isPositive());
    }
}
