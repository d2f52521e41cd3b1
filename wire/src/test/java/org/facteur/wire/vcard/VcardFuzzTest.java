package org.facteur.wire.vcard;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.facteur.wire.jscontact.CardFromVcard;
import org.facteur.wire.jscontact.JsContact;
import org.facteur.wire.jscontact.VcardFromCard;
import org.facteur.wire.text.SyntaxFault;
import tools.jackson.databind.node.ObjectNode;

class VcardFuzzTest {
    @FuzzTest
    void aFileIsReadOrRefusedAndItsCardsGoOutAgain(byte[] octets) {
        try {
            for (Vcard each : VcardReader.read(octets, VcardLimits.STANDARD).cards()) {
                ObjectNode card = CardFromVcard.read(each);
                card.put("uid", "x");
                JsContact.faults(card);
                byte[] again = VcardWriter.write(java.util.List.of(VcardFromCard.write(card)));
                assertThat(VcardReader.read(again, VcardLimits.STANDARD).cards()).hasSize(1);
            }
        } catch (SyntaxFault fault) {
            assertThat(fault).isNotNull();
        }
    }
}
