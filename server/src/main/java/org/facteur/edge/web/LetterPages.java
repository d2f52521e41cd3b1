package org.facteur.edge.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.facteur.core.account.AccountId;
import org.facteur.core.login.WebSessions;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterId;
import org.facteur.net.http.Exchange;
import org.facteur.wire.mime.Part;
import org.jspecify.annotations.Nullable;

/// Letters' texts, their pictures and their octets, under `/m/`.
///
/// `/m/L12/body.html` is a document for a frame; `?images=1` with pictures of other sites,
/// `?dark=1` for a dark page, `?quote=1` as it is put into an answer. `/m/L12/part/3` is a picture
/// of the letter, `/m/L12/source.txt` the letter as it came.
final class LetterPages {
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int MOST_PICTURE = 20 << 20;
    private static final long MOST_SOURCE = 1 << 20;

    /// Letters do not change.
    private static final String KEPT = "private, max-age=86400, immutable";

    /// In a frame of ours the document keeps our origin, so that the page around it can measure it
    /// and hear its keys; anywhere else it has none. Scripts run in neither.
    private static final String POLICY =
            "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; font-src 'self';"
                    + " form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox"
                    + " allow-popups allow-popups-to-escape-sandbox";

    private final WebServices services;
    private final Visitors visitors;
    private final PictureProxy proxy;
    private final LetterDocument document;

    LetterPages(WebServices services, Visitors visitors, PictureProxy proxy, Assets assets) {
        this.services = services;
        this.visitors = visitors;
        this.proxy = proxy;
        this.document = new LetterDocument(assets.font().orElse(""));
    }

    void handle(Exchange exchange) throws IOException {
        WebSessions.Live live = visitors.find(exchange).orElse(null);
        if (live == null) {
            exchange.problem(UNAUTHORIZED, "nobody is signed in");
            return;
        }
        String[] names = exchange.path().split("/", 6);
        Optional<LetterId> id = names.length < 4 ? Optional.empty() : OpenedLetter.id(names[2]);
        LetterBox box = services.boxes().open(live.actor());
        OpenedLetter opened = id.flatMap(each -> OpenedLetter.open(box, each)).orElse(null);
        if (opened == null) {
            exchange.problem(NOT_FOUND, "there is no such letter");
            return;
        }
        try (opened) {
            switch (names[3]) {
                case "body.html" -> body(exchange, opened, live.actor().account());
                case "source.txt" -> source(exchange, opened);
                case "part" -> part(exchange, opened, names.length == 5 ? names[4] : "");
                default -> exchange.problem(NOT_FOUND, "there is nothing here");
            }
        }
    }

    private static boolean flag(Exchange exchange, String name) {
        return exchange.parameter(name).filter("1"::equals).isPresent();
    }

    private void body(Exchange exchange, OpenedLetter letter, AccountId account)
            throws IOException {
        boolean images = flag(exchange, "images");
        boolean quote = flag(exchange, "quote");
        LetterDocument.Look look =
                new LetterDocument.Look(
                        flag(exchange, "dark"), quote, SignInPages.language(exchange));
        LetterHtml html =
                new LetterHtml(
                        quote ? AsWritten.INSTANCE : new Shown(letter, images ? account : null));
        String page = document.write(letter, html, look);
        exchange.set(
                "Content-Security-Policy",
                framed(exchange) ? POLICY + " allow-same-origin" : POLICY);
        exchange.set("Cache-Control", KEPT);
        exchange.set("Vary", "Sec-Fetch-Dest, Cookie");
        exchange.send(OK, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    /// Whether a frame of ours asks, itself or through the page's service worker, whose requests
    /// are for nothing in particular. A document of its own is asked for as such and keeps no
    /// origin.
    private static boolean framed(Exchange exchange) {
        String what = exchange.header("Sec-Fetch-Dest").orElse("");
        boolean ours = exchange.header("Sec-Fetch-Site").filter("same-origin"::equals).isPresent();
        return what.equals("iframe") || (what.equals("empty") && ours);
    }

    /// Pictures as a frame shows them.
    private final class Shown implements LetterHtml.Pictures {
        private final OpenedLetter letter;
        private final @Nullable AccountId account;

        /// @param account for whom pictures of other sites are signed; null for none
        Shown(OpenedLetter letter, @Nullable AccountId account) {
            this.letter = letter;
            this.account = account;
        }

        @Override
        public @Nullable String inLetter(String contentId) {
            return letter.byContentId(contentId)
                    .filter(ShownParts::picture)
                    .map(part -> "/m/L" + letter.id() + "/part/" + part.number())
                    .orElse(null);
        }

        @Override
        public @Nullable String elsewhere(String url) {
            return account == null ? null : proxy.address(account, url);
        }
    }

    /// Pictures as the letter names them: for an answer, which the page puts together.
    private enum AsWritten implements LetterHtml.Pictures {
        INSTANCE;

        @Override
        public String inLetter(String contentId) {
            return "cid:" + contentId;
        }

        @Override
        public String elsewhere(String url) {
            return url;
        }
    }

    private static void source(Exchange exchange, OpenedLetter letter) throws IOException {
        exchange.set("Cache-Control", "private, no-store");
        try (InputStream in = letter.source(MOST_SOURCE);
                OutputStream out = exchange.stream(OK, "text/plain; charset=utf-8")) {
            in.transferTo(out);
        }
    }

    private static void part(Exchange exchange, OpenedLetter letter, String number)
            throws IOException {
        Part part =
                letter.anatomy().parts().stream()
                        .filter(each -> Integer.toString(each.number()).equals(number))
                        .filter(ShownParts::picture)
                        .findFirst()
                        .orElse(null);
        byte[] octets = part == null ? new byte[0] : letter.octets(part, MOST_PICTURE);
        String type = PictureKind.of(octets).map(PictureKind::type).orElse("");
        if (type.isEmpty()) {
            exchange.problem(NOT_FOUND, "there is no such picture");
            return;
        }
        exchange.set("Cache-Control", KEPT);
        exchange.send(OK, type, octets);
    }
}
