package org.facteur.edge.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.owasp.html.AttributePolicy;
import org.owasp.html.CssSchema;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/// Makes the HTML of a letter harmless: what is on the list stays, all else goes. One use by one
/// thread.
///
/// Kept are text, tables, lists, fonts, colours and sizes, links to the web and to addresses, and
/// pictures of the letter itself; plain rules of style sheets ([LetterStyles]). Gone are scripts,
/// forms, frames, everything that places itself over something else, and addresses of anything that
/// would be loaded.
final class LetterHtml {
    private static final String[] ELEMENTS = {
        "a",
        "abbr",
        "address",
        "article",
        "aside",
        "b",
        "bdi",
        "bdo",
        "big",
        "blockquote",
        "br",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "font",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "main",
        "mark",
        "nav",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "tt",
        "u",
        "ul",
        "var",
        "wbr"
    };
    private static final Set<String> PROTOCOLS = Set.of("http", "https", "mailto", "tel");
    private static final CssSchema EXTRA =
            CssSchema.withProperties(
                    List.of(
                            "display",
                            "max-width",
                            "min-width",
                            "max-height",
                            "min-height",
                            "word-break",
                            "overflow-wrap",
                            "white-space"));
    private static final CssSchema STYLING = CssSchema.union(CssSchema.DEFAULT, EXTRA);
    private static final int LONGEST_URL = 4000;
    private static final int LONGEST_DATA = 500_000;

    private final Pictures pictures;
    private int held;

    /// What becomes of pictures.
    interface Pictures {
        /// The address of a picture within the letter; null when it is not there.
        ///
        /// @param contentId without angle brackets
        @Nullable String inLetter(String contentId);

        /// The address of a picture of another site; null while it is held back.
        @Nullable String elsewhere(String url);
    }

    LetterHtml(Pictures pictures) {
        this.pictures = pictures;
    }

    /// How many pictures of other sites were held back.
    int held() {
        return held;
    }

    /// The letter's body without what could act.
    String clean(String html) {
        return LinkMarks.mark(policy().sanitize(html));
    }

    /// The letter's style sheets without what could load or cover; empty for none.
    static String styles(String html) {
        String sheets = LetterStyles.in(html);
        if (sheets.isEmpty()) {
            return "";
        }
        PolicyFactory styling =
                new HtmlPolicyBuilder().allowElements("div").allowStyling(STYLING).toFactory();
        return LetterStyles.clean(sheets, text -> declarations(styling, text));
    }

    /// What a `style` attribute with this value would keep.
    private static String declarations(PolicyFactory styling, String text) {
        String kept = styling.sanitize("<div style=\"" + escape(text) + "\">-</div>");
        int from = kept.indexOf("style=\"");
        int end = from < 0 ? -1 : kept.indexOf('"', from + 7);
        if (end < 0) {
            return "";
        }
        String plain = kept.substring(from + 7, end).replace("&#39;", "'").replace("&#34;", "'");
        return plain.indexOf('&') >= 0 ? "" : plain;
    }

    private PolicyFactory policy() {
        AttributePolicy link = (_, _, value) -> link(value);
        AttributePolicy source = (_, _, value) -> picture(value);
        AttributePolicy names = (_, _, value) -> names(value);
        AttributePolicy number = (_, _, value) -> number(value);
        return new HtmlPolicyBuilder()
                .allowElements(ELEMENTS)
                .allowWithoutAttributes("a", "span", "font", "img")
                .allowUrlProtocols("http", "https", "mailto", "tel", "cid", "data")
                .allowAttributes("href")
                .matching(link)
                .onElements("a")
                .allowAttributes("src")
                .matching(source)
                .onElements("img")
                .allowAttributes("alt", "title")
                .onElements("img", "a", "abbr")
                .allowAttributes("width", "height", "border", "hspace", "vspace")
                .matching(number)
                .globally()
                .allowAttributes("cellpadding", "cellspacing", "colspan", "rowspan", "span")
                .matching(number)
                .onElements("table", "td", "th", "col", "colgroup")
                .allowAttributes("align", "valign", "dir", "lang")
                .globally()
                .allowAttributes("bgcolor", "color")
                .globally()
                .allowAttributes("size", "face")
                .onElements("font")
                .allowAttributes("start", "type", "value")
                .onElements("ol", "ul", "li")
                .allowAttributes("datetime")
                .onElements("time", "del", "ins")
                .allowAttributes("class", "id")
                .matching(names)
                .globally()
                .allowStyling(STYLING)
                .toFactory();
    }

    private static @Nullable String names(String value) {
        String kept = LetterStyles.names(value);
        return kept.isEmpty() ? null : kept;
    }

    /// A link leads to the web or an address; nothing else is one.
    private static @Nullable String link(String value) {
        String url = value.strip();
        int colon = url.indexOf(':');
        return url.length() <= LONGEST_URL
                        && colon > 0
                        && PROTOCOLS.contains(url.substring(0, colon).toLowerCase(Locale.ROOT))
                ? url
                : null;
    }

