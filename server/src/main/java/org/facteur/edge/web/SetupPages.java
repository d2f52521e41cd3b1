package org.facteur.edge.web;

import java.io.IOException;
import java.util.Optional;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Language;
import org.facteur.base.word.Sentence;
import org.facteur.core.account.Account;
import org.facteur.core.login.Password;
import org.facteur.net.http.Exchange;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.text.SyntaxFault;
import tools.jackson.databind.JsonNode;

/// The first run: the page behind the link, and what it sends.
final class SetupPages {
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int CONFLICT = 409;
    private static final int LONGEST_NAME = 200;
    private static final Sentence NO_DOMAIN =
            new Sentence(
                    "This is no domain. It looks like example.org.",
                    "Ce n'est pas un domaine. Un domaine ressemble à exemple.fr.");
    private static final Sentence NO_ADDRESS =
            new Sentence(
                    "What stands before the @ may hold letters, digits, dots and hyphens.",
                    "Avant le @ : des lettres, des chiffres, des points et des tirets.");

    private final FirstRun firstRun;
    private final SignInPages signIn;
    private final Assets assets;

    SetupPages(FirstRun firstRun, SignInPages signIn, Assets assets) {
        this.firstRun = firstRun;
        this.signIn = signIn;
        this.assets = assets;
    }

    /// `/setup/TOKEN`: the application where the token opens, else nothing.
    void page(Exchange exchange) throws IOException {
        if (firstRun.opens(exchange.path().substring("/setup/".length()))) {
            assets.send(exchange, "/index.html");
        } else {
            new MissingPage(assets).send(exchange);
        }
    }

    /// What the page sends: a domain and its first person.
    void begin(Exchange exchange) throws IOException {
        if (!exchange.method().equals("POST")) {
            exchange.problem(NOT_ALLOWED, "POST only");
            return;
        }
        if (!Visitors.sameOrigin(exchange)) {
            exchange.problem(FORBIDDEN, "not from a page of this server");
            return;
        }
        JsonNode body = JsonForm.read(exchange);
        Language language = Language.of(JsonForm.text(body, "language"));
        String token = JsonForm.text(body, "token");
        if (!firstRun.opens(token)) {
            exchange.problem(NOT_FOUND, "there is nothing here");
            return;
        }
        Optional<FirstRun.Founding> wanted = wanted(exchange, body, language);
        if (wanted.isEmpty()) {
            return;
        }
        Optional<Account> made;
        try {
            made = firstRun.use(token, wanted.get());
        } catch (Refusal refused) {
            JsonForm.refuse(exchange, CONFLICT, refused, language);
            return;
        }
        if (made.isEmpty()) {
            exchange.problem(NOT_FOUND, "there is nothing here");
            return;
        }
        String address = made.get().address().toString();
        signIn.enter(exchange, address, JsonForm.text(body, "password"));
        exchange.sendJson(OK, JsonForm.object().put("address", address).toString());
    }

    private static Optional<FirstRun.Founding> wanted(
            Exchange exchange, JsonNode body, Language language) throws IOException {
        Domain domain;
        try {
            domain = Domain.parse(JsonForm.text(body, "domain").strip());
        } catch (SyntaxFault _) {
            JsonForm.refuse(exchange, CONFLICT, NO_DOMAIN.in(language));
            return Optional.empty();
        }
        EmailAddress address;
        try {
            address =
                    EmailAddress.parse(JsonForm.text(body, "person").strip() + "@" + domain.name());
        } catch (SyntaxFault _) {
            JsonForm.refuse(exchange, CONFLICT, NO_ADDRESS.in(language));
            return Optional.empty();
        }
        String name = JsonForm.text(body, "name").strip();
        return Optional.of(
                new FirstRun.Founding(
                        domain,
                        address,
                        name.substring(0, Math.min(name.length(), LONGEST_NAME)),
                        Password.of(JsonForm.text(body, "password")),
                        language));
    }
}
