package org.facteur.wire.report;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.facteur.wire.text.SyntaxFault;

/// Hostile reports give a report or a [SyntaxFault].
class DmarcReportFuzzTest {
    @FuzzTest
    void anyOctets(byte[] octets) {
        try {
            DmarcReportFormat.write(DmarcReportFormat.parse(octets));
        } catch (SyntaxFault expected) {
            // The documented answer.
        }
    }
}
