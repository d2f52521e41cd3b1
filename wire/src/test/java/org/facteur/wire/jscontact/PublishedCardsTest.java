package org.facteur.wire.jscontact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.facteur.wire.vcard.Vcard;
import org.facteur.wire.vcard.VcardLimits;
import org.facteur.wire.vcard.VcardReader;
import org.facteur.wire.vcard.VcardWriter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Cards of programs people use, as another project published them.
class PublishedCardsTest {
    private static List<Path> files() throws IOException {
        Path data = Path.of(System.getProperty("facteur.data", "../../shared/data"));
        try (Stream<Path> all = Files.walk(data.resolve("vcf-ezvcard"))) {
            return all.filter(each -> each.toString().endsWith(".vcf")).sorted().toList();
        }
    }

    @Test
    void everyPublishedCardIsUnderstoodAndGoesOutAgain() throws IOException {
        assertThat(files()).isNotEmpty();
        for (Path file : files()) {
            List<Vcard> cards =
                    VcardReader.read(Files.readAllBytes(file), VcardLimits.STANDARD).cards();
            for (Vcard each : cards) {
                ObjectNode card = CardFromVcard.read(each);
                if (!card.has("uid")) {
                    card.put("uid", "x");
                }
                assertThat(JsContact.faults(card)).as(file.toString()).isEmpty();
                assertThat(CardFacts.name(card)).as(file.toString()).isNotBlank();
                byte[] out = VcardWriter.write(List.of(VcardFromCard.write(card)));
                ObjectNode again =
                        CardFromVcard.read(
                                VcardReader.read(out, VcardLimits.STANDARD).cards().getFirst());
                for (String property : List.of("emails", "phones", "notes", "media", "name")) {
                    assertThat(again.get(property))
                            .as(file + " " + property)
                            .isEqualTo(card.get(property));
                }
            }
        }
    }
}
