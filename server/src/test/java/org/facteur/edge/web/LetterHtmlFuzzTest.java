package org.facteur.edge.web;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Whatever a letter holds, what is left neither acts nor loads.
class LetterHtmlFuzzTest {
    private static final LetterHtml.Pictures NONE =
            new LetterHtml.Pictures() {
                @Override
                public @org.jspecify.annotations.Nullable String inLetter(String contentId) {
                    return null;
                }

                @Override
                public @org.jspecify.annotations.Nullable String elsewhere(String url) {
                    return null;
                }
            };

    @FuzzTest
    void nothingActs(byte[] octets) {
        String left =
                new LetterHtml(NONE)
                        .clean(new String(octets, StandardCharsets.UTF_8))
                        .toLowerCase(Locale.ROOT);
        for (String tag :
                new String[] {"<script", "<iframe", "<object", "<style", "<svg", "<form"}) {
            if (left.contains(tag)) {
                throw new AssertionError(left);
            }
        }
    }

    @FuzzTest
    void textIsNeverMarkup(byte[] octets) {
        String html = PlainText.toHtml(new String(octets, StandardCharsets.UTF_8));
        if (html.contains("<script") || html.contains("javascript:\"")) {
            throw new AssertionError(html);
        }
    }

    @FuzzTest
    void styleSheetsLoadNothing(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        String left = LetterHtml.styles("<style>" + text + "</style>").toLowerCase(Locale.ROOT);
        for (String sign : new String[] {"url(", "@import", "@font", "<", "\\", "expression"}) {
            if (left.contains(sign)) {
                throw new AssertionError(left);
            }
        }
    }
}
