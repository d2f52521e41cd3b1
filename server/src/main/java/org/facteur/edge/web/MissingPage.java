package org.facteur.edge.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.facteur.base.word.Language;
import org.facteur.net.http.Exchange;

/// What is said of an address where nothing is.
final class MissingPage {
    private static final int NOT_FOUND = 404;
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; img-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final String font;

    MissingPage(Assets assets) {
        this.font = assets.font().orElse("");
    }

    void send(Exchange exchange) throws IOException {
        boolean french = SignInPages.language(exchange) == Language.FRENCH;
        String page =
                """
                <!doctype html><html lang="%s"><meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark"><title>%s — Facteur</title>
                <link rel="icon" href="/icon.svg" type="image/svg+xml">
                <style>@font-face{font-family:A;src:url("%s")}
                body{margin:0;min-height:100vh;display:grid;place-items:center;font:1.06rem/1.6
                A,system-ui,sans-serif;background:light-dark(#f2f0ea,#101113);color:light-dark(#1d1f22,#eceae4)}
                main{max-width:30rem;padding:2rem}h1{font-size:1.5rem;margin:0 0 .5rem}
                a{color:light-dark(#1f5fbf,#8ab4f8)}</style>
                <main><h1>%s</h1><p>%s</p><p><a href="/">%s</a></p></main></html>
                """
                        .formatted(
                                french ? "fr" : "en",
                                french ? "Page introuvable" : "Page not found",
                                font,
                                french ? "Il n’y a rien à cette adresse" : "Nothing is here",
                                french
                                        ? "Le lien est incomplet, ou il a déjà servi."
                                        : "The link is incomplete, or was used already.",
                                french ? "Aller à votre courrier" : "Go to your mail");
        exchange.set("Content-Security-Policy", POLICY);
        exchange.send(NOT_FOUND, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }
}
