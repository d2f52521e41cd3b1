package org.facteur.edge.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is left of a letter's HTML.
class LetterHtmlTest {
    private static final LetterHtml.Pictures NONE =
            new LetterHtml.Pictures() {
                @Override
                public @org.jspecify.annotations.Nullable String inLetter(String contentId) {
                    return contentId.equals("known@x") ? "/m/L1/part/2" : null;
                }

                @Override
                public @org.jspecify.annotations.Nullable String elsewhere(String url) {
                    return null;
                }
            };

    private static String clean(String html) {
        return new LetterHtml(NONE).clean(html);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>x",
                "<img src=x onerror=alert(1)>",
                "<svg onload=alert(1)><animate attributeName=href values=javascript:alert(1) /></svg>",
                "<a href=\"javascript:alert(1)\">x</a>",
                "<a href=\" jav&#x09;ascript:alert(1)\">x</a>",
                "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
                "<iframe src=https://tracker.example/></iframe>",
                "<object data=https://tracker.example/></object>",
                "<embed src=https://tracker.example/>",
                "<form action=https://tracker.example/><input name=password><button>ok</button></form>",
                "<link rel=stylesheet href=https://tracker.example/x.css>",
                "<style>@import url(https://tracker.example/x.css);</style>",
                "<div style=\"background:url(https://tracker.example/x.png)\">x</div>",
                "<div style=\"background-image:image-set('https://tracker.example/x.png' 1x)\">x</div>",
                "<div style=\"--x:url(https://tracker.example/x.png);background:var(--x)\">x</div>",
                "<div style=\"list-style:url(https://tracker.example/)\">x</div>",
                "<div style=\"cursor:url(https://tracker.example/),auto\">x</div>",
                "<div style=\"background:u\\rl(https://tracker.example/)\">x</div>",
                "<img srcset=\"https://tracker.example/x.png 1x\">",
                "<picture><source srcset=https://tracker.example/x.png><img></picture>",
                "<video poster=https://tracker.example/x.png src=https://tracker.example/x.mp4></video>",
                "<audio src=https://tracker.example/x.mp3 autoplay></audio>",
                "<body background=https://tracker.example/x.png>x</body>",
                "<table background=https://tracker.example/x.png><tr><td>x</table>",
                "<img lowsrc=https://tracker.example/x.png dynsrc=https://tracker.example/y.png>",
                "<meta http-equiv=refresh content=\"0;url=https://tracker.example/\">",
                "<base href=https://tracker.example/><a href=x>x</a>",
                "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></math>",
                "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
                "<template><script>alert(1)</script></template>",
                "<svg><feImage href=https://tracker.example/x.svg /></svg>",
                "<svg><image href=https://tracker.example/x.png /></svg>",
                "<svg><use href=\"data:image/svg+xml,<svg id=x onload=alert(1)>#x\"/></svg>",
                "<img src=\"data:image/svg+xml,<svg onload=alert(1)>\">",
                "<img src=\"//tracker.example/x.png\">",
                "<img src=\"\\\\tracker.example\\x.png\">",
                "<input type=image src=https://tracker.example/x.png>",
                "<bgsound src=https://tracker.example/x.wav>",
                "<frameset><frame src=https://tracker.example/></frameset>",
                "<xml><!--<img src=\"--><img src=x onerror=alert(1)//\"></xml>",
                "<!--[if gte mso 9]><img src=https://tracker.example/x.png><![endif]-->",
                "<a href=intent://tracker.example#Intent;end>x</a>",
                "<a href=blob:https://tracker.example/x>x</a>",
                "<div style=\"width:expression(alert(1))\">x</div>",
                "<div style=\"behavior:url(x.htc);-moz-binding:url(x.xml#y)\">x</div>",
                "<p onclick=alert(1) onmouseover=alert(1)>x</p>",
                "<details ontoggle=alert(1) open>x</details>",
                "<keygen autofocus onfocus=alert(1)>",
                "<isindex action=javascript:alert(1) type=image>",
                "<plaintext><script>alert(1)</script>",
                "<textarea><script>alert(1)</script></textarea>",
                "<title><img src=x onerror=alert(1)></title>",
                "<select><option><script>alert(1)</script></select>",
                "<div\u0000 onclick=alert(1)>x</div>",
                "<<script>alert(1)</script>>",
                "<a ping=https://tracker.example/ href=https://ok.example/>x</a>",
                "<portal src=https://tracker.example/></portal>",
                "<slot><dialog open><script>alert(1)</script></dialog></slot>",
                "<div style=\"position:fixed;inset:0;z-index:9999\">over everything</div>",
                "<font style=\"src:url(https://tracker.example/f.woff2)\">x</font>"
            })
    void nothingThatActsOrLoadsIsLeft(String html) {
        String left = clean(html).toLowerCase(Locale.ROOT);
        assertThat(tags(left))
                .doesNotContain("tracker.example")
                .doesNotContain("<script")
                .doesNotContain("javascript:")
                .doesNotContain("onerror")
                .doesNotContain("onload")
                .doesNotContain("onclick")
                .doesNotContain("url(")
                .doesNotContain("position")
                .doesNotContain("<form")
                .doesNotContain("<svg")
                .doesNotContain("<iframe")
                .doesNotContain("<style")
                .doesNotContain("data:text")
                .doesNotContain("data:image/svg");
    }

    /// What stands in tags, without the text between them.
    private static String tags(String html) {
        StringBuilder tags = new StringBuilder();
        boolean inside = false;
        for (char c : html.toCharArray()) {
            inside |= c == '<';
            if (inside) {
                tags.append(c);
            }
            inside &= c != '>';
        }
        return tags.toString();
    }

    @Test
    void cleaningTwiceChangesNothingMore() {
        String once =
                clean(
                        "<table bgcolor=#fff><tr><td style='color:red;padding:3px'>a<b>c</b><a"
                                + " href='https://a.example/?x=1&y=2'>l</a></table>");
        assertThat(clean(once)).isEqualTo(once);
    }

    @Test
    void tablesFontsAndColoursStay() {
        assertThat(
                        clean(
                                "<table width=600 cellpadding=0><tr><td align=center"
                                        + " style=\"color:#333;font-size:14px\"><font face=Arial"
                                        + " color=red>x</font></td></tr></table>"))
                .contains("width=\"600\"")
                .contains("color:#333")
                .contains("font-size:14px")
                .contains("face=\"Arial\"");
    }

    @Test
    void picturesOfOthersAreHeldAndCounted() {
        LetterHtml html = new LetterHtml(NONE);
        String left =
                html.clean(
                        "<img src=https://a.example/1.png alt=Un><img src=HTTP://b.example/2.gif"
                                + " width=1 height=1><img src=cid:known@x><img src=cid:other@x>");
        assertThat(html.held()).isEqualTo(2);
        assertThat(left)
                .contains("src=\"/m/L1/part/2\"")
                .contains("alt=\"Un\"")
                .doesNotContain("a.example")
                .doesNotContain("b.example")
                .doesNotContain("cid:");
    }

    @Test
    void linksOpenElsewhereAndTellNothing() {
        assertThat(clean("<a href=\"https://a.example/x\" target=_top>ici</a>"))
                .isEqualTo(
                        "<a target=\"_blank\" rel=\"noopener noreferrer nofollow\""
                                + " href=\"https://a.example/x\">ici</a>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a href=https://verif.example/>https://www.banque.example</a>",
                "<a href=https://banque.example.verif.test/>www.banque.example</a>",
                "<a href=https://banque.example@verif.test/>https://banque.example/</a>",
                "<a href=https://verif.test/><b>https://</b>banque.example</a>"
            })
    void aLinkWhoseTextNamesAnotherSiteIsMarked(String html) {
        assertThat(clean(html)).contains("class=\"facteur-odd\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a href=https://www.banque.example/x>https://banque.example</a>",
                "<a href=http://mail.banque.example/>www.banque.example/compte</a>",
                "<a href=https://a.example/>cliquez ici</a>",
                "<a href=https://a.example/>a@b.example</a>",
                "<a href=mailto:a@b.example>https://c.example</a>"
            })
    void othersAreNot(String html) {
        assertThat(clean(html)).doesNotContain("facteur-odd");
    }

    @Test
    void deepNestingIsFlatAndQuick() {
        String deep = "<div><b><table><tr><td>".repeat(20_000) + "x";
        assertThat(clean(deep).length()).isLessThan(deep.length() * 4);
    }

    @Test
    void manyLinksTakeTimeOnlyInProportion() {
        String links = "<a href=https://a.example/>https://b.example/</a>".repeat(20_000);
        assertThat(clean(links)).contains("facteur-odd");
    }
}
