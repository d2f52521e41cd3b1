package org.facteur.edge.web;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.facteur.base.word.Language;
import org.facteur.base.word.Sentence;
import org.facteur.core.account.Account;
import org.facteur.core.login.WebSessions;
import org.facteur.core.queue.Timeline;
import org.facteur.net.http.Exchange;
import org.facteur.net.http.HttpAnswer;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Who one is and where one's letters are, for everybody; for administrators, the verbs of the
/// command line, the records of a domain and how the post office feels.
///
/// To anybody else the paths of administration are not there.
final class CarePages {
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int CONFLICT = 409;
    private static final int UNSUPPORTED = 415;
    private static final int LONGEST_BODY = 64 << 10;
    private static final int TIMELINES = 100;
    private static final String ADMIN = "/web/admin/";

    /// What verbs may be about: what people keep to themselves is not for pages.
    private static final Set<String> AREAS = Set.of("domain", "account", "alias", "group", "queue");

    /// What nobody does to themselves, for then nobody could undo it.
    private static final Set<String> NOT_ON_ONESELF = Set.of("remove", "disable");

    private static final Sentence ONESELF =
            new Sentence(
                    "This is your own account: ask another administrator.",
                    "C'est votre propre compte : demandez à un autre administrateur.");

    private final WebServices services;
    private final Visitors visitors;
    private final JsonMapper json = JsonMapper.builder().build();

    CarePages(WebServices services, Visitors visitors) {
        this.services = services;
        this.visitors = visitors;
    }

    private @Nullable Account visitor(Exchange exchange) throws IOException {
        WebSessions.Live live = visitors.find(exchange).orElse(null);
        Account account =
                live == null
                        ? null
                        : services.directory().findAccount(live.actor().account()).orElse(null);
        if (account == null) {
            exchange.problem(UNAUTHORIZED, "nobody is signed in");
        }
        return account;
    }

    /// `/web/me`: what the application shows to whom.
    void me(Exchange exchange) throws IOException {
        Account account = visitor(exchange);
        if (account != null) {
            exchange.sendJson(
                    OK, JsonForm.object().put("administrator", account.administrator()).toString());
        }
    }

    /// `/web/sent`: what became of the letters one sent in the last 30 days.
    void sent(Exchange exchange) throws IOException {
        Account account = visitor(exchange);
        if (account == null) {
            return;
        }
        ObjectNode answer = JsonForm.object();
        ArrayNode list = answer.putArray("letters");
        services.caretaking()
                .timelines()
                .sentBy(account.id(), TIMELINES)
                .forEach(each -> list.add(json(each)));
        exchange.sendJson(OK, answer.toString());
    }

    private static ObjectNode json(Timeline timeline) {
        ObjectNode one =
                JsonForm.object()
                        .put("id", timeline.id().toString())
                        .put("sender", timeline.sender())
                        .put("destination", timeline.destination())
                        .put("accepted", timeline.accepted().toString());
        ArrayNode steps = one.putArray("steps");
        for (Timeline.Step step : timeline.steps()) {
            ObjectNode row =
                    steps.addObject()
                            .put("at", step.at().toString())
                            .put("kind", step.kind().name().toLowerCase(Locale.ROOT))
                            .put("host", step.carriage().host())
                            .put("tls", step.carriage().tls())
                            .put("status", step.status())
                            .put("answer", step.answer())
                            .put("next", step.next() == null ? null : step.next().toString());
            ArrayNode recipients = row.putArray("recipients");
            step.recipients().forEach(recipients::add);
        }
        return one;
    }

    /// `/web/admin/…`.
    void admin(Exchange exchange) throws IOException {
        Account account = visitor(exchange);
        if (account == null) {
            return;
        }
        String what = exchange.path().substring(ADMIN.length());
        if (!account.administrator()) {
            exchange.problem(NOT_FOUND, "there is nothing here");
        } else if (what.equals("health") || what.equals("dns")) {
            if (exchange.method().equals("GET")) {
                look(exchange, what, account.language());
            } else {
                exchange.problem(NOT_ALLOWED, "GET only");
            }
        } else {
            perform(exchange, what, account);
        }
    }

    private void look(Exchange exchange, String what, Language known) throws IOException {
        Language language = exchange.parameter("language").map(Language::of).orElse(known);
        if (what.equals("health")) {
            health(exchange, language);
            return;
        }
        Domain domain = domain(exchange.parameter("domain").orElse(""));
        if (services.directory().findDomain(domain).isEmpty()) {
            exchange.problem(NOT_FOUND, "this domain is not served here");
            return;
        }
        ObjectNode answer = JsonForm.object();
        ArrayNode rows = answer.putArray("records");
        for (DnsTable.Line line : services.caretaking().dns().check(domain)) {
            ObjectNode row =
                    rows.addObject()
                            .put("name", line.name())
                            .put("type", line.type())
                            .put("value", line.value())
                            .put("state", line.state().name().toLowerCase(Locale.ROOT));
            ArrayNode found = row.putArray("found");
            line.found().forEach(found::add);
        }
        exchange.sendJson(OK, answer.toString());
    }

    private static Domain domain(String text) {
        return Domain.parse(text);
    }

    private void health(Exchange exchange, Language language) throws IOException {
        List<Caretaking.Finding> findings = services.caretaking().health().check();
        ObjectNode answer =
                JsonForm.object().put("good", findings.stream().allMatch(Caretaking.Finding::good));
        ArrayNode list = answer.putArray("checks");
        for (Caretaking.Finding each : findings) {
            list.addObject()
                    .put("what", each.what().in(language))
                    .put("good", each.good())
                    .put("state", each.state().in(language));
        }
        exchange.sendJson(OK, answer.toString());
    }

    private void perform(Exchange exchange, String what, Account account) throws IOException {
        int slash = what.indexOf('/');
        String area = slash < 0 ? what : what.substring(0, slash);
        if (slash < 0 || !AREAS.contains(area)) {
            exchange.problem(NOT_FOUND, "there is nothing here");
            return;
        }
        if (!exchange.method().equals("POST")) {
            exchange.problem(NOT_ALLOWED, "POST only");
            return;
        }
        if (!exchange.header("Content-Type").orElse("").startsWith("application/json")) {
            exchange.problem(UNSUPPORTED, "application/json only");
            return;
        }
        byte[] body = exchange.body(LONGEST_BODY);
        Language language =
                exchange.header("Accept-Language").map(Language::of).orElse(account.language());
        if (area.equals("account") && onOneself(what.substring(slash + 1), body, account)) {
            JsonForm.refuse(exchange, CONFLICT, ONESELF.in(language));
            return;
        }
        HttpAnswer answer = services.caretaking().verbs().perform("/v1/" + what, body, language);
        exchange.send(answer.status(), answer.type(), answer.body());
    }

    /// Whether an administrator is about to leave the post office without one.
    private boolean onOneself(String verb, byte[] body, Account account) {
        JsonNode asked;
        EmailAddress address;
        try {
            asked = json.readTree(body);
            JsonNode named = asked.get("address");
            if (named == null || !named.isString()) {
                return false;
            }
            address = EmailAddress.parse(named.stringValue());
        } catch (JacksonException | SyntaxFault _) {
            return false;
        }
        JsonNode resigns = asked.get("no-administrator");
        boolean grave =
                NOT_ON_ONESELF.contains(verb)
                        || (resigns != null && resigns.isBoolean() && resigns.booleanValue());
        return grave
                && services.directory()
                        .findOwner(address)
                        .filter(each -> each.id().equals(account.id()))
                        .isPresent();
    }
}
