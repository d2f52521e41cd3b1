package org.facteur.edge.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Base64;
import org.facteur.base.word.Language;
import org.facteur.net.http.Exchange;

/// The frame of a page without scripts, in the language of its reader. One request.
///
/// The style lies in the page and is named by its hash in the page's policy: nothing else is
/// loaded, nothing runs.
final class LiteView {
    private static final int OK = 200;
    private static final String STYLE =
            "html{color-scheme:light dark}body{margin:0 auto;max-width:46rem;padding:.5rem 1rem 3rem;"
                    + "font:1rem/1.5 system-ui,sans-serif;background:Canvas;color:CanvasText}"
                    + "nav,.bar{display:flex;flex-wrap:wrap;gap:.4rem 1rem;padding:.5rem 0;border-bottom:1px solid GrayText}"
                    + "nav b{font-weight:700}h1{font-size:1.3rem;line-height:1.3;margin:1rem 0 .5rem}"
                    + "ul.letters{list-style:none;margin:0;padding:0}.letters li{border-bottom:1px solid GrayText;padding:.6rem 0}"
                    + ".letters a{display:block;color:inherit;text-decoration:none}.letters a:hover b{text-decoration:underline}"
                    + ".letters .when{float:right;font-size:.85rem}.letters .new b{font-weight:800}.letters b{font-weight:500}"
                    + ".letters small{display:block;overflow:hidden;white-space:nowrap;text-overflow:ellipsis}"
                    + "dl{margin:0 0 1rem;display:grid;grid-template-columns:auto 1fr;gap:.1rem .8rem}dd{margin:0;overflow-wrap:anywhere}"
                    + ".text{white-space:pre-wrap;overflow-wrap:anywhere;border-top:1px solid GrayText;padding:1rem 0}"
                    + ".text blockquote{margin:0;padding-left:.8rem;border-left:3px solid GrayText}"
                    + "label{display:block;margin-top:.8rem;font-weight:600}input:not([type=hidden]),textarea,select{font:inherit;"
                    + "padding:.5rem;border:1px solid GrayText;border-radius:.4rem;background:Field;color:FieldText}"
                    + "input.wide,textarea{width:100%;box-sizing:border-box}button{font:inherit;padding:.5rem 1rem;margin-top:.4rem;"
                    + "border:1px solid GrayText;border-radius:.4rem;background:ButtonFace;color:ButtonText;min-height:2.75rem}"
                    + "form.one{display:inline}.told{border:2px solid;border-radius:.4rem;padding:.6rem}"
                    + "iframe{width:100%;height:70vh;border:1px solid GrayText}";
    private static final String POLICY =
            "default-src 'none'; style-src 'sha256-"
                    + hash()
                    + "'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'";

    private final Exchange exchange;
    private final Language language;

    LiteView(Exchange exchange, Language language) {
        this.exchange = exchange;
        this.language = language;
    }

    Language language() {
        return language;
    }

    /// A word in the reader's language.
    String say(String english, String french) {
        return switch (language) {
            case ENGLISH -> english;
            case FRENCH -> french;
        };
    }

    /// As above, fit for a page.
    String word(String english, String french) {
        return escape(say(english, french));
    }

    /// A moment, in the server's one time: pages without scripts know no other.
    String moment(Instant instant) {
        return escape(
                DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                                .withLocale(language.locale())
                                .withZone(ZoneOffset.UTC)
                                .format(instant)
                        + " UTC");
    }

    /// Text as HTML shows it.
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c < ' ' && c != '\n' && c != '\t' ? ' ' : c);
            }
        }
        return out.toString();
    }

    /// Sends a page.
    ///
    /// @param title as text
    /// @param body as HTML
    void send(String title, String body) throws IOException {
        send(OK, title, body);
    }

    void send(int status, String title, String body) throws IOException {
        send(status, title, "", body);
    }

    /// @param top what stands before the page's own matter, as HTML
    void send(int status, String title, String top, String body) throws IOException {
        exchange.set("Content-Security-Policy", POLICY);
        // Forms say where they come from, to this server alone.
        exchange.set("Referrer-Policy", "same-origin");
        String page =
                "<!doctype html><html lang=\""
                        + language.tag()
                        + "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
                        + " content=\"width=device-width, initial-scale=1\"><title>"
                        + escape(title)
                        + " — Facteur</title><style>"
                        + STYLE
                        + "</style><link rel=\"icon\" href=\"/icon.svg\" type=\"image/svg+xml\"></head><body>"
                        + top
                        + "<main>"
                        + body
                        + "</main></body></html>";
        exchange.send(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    /// Goes on to another page.
    void go(String path) throws IOException {
        exchange.set("Location", path);
        exchange.set("Referrer-Policy", "same-origin");
        exchange.send(303, "", new byte[0]);
    }

    private static String hash() {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(STYLE.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
