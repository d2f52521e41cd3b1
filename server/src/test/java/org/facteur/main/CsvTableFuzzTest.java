package org.facteur.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.facteur.base.fault.Refusal;

class CsvTableFuzzTest {
    @FuzzTest
    void anyTextIsATableOrRefused(byte[] octets) {
        try {
            CsvTable.parse(new String(octets, StandardCharsets.UTF_8));
        } catch (Refusal refused) {
            assertThat(refused.reason()).isEqualTo(Refusal.Reason.INVALID);
        }
    }
}
