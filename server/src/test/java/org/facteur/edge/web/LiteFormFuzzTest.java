package org.facteur.edge.web;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.facteur.wire.text.SyntaxFault;

class LiteFormFuzzTest {
    @FuzzTest
    void anyOctetsAreAFormOrRefused(byte[] octets) {
        try {
            LiteForm form = LiteForm.parse(octets);
            String text = LiteView.escape(form.text("text"));
            if (text.indexOf('<') >= 0 || text.indexOf('"') >= 0 || text.indexOf('\'') >= 0) {
                throw new AssertionError("markup survived");
            }
        } catch (SyntaxFault _) {
            // As it should be.
        }
    }
}
