package org.facteur.wire.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.facteur.wire.text.SyntaxFault;

class DispositionNoticeFuzzTest {
    @FuzzTest
    void aNoticeIsReadOrRefused(byte[] body) {
        try {
            DispositionNotice notice = DispositionNoticeFormat.read(body);
            assertThat(DispositionNoticeFormat.write(notice).length()).isPositive();
        } catch (SyntaxFault fault) {
            assertThat(fault).isNotNull();
        }
    }
}
