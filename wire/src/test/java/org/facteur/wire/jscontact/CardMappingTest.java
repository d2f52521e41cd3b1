package org.facteur.wire.jscontact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.vcard.VcardLimits;
import org.facteur.wire.vcard.VcardReader;
import org.facteur.wire.vcard.VcardWriter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class CardMappingTest {
    private static ObjectNode read(String... lines) {
        String text = "BEGIN:VCARD\r\n" + String.join("\r\n", lines) + "\r\nEND:VCARD\r\n";
        return CardFromVcard.read(
                VcardReader.read(text.getBytes(StandardCharsets.UTF_8), VcardLimits.STANDARD)
                        .cards()
                        .getFirst());
    }

    private static ObjectNode through(ObjectNode card) {
        byte[] octets = VcardWriter.write(List.of(VcardFromCard.write(card)));
        return CardFromVcard.read(
                VcardReader.read(octets, VcardLimits.STANDARD).cards().getFirst());
    }

    @Test
    void aPhonesCardIsUnderstood() {
        ObjectNode card =
                read(
                        "VERSION:3.0",
                        "N:Martin;Élodie;Anne;Dr.;",
                        "FN:Dr. Élodie Martin",
                        "ORG:Chorale;Sopranos",
                        "item1.TEL;type=CELL;type=pref:+33 6",
                        "item1.X-ABLabel:_$!<Mobile>!$_",
                        "EMAIL;TYPE=INTERNET,HOME:elodie@example.com",
                        "ADR;TYPE=home:;;1 rue Haute;Lyon;;69001;France",
                        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29",
                        "PHOTO;ENCODING=b;TYPE=PNG:AAAA",
                        "CATEGORIES:amis,voix",
                        "REV:2024-01-02T03:04:05Z",
                        "X-SKYPE:elo");
        assertThat(JsContact.faults(card.deepCopy().put("uid", "u"))).isEmpty();
        assertThat(CardFacts.name(card)).isEqualTo("Dr. Élodie Martin");
        assertThat(CardFacts.namePart(card, "surname")).isEqualTo("Martin");
        assertThat(card.at("/organizations/k1/units/0/name").stringValue()).isEqualTo("Sopranos");
        assertThat(card.at("/phones/k1/features/mobile").booleanValue()).isTrue();
        assertThat(card.at("/phones/k1/label").stringValue()).isEqualTo("Mobile");
        assertThat(card.at("/phones/k1/pref").intValue()).isEqualTo(1);
        assertThat(card.at("/emails/k1/contexts/private").booleanValue()).isTrue();
        assertThat(card.at("/addresses/k1/components")).hasSize(4);
        assertThat(card.at("/anniversaries/k1/date").toString())
                .isEqualTo("{\"@type\":\"PartialDate\",\"month\":2,\"day\":29}");
        assertThat(card.at("/media/k1/uri").stringValue()).isEqualTo("data:image/png;base64,AAAA");
        assertThat(card.at("/keywords/voix").booleanValue()).isTrue();
        assertThat(card.at("/updated").stringValue()).isEqualTo("2024-01-02T03:04:05Z");
        assertThat(card.at("/vCardProps").toString())
                .isEqualTo("[[\"x-skype\",{},\"unknown\",\"elo\"]]");
    }

    @Test
    void aCardGoesThroughVcardUnchanged() {
        ObjectNode card =
                (ObjectNode)
                        JmapText.read(
                                """
                                {"@type":"Card","version":"1.0","uid":"urn:uuid:1","kind":"individual",
                                 "updated":"2024-01-02T03:04:05Z",
                                 "name":{"full":"Ana Ruiz Lopez","components":[
                                  {"kind":"surname","value":"Ruiz"},{"kind":"given","value":"Ana"},
                                  {"kind":"surname2","value":"Lopez"}]},
                                 "emails":{"e1":{"contexts":{"work":true},"pref":2,"label":"a;b, c",
                                  "address":"ana@example.com"}},
                                 "phones":{"p":{"number":"tel:+34-1","features":{"mobile":true}}},
                                 "onlineServices":{"s":{"service":"Mastodon","uri":"https://x.example/@a","user":"@a"}},
                                 "addresses":{"a":{"components":[{"kind":"number","value":"54"},
                                  {"kind":"name","value":"Calle"},{"kind":"locality","value":"Madrid"}],
                                  "countryCode":"ES","full":"54 Calle\\nMadrid"}},
                                 "anniversaries":{"b":{"kind":"birth","date":{"@type":"PartialDate","year":1980,"month":5}}},
                                 "notes":{"n":{"note":"x\\ny","author":{"name":"Z"}}},
                                 "relatedTo":{"urn:uuid:2":{"relation":{"spouse":true}}},
                                 "personalInfo":{"i":{"kind":"expertise","value":"eau","level":"high"}},
                                 "links":{"l":{"uri":"https://example.com/a,b;c"}},
                                 "example.com:odd":{"a":[1,2]}}
                                """);
        assertThat(JsContact.faults(card)).isEmpty();
        ObjectNode again = through(card);
        for (String property :
                List.of(
                        "uid",
                        "kind",
                        "updated",
                        "emails",
                        "phones",
                        "onlineServices",
                        "anniversaries",
                        "notes",
                        "relatedTo",
                        "personalInfo",
                        "links",
                        "example.com:odd")) {
            assertThat(again.get(property)).as(property).isEqualTo(card.get(property));
        }
        assertThat(again.get("name").get("components")).hasSize(3);
        assertThat(again.at("/addresses/a/components")).hasSize(3);
        assertThat(again.at("/addresses/a/full").stringValue()).isEqualTo("54 Calle\nMadrid");
    }

    @Test
    void wrongTypesAreNamedByTheirPlace() {
        ObjectNode card =
                (ObjectNode)
                        JmapText.read(
                                """
                                {"uid":"u","name":{"components":[{"kind":"given"}]},"keywords":{"a":false},
                                 "emails":{"e":{"address":"a","pref":101}},"created":"yesterday"}
                                """);
        assertThat(JsContact.faults(card))
                .containsExactlyInAnyOrder(
                        "name/components/value", "keywords", "emails/pref", "created");
    }

    @Test
    void whatIsTooDeepOrTooLargeIsRefused() {
        String deep = "{\"uid\":\"u\",\"x\":" + "[".repeat(40) + "]".repeat(40) + "}";
        assertThat(JsContact.faults((ObjectNode) JmapText.read(deep))).isNotEmpty();
        ObjectNode large = JmapText.object().put("uid", "u").put("x", "a".repeat(JsContact.OCTETS));
        assertThat(JsContact.faults(large)).isNotEmpty();
    }

    @Test
    void namesAreMadeOfWhatThereIs() {
        assertThat(CardFacts.name(read("N:B;A;;;", "FN:"))).isEqualTo("A B");
        assertThat(CardFacts.name(read("ORG:Mairie"))).isEqualTo("Mairie");
        assertThat(CardFacts.mentions(read("NOTE:Été"), "été")).isTrue();
    }
}
