package org.facteur.edge.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Account;
import org.facteur.core.login.LoginResult;
import org.facteur.core.login.WebSessions;
import org.facteur.net.http.Exchange;
import org.facteur.wire.text.SyntaxFault;

/// Mail without scripts, for slow lines and plain browsers: `/lite`.
///
/// What changes something is a form that carries a key made for its reader's session by a secret of
/// this process; a browser that says where a form comes from must name this server.
final class LitePages {
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int UNAUTHORIZED = 401;
    private static final int MOST_FORM = 1 << 20;

    private final WebServices services;
    private final Visitors visitors;
    private final SignInPages signIn;
    private final LiteReading reading;
    private final LiteWriting writing;
    private final SecretKeySpec key;

    /// Who reads, and the key of their forms.
    record Reader(WebSessions.Live live, Account account, String formKey) {}

    LitePages(WebServices services, Visitors visitors, SignInPages signIn) {
        this.services = services;
        this.visitors = visitors;
        this.signIn = signIn;
        this.reading = new LiteReading(services.boxes());
        this.writing = new LiteWriting(services);
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    void handle(Exchange exchange) throws IOException {
        Optional<Reader> reader = reader(exchange);
        LiteView view = new LiteView(exchange, SignInPages.language(exchange));
        boolean asks = exchange.method().equals("GET") || exchange.method().equals("HEAD");
        if (asks) {
            if (reader.isEmpty()) {
                door(view, "");
            } else {
                show(exchange, view, reader.get());
            }
            return;
        }
        if (!exchange.method().equals("POST") || foreign(exchange)) {
            view.send(FORBIDDEN, "403", "<p>403</p>");
            return;
        }
        LiteForm form = LiteForm.parse(exchange.body(MOST_FORM));
        if (exchange.path().equals("/lite/sign-in")) {
            enter(exchange, view, form);
        } else if (reader.isEmpty()) {
            door(view, "");
        } else if (!same(reader.get().formKey(), form.text("key"))) {
            view.send(FORBIDDEN, "403", "<p>403</p>");
        } else {
            act(exchange, view, reader.get(), form);
        }
    }

    private Optional<Reader> reader(Exchange exchange) {
        return visitors.session(exchange)
                .filter(live -> !live.mustChange())
                .flatMap(
                        live ->
                                services.directory()
                                        .findAccount(live.actor().account())
                                        .map(each -> new Reader(live, each, formKey(live))));
    }

    /// Whether another site made the request; a browser that says nothing is asked for the key.
    private static boolean foreign(Exchange exchange) {
        Optional<String> origin = exchange.header("Origin");
        Optional<String> site = exchange.header("Sec-Fetch-Site");
        return (origin.isPresent() && !Visitors.sameOrigin(exchange))
                || site.filter(each -> !each.equals("same-origin") && !each.equals("none"))
                        .isPresent();
    }

    private void show(Exchange exchange, LiteView view, Reader reader) throws IOException {
        String[] names = exchange.path().split("/", 5);
        String what = names.length < 3 ? "" : names[2];
        String which = names.length < 4 ? "" : names[3];
        try {
            switch (what) {
                case "", "box" -> reading.list(exchange, view, reader, which);
                case "letter" -> reading.letter(exchange, view, reader, which);
                case "write" -> writing.form(exchange, view, reader);
                default -> missing(view);
            }
        } catch (Refusal refused) {
            refused(view, refused);
        }
    }

    private void act(Exchange exchange, LiteView view, Reader reader, LiteForm form)
            throws IOException {
        try {
            switch (exchange.path()) {
                case "/lite/act" -> reading.act(view, reader, form);
                case "/lite/send" -> writing.send(view, reader, form);
                case "/lite/sign-out" -> {
                    signIn.leave(exchange);
                    view.go("/lite");
                }
                default -> missing(view);
            }
        } catch (Refusal refused) {
            refused(view, refused);
        } catch (SyntaxFault _) {
            told(view, view.say("This cannot be read.", "Ceci ne se lit pas."));
        }
    }

    private static void refused(LiteView view, Refusal refused) throws IOException {
        if (refused.reason() == Refusal.Reason.NOT_FOUND) {
            missing(view);
        } else {
            told(view, refused.sentence().in(view.language()));
        }
    }

    private static void told(LiteView view, String sentence) throws IOException {
        view.send(
                view.say("Not done", "Pas fait"),
                "<p class=\"told\" role=\"alert\">"
                        + LiteView.escape(sentence)
                        + "</p><p><a href=\"/lite\">"
                        + view.word("Back to your letters", "Retour au courrier")
                        + "</a></p>");
    }

    private static void missing(LiteView view) throws IOException {
        view.send(
                NOT_FOUND,
                view.say("Nothing is here", "Il n’y a rien ici"),
                "<h1>"
                        + view.word("Nothing is here", "Il n’y a rien ici")
                        + "</h1><p><a href=\"/lite\">"
                        + view.word("Back to your letters", "Retour au courrier")
                        + "</a></p>");
    }

    /// The page for those who are not signed in.
    ///
    /// @param told why it did not work; empty for nothing
    private static void door(LiteView view, String told) throws IOException {
        String title = view.say("Sign in to your mail", "Entrer dans votre courrier");
        view.send(
                told.isEmpty() ? 200 : UNAUTHORIZED,
                title,
                "<h1>"
                        + LiteView.escape(title)
                        + "</h1>"
                        + (told.isEmpty()
                                ? ""
                                : "<p class=\"told\" role=\"alert\">"
                                        + LiteView.escape(told)
                                        + "</p>")
                        + "<form method=\"post\" action=\"/lite/sign-in\"><label for=\"name\">"
                        + view.word("Email address", "Adresse électronique")
                        + "</label><input class=\"wide\" id=\"name\" name=\"name\" type=\"email\""
                        + " autocomplete=\"username\" required><label for=\"password\">"
                        + view.word("Password", "Mot de passe")
                        + "</label><input class=\"wide\" id=\"password\" name=\"password\""
                        + " type=\"password\" autocomplete=\"current-password\" required><p><button>"
                        + view.word("Sign in", "Entrer")
                        + "</button></p></form><p><a href=\"/login\">"
                        + view.word("The full pages", "Les pages complètes")
                        + "</a></p>");
    }

    private void enter(Exchange exchange, LiteView view, LiteForm form) throws IOException {
        Optional<LoginResult.Granted> granted =
                signIn.enter(exchange, form.text("name").strip(), form.text("password"));
        if (granted.isEmpty()) {
            door(
                    view,
                    services.login().blocked(exchange.source())
                            ? view.say(
                                    "Too many attempts. Try again in an hour.",
                                    "Trop d’essais. Réessayez dans une heure.")
                            : view.say(
                                    "The address or the password is not right.",
                                    "L’adresse ou le mot de passe ne convient pas."));
        } else if (signIn.mustChange(granted.get().actor())) {
            door(
                    view,
                    view.say(
                            "First choose your own password in the full pages.",
                            "Choisissez d’abord votre mot de passe dans les pages complètes."));
        } else {
            view.go("/lite");
        }
    }

    private String formKey(WebSessions.Live live) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            String session = live.actor().account() + "/" + live.session().number();
            return HexFormat.of()
                    .formatHex(mac.doFinal(session.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HMAC", missing);
        }
    }

    private static boolean same(String wanted, String given) {
        return MessageDigest.isEqual(
                wanted.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
