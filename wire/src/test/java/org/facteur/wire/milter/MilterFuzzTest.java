package org.facteur.wire.milter;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.facteur.wire.text.SyntaxFault;

class MilterFuzzTest {
    @FuzzTest
    void answersAreReadOrFault(byte[] packet) {
        try {
            if (MilterReader.parse(packet) instanceof MilterReply.Change change) {
                byte[] header = "A: 1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
                String edited =
                        new String(
                                HeaderEdit.apply(header, List.of(change)), StandardCharsets.UTF_8);
                assertThat(edited.indexOf("\r\n\r\n")).isIn(-1, edited.length() - 4);
            }
        } catch (SyntaxFault expected) {
            return;
        }
    }
}
