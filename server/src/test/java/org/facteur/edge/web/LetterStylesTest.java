package org.facteur.edge.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LetterStylesTest {
    private static String styles(String css) {
        return LetterHtml.styles("<html><head><style type=\"text/css\">" + css + "</style>");
    }

    @Test
    void plainRulesStay() {
        assertThat(styles("p.big, h1 { color: red; font-size: 20px }"))
                .contains("p.l-big,h1{")
                .contains("color:red")
                .contains("font-size:20px");
        assertThat(styles("#main td > a:hover{color:#123456}")).contains("#l-main td > a:hover{");
    }

    @Test
    void rulesForNarrowScreensStay() {
        assertThat(
                        styles(
                                "@media only screen and (max-width: 600px){.col{width:100%}"
                                        + " .hide{display:none}} b{color:blue}"))
                .isEqualTo(
                        "@media only screen and (max-width: 600px){\n"
                                + ".l-col{width:100%}\n.l-hide{display:none}\n}\nb{color:blue}\n");
    }

    @Test
    void whatLoadsOrCoversGoes() {
        for (String css :
                List.of(
                        "@import url(https://t.example/x.css);",
                        "@import 'https://t.example/x.css';",
                        "@font-face{font-family:x;src:url(https://t.example/f)}",
                        "body{background:url(https://t.example/b)}",
                        "body{background-image:image-set('https://t.example/b' 1x)}",
                        "body{background:u\\72l(https://t.example/b)}",
                        ":root{--x:url(https://t.example/v)}",
                        "b{color:var(--x)}",
                        "li{list-style-image:url(https://t.example/l)}",
                        "div{position:fixed;inset:0;z-index:9}",
                        "@keyframes a{from{color:red}}",
                        "a[href^='https://bank']{color:red}",
                        "@media (x:url(https://t.example/q)){b{color:red}}",
                        "</style><script>alert(1)</script>")) {
            assertThat(styles(css))
                    .as(css)
                    .doesNotContain("t.example", "url", "position", "@import", "@font-face", "<");
        }
    }

    @Test
    void whatIsBrokenEndsQuietly() {
        for (String css :
                List.of(
                        "{",
                        "}",
                        "a{",
                        "a{color:red",
                        "@media",
                        "@media (a){",
                        "/*",
                        "'",
                        "a{b:'}")) {
            assertThat(styles(css)).as(css).doesNotContain("<");
        }
        assertThat(styles("}}}b{color:red}")).contains("color:red");
    }

    @Test
    void namesNeverMeetOurs() {
        assertThat(LetterStyles.names("text part\tfacteur-odd"))
                .isEqualTo("l-text l-part l-facteur-odd");
        assertThat(LetterStyles.names("a\"b <c>")).isEmpty();
        assertThat(
                        new LetterHtml(NoPictures.INSTANCE)
                                .clean("<td class=\"col text\" id=\"x\">a</td>"))
                .contains("class=\"l-col l-text\"")
                .contains("id=\"l-x\"");
    }

    @Test
    void linksAreMarkedWhateverStandsBeforeTheirAddress() {
        assertThat(
                        new LetterHtml(NoPictures.INSTANCE)
                                .clean(
                                        "<a class=\"b\" title=\"t\" href=\"https://evil.example/\">"
                                                + "www.bank.example</a>"))
                .contains("target=\"_blank\"")
                .contains("facteur-odd");
    }

    private enum NoPictures implements LetterHtml.Pictures {
        INSTANCE;

        @Override
        public @org.jspecify.annotations.Nullable String inLetter(String contentId) {
            return null;
        }

        @Override
        public @org.jspecify.annotations.Nullable String elsewhere(String url) {
            return null;
        }
    }
}
