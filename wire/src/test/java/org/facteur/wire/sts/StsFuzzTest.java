package org.facteur.wire.sts;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.facteur.wire.text.SyntaxFault;

/// Hostile policies give a policy or a [SyntaxFault], and hostile records a record or nothing.
class StsFuzzTest {
    @FuzzTest
    void anyOctets(byte[] octets) {
        StsRecord.find(List.of(new String(octets, StandardCharsets.ISO_8859_1)));
        try {
            StsPolicy.parse(octets);
        } catch (SyntaxFault expected) {
            // The documented answer.
        }
    }
}
