package org.facteur.wire.managesieve;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.facteur.wire.text.SyntaxFault;

class ManageSieveFuzzTest {
    @FuzzTest
    void commandsAreReadOrFault(FuzzedDataProvider data) {
        CommandAssembler assembler =
                new CommandAssembler(new ManageSieveLimits(4_000, 1_000, 10_000));
        while (data.remainingBytes() > 0) {
            byte[] line = data.consumeBytes(200);
            try {
                if (assembler.line(line) instanceof CommandAssembler.Step.NeedLiteral(int octets)) {
                    assembler.literal(new byte[octets]);
                }
            } catch (SyntaxFault _) {
                // As it should be.
            }
        }
    }
}
