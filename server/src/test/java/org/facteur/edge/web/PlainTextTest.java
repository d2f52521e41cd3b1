package org.facteur.edge.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Plain text as HTML.
class PlainTextTest {
    private static final String LINK =
            "<a target=\"_blank\" rel=\"noopener noreferrer nofollow\" href=\"";

    @Test
    void markupIsText() {
        assertThat(PlainText.toHtml("<script>a && \"b\"</script> &lt;"))
                .isEqualTo("&lt;script&gt;a &amp;&amp; &quot;b&quot;&lt;/script&gt; &amp;lt;\n");
    }

    @Test
    void addressesOfTheWebAreLinks() {
        assertThat(PlainText.toHtml("Voir https://a.example/x?y=1&z=2."))
                .isEqualTo(
                        "Voir "
                                + LINK
                                + "https://a.example/x?y=1&amp;z=2\">https://a.example/x?y=1&amp;z=2</a>.\n");
    }

    @Test
    void bracketsAndQuotesEndALink() {
        assertThat(
                        PlainText.toHtml(
                                "(https://a.example/x) «https://b.example» \"https://c.example\""))
                .contains("href=\"https://a.example/x\"")
                .contains("href=\"https://b.example\"")
                .contains("href=\"https://c.example\"");
        assertThat(PlainText.toHtml("https://fr.example/Cygne_(oiseau)"))
                .contains("href=\"https://fr.example/Cygne_(oiseau)\"");
    }

    @Test
    void otherSchemesAreNoLinks() {
        assertThat(PlainText.toHtml("javascript:alert(1) httpx://a http:/b")).doesNotContain("<a");
    }

    @Test
    void quotesStandBack() {
        assertThat(PlainText.toHtml("a\r\n> b\r\n>> c\r\nd"))
                .isEqualTo("a\n<blockquote>b\n<blockquote>c\n</blockquote></blockquote>d\n");
    }

    @Test
    void aHundredThousandAddressesAreQuick() {
        String text = "https://a.example/(x ".repeat(100_000);
        assertThat(PlainText.toHtml(text)).endsWith(" \n");
        assertThat(PlainText.toHtml(">".repeat(1_000_000))).contains("&gt;&gt;");
    }
}
