package org.facteur.core.filter;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.facteur.wire.text.SyntaxFault;

/// Whatever a letter holds, it is judged.
class FilterFuzzTest {
    private static final Judge JUDGE =
            new Judge(
                    ContentModel::shipped,
                    () -> new Judge.Rules(true, true),
                    Judge.Acquaintance.NONE);

    @FuzzTest
    void anyLetter(byte[] octets) throws IOException {
        HtmlScan.of(new String(octets, StandardCharsets.UTF_8));
        try {
            JUDGE.judge(LetterFile.read(octets), null).toField();
        } catch (SyntaxFault expected) {
            // No door takes it either.
        }
    }
}
