package org.facteur.edge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.facteur.wire.text.SyntaxFault;
import org.junit.jupiter.api.Test;

class LiteFormTest {
    private static LiteForm form(String body) {
        return LiteForm.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void fieldsAreDecoded() {
        LiteForm form = form("to=bob%40example.org&text=%C3%A9t%C3%A9+%26+hiver%0D%0A&empty=");

        assertThat(form.text("to")).isEqualTo("bob@example.org");
        assertThat(form.text("text")).isEqualTo("été & hiver\r\n");
        assertThat(form.text("empty")).isEmpty();
        assertThat(form.text("missing")).isEmpty();
    }

    @Test
    void theFirstFieldOfANameCounts() {
        assertThat(form("key=a&key=b").text("key")).isEqualTo("a");
    }

    @Test
    void whatNoBrowserSendsIsRefused() {
        assertThatThrownBy(() -> form("a=%zz")).isInstanceOf(SyntaxFault.class);
        assertThatThrownBy(() -> form("a=%e")).isInstanceOf(SyntaxFault.class);
        assertThatThrownBy(() -> form("a=1&".repeat(60))).isInstanceOf(SyntaxFault.class);
    }
}
