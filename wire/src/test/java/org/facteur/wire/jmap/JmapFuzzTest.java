package org.facteur.wire.jmap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.facteur.wire.text.SyntaxFault;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class JmapFuzzTest {
    @FuzzTest
    void aRequestIsReadOrRefused(byte[] octets) {
        try {
            JmapRequest request = JmapRequest.of(JmapText.read(octets));
            for (Invocation call : request.calls()) {
                assertThat(call.name()).isNotNull();
                ResultReferences.resolve(call.arguments(), request.calls());
            }
        } catch (SyntaxFault | MethodFault fault) {
            assertThat(fault).isNotNull();
        }
    }

    @FuzzTest
    void aPointerFindsSomethingOrNothing(FuzzedDataProvider data) {
        String path = data.consumeString(200);
        try {
            JsonNode root =
                    JmapText.read(data.consumeRemainingAsString().getBytes(StandardCharsets.UTF_8));
            ResultReferences.find(root, path);
        } catch (SyntaxFault | MethodFault fault) {
            assertThat(fault).isNotNull();
        }
    }

    @FuzzTest
    void aPatchIsAppliedOrRefused(FuzzedDataProvider data) {
        String patch = data.consumeString(500);
        try {
            if (JmapText.read(patch) instanceof ObjectNode changes
                    && JmapText.read(data.consumeRemainingAsString())
                            instanceof ObjectNode object) {
                PatchObject.apply(object, changes);
            }
        } catch (SyntaxFault | SetFault fault) {
            assertThat(fault).isNotNull();
        }
    }

    @FuzzTest
    void aHeaderPropertyIsOneOrNot(FuzzedDataProvider data) {
        HeaderProperty.parse("header:" + data.consumeString(100))
                .ifPresent(
                        property -> {
                            assertThat(HeaderProperty.isName(property.name())).isTrue();
                            written(property, data.consumeRemainingAsString());
                        });
    }

    /// What is written never ends its field or begins another.
    private static void written(HeaderProperty property, String value) {
        try {
            List<String> fields =
                    HeaderFormat.fields(property, JmapText.array(List.of(value)).get(0));
            for (String field : fields) {
                assertThat(field).endsWith("\r\n");
                String inside = field.substring(0, field.length() - 2);
                assertThat(inside.replace("\r\n ", "").replace("\r\n\t", ""))
                        .doesNotContain("\r")
                        .doesNotContain("\n");
            }
        } catch (SetFault fault) {
            assertThat(fault.type()).isEqualTo("invalidProperties");
        }
    }
}
