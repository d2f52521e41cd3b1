package org.facteur.core.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.facteur.wire.mime.HeaderField;
import org.facteur.wire.mime.IndexLimits;
import org.facteur.wire.mime.LetterIndexer;
import org.facteur.wire.text.SyntaxFault;

class HeaderGateFuzzTest {
    @FuzzTest
    void noMarkPasses(byte[] letter) {
        byte[] marked =
                ("From: x\r\nReturn-Path: y\r\n" + new String(letter, StandardCharsets.ISO_8859_1))
                        .getBytes(StandardCharsets.ISO_8859_1);
        try {
            HeaderGateTest.Passed passed =
                    HeaderGateTest.pass(
                            HeaderGateTest.SUBMISSION, marked, new Random(letter.length), 40);
            assertThat(HeaderGateTest.pass(HeaderGateTest.SUBMISSION, marked, new Random(7), 7))
                    .isEqualTo(passed);
            byte[] octets = passed.letter().getBytes(StandardCharsets.ISO_8859_1);
            LetterIndexer indexer = new LetterIndexer(IndexLimits.STANDARD);
            indexer.feed(octets, 0, octets.length);
            for (HeaderField field : indexer.finish().anatomy().fields()) {
                assertThat(field.name())
                        .isNotEqualToIgnoringCase("Return-Path")
                        .isNotEqualToIgnoringCase("Bcc");
            }
        } catch (SyntaxFault large) {
            assertThat(marked.length).isGreaterThan(HeaderGateTest.LIMIT);
        }
    }
}