    private @Nullable String picture(String value) {
        String url = value.strip();
        String lower = url.substring(0, Math.min(url.length(), 32)).toLowerCase(Locale.ROOT);
        if (lower.startsWith("cid:")) {
            return pictures.inLetter(url.substring(4));
        }
        if (lower.startsWith("data:")) {
            boolean known =
                    lower.startsWith("data:image/png;")
                            || lower.startsWith("data:image/jpeg;")
                            || lower.startsWith("data:image/gif;")
                            || lower.startsWith("data:image/webp;");
            return known && url.length() <= LONGEST_DATA ? url : null;
        }
        boolean remote = lower.startsWith("https://") || lower.startsWith("http://");
        if (!remote || url.length() > LONGEST_URL) {
            return null;
        }
        String address = pictures.elsewhere(url);
        if (address == null) {
            held++;
        }
        return address;
    }

    /// A length in pixels or percent.
    private static @Nullable String number(String value) {
        String text = value.strip();
        boolean plain =
                !text.isEmpty()
                        && text.length() <= 6
                        && text.chars()
                                .allMatch(c -> (c >= '0' && c <= '9') || c == '%' || c == '.');
        return plain ? text : null;
    }

    /// Whether a letter brings colours of its own, which a dark page would make unreadable.
    static boolean coloured(String html) {
        String lower = html.toLowerCase(Locale.ROOT);
        for (String sign : List.of("bgcolor", "background", "color:", "color =", "<font")) {
            if (lower.contains(sign)) {
                return true;
            }
        }
        return false;
    }

    /// Text as HTML: nothing of it is markup.
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 32);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String as = ESCAPES.get(c);
            if (as != null) {
                out.append(as);
            } else if (c >= ' ' || c == '\n' || c == '\t') {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static final Map<Character, String> ESCAPES =
            Map.of('&', "&amp;", '<', "&lt;", '>', "&gt;", '"', "&quot;", '\'', "&#39;");

    /// Marks links whose text names another site than they lead to, and makes all open elsewhere.
    /// Reads what the sanitizer wrote: every attribute quoted, every element closed.
    static final class LinkMarks {
        private static final String OPEN = "<a ";
        private static final String ADDRESS = " href=\"";
        private static final String CLOSE = "</a>";
        private static final String ELSEWHERE =
                "<a target=\"_blank\" rel=\"noopener noreferrer nofollow\"";

        private LinkMarks() {}

        static String mark(String html) {
            StringBuilder out = new StringBuilder(html.length() + 256);
            int at = 0;
            for (int open = html.indexOf(OPEN); open >= 0; open = html.indexOf(OPEN, at)) {
                int tagEnd = html.indexOf('>', open);
                int close = html.indexOf(CLOSE, open);
                if (tagEnd < 0 || close < 0) {
                    break;
                }
                int address = html.indexOf(ADDRESS, open);
                out.append(html, at, open).append(ELSEWHERE);
                at = open + OPEN.length() - 1;
                if (address >= 0 && address < tagEnd && tagEnd < close) {
                    int from = address + ADDRESS.length();
                    String url = plain(html.substring(from, html.indexOf('"', from)));
                    if (odd(plain(html.substring(tagEnd + 1, close)), url)) {
                        out.append(" class=\"facteur-odd\"");
                    }
                }
            }
            return out.append(html, at, html.length()).toString();
        }

        /// Text between tags, its entities undone as far as the sanitizer writes them.
        private static String plain(String html) {
            StringBuilder text = new StringBuilder();
            boolean tag = false;
            for (int i = 0; i < html.length(); i++) {
                char c = html.charAt(i);
                tag = c == '<' || (tag && c != '>');
                if (!tag && c != '>') {
                    text.append(c);
                }
            }
            String undone = text.toString();
            for (String[] each :
                    new String[][] {
                        {"&#61;", "="}, {"&#64;", "@"}, {"&#43;", "+"}, {"&#39;", "'"},
                        {"&#34;", "\""}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}
                    }) {
                undone = undone.replace(each[0], each[1]);
            }
            return undone.strip();
        }

        /// Whether a text that names a site names another one than the link's.
        static boolean odd(String text, String url) {
            String shown = host(text.toLowerCase(Locale.ROOT));
            String real = host(url.toLowerCase(Locale.ROOT));
            if (shown.isEmpty() || real.isEmpty() || !url.contains("://")) {
                return false;
            }
            return !site(shown).equals(site(real));
        }

        /// The host in a text that is an address of the web and nothing else; else empty.
        private static String host(String text) {
            int scheme = text.indexOf("://");
            boolean web = scheme > 0 && text.startsWith("http");
            if (!web && (scheme >= 0 || !text.startsWith("www."))) {
                return "";
            }
            int from = web ? scheme + 3 : 0;
            int end = from;
            while (end < text.length() && "/?#:".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            String host = text.substring(from, end);
            host = host.substring(host.lastIndexOf('@') + 1);
            boolean named = host.indexOf('.') > 0 && host.chars().noneMatch(c -> c <= ' ');
            return named ? host : "";
        }

        /// The part of a name that one owner registers, as far as its form tells.
        private static String site(String host) {
            List<String> labels = labels(host);
            int last = labels.size() - 1;
            boolean second =
                    last >= 2
                            && labels.get(last).length() == 2
                            && labels.get(last - 1).length() <= 3;
            int from = Math.max(0, last - (second ? 2 : 1));
            return String.join(".", labels.subList(from, last + 1));
        }

        private static List<String> labels(String host) {
            List<String> labels = new ArrayList<>();
            int from = 0;
            for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', from)) {
                labels.add(host.substring(from, dot));
                from = dot + 1;
            }
            labels.add(host.substring(from));
            return labels;
        }
    }
}
