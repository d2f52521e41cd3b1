package org.facteur.wire.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.facteur.wire.text.SyntaxFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class JmapRequestTest {
    @Test
    void aRequestIsRead() {
        JmapRequest request =
                JmapRequest.of(
                        JmapText.read(
                                """
                                {"using":["urn:ietf:params:jmap:core"],
                                 "methodCalls":[["Core/echo",{"a":1},"c1"]],
                                 "createdIds":{"k1":"L1"}}
                                """));
        assertThat(request.using()).containsExactly("urn:ietf:params:jmap:core");
        assertThat(request.calls().getFirst().name()).isEqualTo("Core/echo");
        assertThat(request.createdIds()).containsEntry("k1", "L1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"using\":[],\"methodCalls\":{}}",
                "{\"using\":[1],\"methodCalls\":[]}",
                "{\"using\":[],\"methodCalls\":[[\"a\",{},1]]}",
                "{\"using\":[],\"methodCalls\":[[\"a\",{}]]}",
                "{\"using\":[],\"methodCalls\":[],\"createdIds\":[]}"
            })
    void whatIsNoRequestIsRefused(String text) {
        assertThatThrownBy(() -> JmapRequest.of(JmapText.read(text)))
                .isInstanceOf(SyntaxFault.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"a\":1,\"a\":2}",
                "{} {}",
                "\"\\ud800\"",
                "{\"\\udc00\":1}",
                "NaN",
                "'a'"
            })
    void whatIsNoIJsonIsRefused(String text) {
        assertThatThrownBy(() -> JmapText.read(text)).isInstanceOf(SyntaxFault.class);
    }

    @Test
    void depthHasAnEnd() {
        String deep = "[".repeat(65) + "]".repeat(65);
        assertThatThrownBy(() -> JmapText.read(deep)).isInstanceOf(SyntaxFault.class);
        assertThat(JmapText.read("[".repeat(64) + "]".repeat(64)).isArray()).isTrue();
    }

    private static final List<Invocation> DONE =
            List.of(
                    new Invocation(
                            "Thread/get",
                            (ObjectNode)
                                    JmapText.read(
                                            """
                                            {"list":[{"id":"T1","emailIds":["L1","L2"]},
                                                     {"id":"T2","emailIds":["L3"]}],
                                             "a/b":{"~":7}}
                                            """),
                            "t0"));

    private static ObjectNode resolved(String path) {
        return ResultReferences.resolve(
                (ObjectNode)
                        JmapText.read(
                                "{\"#ids\":{\"resultOf\":\"t0\",\"name\":\"Thread/get\",\"path\":\""
                                        + path
                                        + "\"}}"),
                DONE);
    }

    @Test
    void aReferenceTakesWhatItNames() {
        assertThat(resolved("/list/*/emailIds").get("ids").toString())
                .isEqualTo("[\"L1\",\"L2\",\"L3\"]");
        assertThat(resolved("/list/1/id").get("ids").stringValue()).isEqualTo("T2");
        assertThat(resolved("/a~1b/~0").get("ids").intValue()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "list", "/list/01/id", "/list/9/id", "/list/*/nothing"})
    void aReferenceToNothingFails(String path) {
        assertThatThrownBy(() -> resolved(path))
                .isInstanceOfSatisfying(
                        MethodFault.class,
                        fault -> assertThat(fault.type()).isEqualTo("invalidResultReference"));
    }

    @Test
    void anArgumentComesOneWay() {
        ObjectNode both =
                (ObjectNode)
                        JmapText.read(
                                "{\"ids\":[],\"#ids\":{\"resultOf\":\"t0\",\"name\":\"Thread/get\","
                                        + "\"path\":\"/list\"}}");
        assertThatThrownBy(() -> ResultReferences.resolve(both, DONE))
                .isInstanceOfSatisfying(
                        MethodFault.class,
                        fault -> assertThat(fault.type()).isEqualTo("invalidArguments"));
    }

    @Test
    void aPatchChangesWhatItNames() {
        ObjectNode object =
                (ObjectNode) JmapText.read("{\"keywords\":{\"$seen\":true},\"name\":\"x\"}");
        ObjectNode patch =
                (ObjectNode)
                        JmapText.read("{\"keywords/$seen\":null,\"keywords/a~1b\":true,\"n\":1}");
        assertThat(PatchObject.apply(object, patch).toString())
                .isEqualTo("{\"keywords\":{\"a/b\":true},\"name\":\"x\",\"n\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"nothing/a\":1}",
                "{\"name/a\":1}",
                "{\"keywords\":{},\"keywords/$seen\":true}",
                "{\"keywords/__proto__/x\":true}"
            })
    void aPatchThatLeadsNowhereIsRefused(String patch) {
        ObjectNode object =
                (ObjectNode) JmapText.read("{\"keywords\":{\"$seen\":true},\"name\":\"x\"}");
        assertThatThrownBy(() -> PatchObject.apply(object, (ObjectNode) JmapText.read(patch)))
                .isInstanceOfSatisfying(
                        SetFault.class,
                        fault -> assertThat(fault.type()).isEqualTo("invalidPatch"));
    }
}
