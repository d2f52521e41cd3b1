package org.facteur.edge.web;

import java.io.IOException;
import java.util.List;
import org.facteur.base.word.Language;
import org.facteur.wire.mime.Part;

/// Writes the document that a frame shows of a letter. Any thread.
final class LetterDocument {
    private static final String LIGHT =
            "color-scheme:light;--ink:#1c1b18;--ink2:#55524a;--paper:#fff;--line:#8a8578;--link:#1f5fbf";
    private static final String DARK =
            "color-scheme:dark;--ink:#eceae4;--ink2:#b9b6ad;--paper:#1b1d20;--line:#7c7f86;--link:#8ab4f8";
    private static final String STYLE =
            "html{background:var(--paper);overflow:hidden}body{margin:0;padding:16px;font:16px/25px"
                    + " AHN,system-ui,sans-serif;color:var(--ink);overflow-wrap:anywhere;overflow-x:auto}"
                    + "a{color:var(--link)}img{max-width:100%;height:auto}img:not([src]){min-width:24px;"
                    + "min-height:16px;outline:1px dashed var(--line);color:var(--ink2);font-size:13px}"
                    + "table{max-width:100%}.text{white-space:pre-wrap}"
                    + "blockquote{margin:4px 0;padding-left:12px;border-left:3px solid var(--line)}"
                    + ".text blockquote{color:var(--ink2)}hr{border:0;border-top:1px solid var(--line)}"
                    + ".facteur-odd{text-decoration:underline wavy #b3261e 1px}pre{white-space:pre-wrap}"
                    + ".part+.part{margin-top:16px;padding-top:16px;border-top:1px solid var(--line)}";

    /// A letter with colours of its own is turned as a whole; its pictures are turned back.
    private static final String TURNED =
            "html{background:#1b1d20}body{filter:invert(.9) hue-rotate(180deg);background:#fff;color:#1c1b18}"
                    + "body a{color:#1f5fbf}img{filter:invert(1) hue-rotate(180deg)}";

    private final String font;

    /// @param font the address of the font for letters without one; empty for the system's
    LetterDocument(String font) {
        this.font =
                font.isEmpty()
                        ? ""
                        : "@font-face{font-family:AHN;src:url("
                                + font
                                + ") format('woff2');font-weight:200 800;font-display:swap}";
    }

    /// How it is to look.
    ///
    /// @param quote the text alone, to be quoted
    record Look(boolean dark, boolean quote, Language language) {}

    String write(OpenedLetter letter, LetterHtml html, Look look) throws IOException {
        StringBuilder body = new StringBuilder();
        boolean coloured = false;
        List<Part> parts = ShownParts.of(letter.anatomy());
        for (Part part : parts) {
            body.append("<div class=\"part\">");
            if (ShownParts.picture(part)) {
                if (!look.quote()) {
                    body.append("<img alt=\"\" src=\"/m/L")
                            .append(letter.id())
                            .append("/part/")
                            .append(part.number())
                            .append("\">");
                }
            } else {
                String text = letter.text(part);
                if (part.type().subtype().equals("html")) {
                    coloured |= LetterHtml.coloured(text);
                    String styles = look.quote() ? "" : LetterHtml.styles(text);
                    if (!styles.isEmpty()) {
                        body.append("<style>").append(styles).append("</style>");
                    }
                    body.append(html.clean(text));
                } else {
                    body.append("<div class=\"text\">")
                            .append(PlainText.toHtml(text))
                            .append("</div>");
                }
            }
            body.append("</div>");
        }
        if (parts.isEmpty()) {
            body.append("<p>").append(nothing(look.language())).append("</p>");
        }
        boolean turned = look.dark() && coloured;
        return "<!doctype html><html><head><meta charset=\"utf-8\"><meta name=\"viewport\""
                + " content=\"width=device-width\"><meta name=\"facteur-held\" content=\""
                + html.held()
                + "\"><meta name=\"facteur-turned\" content=\""
                + (turned ? 1 : 0)
                + "\"><title>-</title><style>"
                + font
                + ":root{"
                + (look.dark() && !turned ? DARK : LIGHT)
                + "}"
                + STYLE
                + (turned ? TURNED : "")
                + "</style></head><body>"
                + body
                + "</body></html>";
    }

    private static String nothing(Language language) {
        return switch (language) {
            case FRENCH -> "Ce courrier n'a pas de texte.";
            case ENGLISH -> "This message has no text.";
        };
    }
}
