package org.facteur.main;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.facteur.base.config.Service;
import org.facteur.base.config.Setting;
import org.facteur.core.bulk.BulkDesk;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.push.PushKey;
import org.facteur.core.push.PushSubscriptions;
import org.facteur.core.snooze.SnoozeDesk;
import org.facteur.core.submission.Agenda;
import org.facteur.core.submission.SubmissionDesk;
import org.facteur.edge.jmap.JmapServer;
import org.facteur.edge.jmap.JmapServices;
import org.facteur.edge.jmap.JmapSettings;
import org.facteur.edge.jmap.PasswordAuthenticator;
import org.facteur.edge.jmap.PushCourier;
import org.facteur.edge.jmap.PushPost;
import org.facteur.edge.smtp.SmtpServices;
import org.facteur.net.http.HttpHandler;
import org.facteur.net.http.HttpLimits;
import org.facteur.net.http.HttpRoutes;
import org.facteur.net.http.WebServer;
import org.facteur.net.tls.Certificates;
import org.jspecify.annotations.Nullable;

/// What is served by HTTP, and where. One thread; makes no server and no pages before somebody is
/// to be served, so that letters need not wait for them after a start.
final class WebDoors implements AutoCloseable {
    private final PostOffice office;
    private final Node.Plan plan;
    private final Certificates certificates;
    private final Supplier<Pages> pages;
    private final SubmissionDesk desk;
    private final SnoozeDesk snoozes;
    private final BulkDesk bulk;
    private final PushCourier push;
    private final List<Bound> bound = new CopyOnWriteArrayList<>();
    private @Nullable Pages made;
    private @Nullable WebServer server;

    /// A listener.
    record Bound(Service service, InetSocketAddress address) {}

    /// What sending letters takes.
    ///
    /// @param push brings messages to push services
    record Sending(Agenda agenda, SubmissionDesk desk, PushPost push) {}

    /// Takes letters from mailboxes.
    ///
    /// @param caps shared with submission by SMTP
    static SubmissionDesk desk(
            PostOffice office, Node.Plan plan, Agenda agenda, SmtpServices.Caps caps) {
        return new SubmissionDesk(
                office.shelf(),
                agenda,
                office.directory(),
                new SubmissionDesk.Post(
                        office.delivery(),
                        plan.hostname(),
                        office.settings().number(Setting.LETTER_BYTES),
                        (account, recipients) ->
                                caps.letters().take(account, 1)
                                        && caps.recipients().take(account, recipients)),
                office.clock());
    }

    WebDoors(
            PostOffice office,
            Node.Plan plan,
            Certificates certificates,
            Supplier<Pages> pages,
            Sending sending) {
        this.pages = pages;
        this.office = office;
        this.plan = plan;
        this.certificates = certificates;
        this.snoozes =
                new SnoozeDesk(office.shelf(), office.boxes(), sending.agenda(), office.clock());
        this.bulk =
                new BulkDesk(
                        office.shelf(),
                        office.boxes(),
                        sending.agenda(),
                        office.clock(),
                        work -> Thread.ofVirtual().name("bulk").start(work));
        this.push =
                new PushCourier(
                        new PushCourier.Sources(
                                office.shelf(),
                                office.boxes(),
                                new PushSubscriptions(office.shelf(), office.clock()),
                                new PushKey(office.store()),
                                office.login()::stillGood),
                        sending.push(),
                        office.clock(),
                        work -> Thread.ofVirtual().name("push-message").start(work),
                        "mailto:postmaster@" + plan.hostname().name());
        this.desk = sending.desk();
    }

    /// Takes an address; it answers after [#start].
    ///
    /// @param service HTTP or HTTPS
    void listen(Service service, InetSocketAddress address) throws IOException {
        boolean tls = service == Service.HTTPS;
        WebServer.Door door =
                tls
                        ? WebServer.Door.TLS
                        : address.getAddress().isLoopbackAddress()
                                ? WebServer.Door.LOCAL
                                : WebServer.Door.REDIRECT;
        bound.add(
                new Bound(
                        service,
                        server().listen(address, door, tls ? certificates.context() : null)));
    }

    private WebServer server() {
        WebServer known = server;
        if (known == null) {
            known =
                    new WebServer(
                            new WebServer.Site(
                                    new HttpRoutes(routes()),
                                    new HttpRoutes(Map.of()),
                                    Set.of(plan.hostname().name())),
                            HttpLimits.STANDARD);
            server = known;
        }
        return known;
    }

    /// Who answers which paths.
    private Map<String, HttpHandler> routes() {
        Map<String, HttpHandler> routes = new LinkedHashMap<>(rooms().routes());
        routes.putAll(jmap().routes());
        return routes;
    }

    private Pages rooms() {
        Pages known = made;
        if (known == null) {
            known = pages.get();
            made = known;
        }
        return known;
    }

    /// The link by which somebody begins this post office, where nobody looks after it.
    Optional<String> firstRun(String origin) {
        return rooms().firstRun().begin().map(origin::concat);
    }

    private JmapServer jmap() {
        long letterBytes = office.settings().number(Setting.LETTER_BYTES);
        return new JmapServer(
                new JmapServices(
                        List.of(rooms().callers(), new PasswordAuthenticator(office.login(), null)),
                        office.directory(),
                        office.boxes(),
                        () -> new LetterWriter(office.boxes().blobs(), letterBytes),
                        office.index(),
                        office.clock(),
                        new JmapServices.Extras(
                                office.shelf(),
                                new JmapServices.Desks(desk, snoozes, bulk),
                                office.credentials(),
                                office.scripts(),
                                office.people(),
                                push)),
                JmapSettings.STANDARD);
    }

    void start() throws IOException {
        WebServer known = server;
        if (known != null) {
            known.start();
            push.start(
                    () -> office.directory().accounts().stream().map(each -> each.id()).toList());
            office.hints().watchAll(push::changed);
        }
    }

    /// Where JMAP's session resource is for everybody, once it is served encrypted.
    Optional<String> session() {
        return bound.stream()
                .filter(each -> each.service() == Service.HTTPS)
                .findFirst()
                .map(each -> each.address().getPort())
                .map(port -> port == Service.HTTPS.port() ? "" : ":" + port)
                .map(port -> "https://" + plan.hostname().name() + port + "/jmap/session");
    }

    /// Where a browser finds the pages: encrypted where they are so served, else on this machine.
    Optional<String> origin() {
        for (Bound each : bound) {
            if (each.service() == Service.HTTPS) {
                int port = each.address().getPort();
                return Optional.of(
                        "https://"
                                + plan.hostname().name()
                                + (port == Service.HTTPS.port() ? "" : ":" + port));
            }
        }
        return bound.stream()
                .filter(each -> each.address().getAddress().isLoopbackAddress())
                .findFirst()
                .map(each -> "http://localhost:" + each.address().getPort());
    }

    List<Bound> bound() {
        return List.copyOf(bound);
    }

    @Override
    public void close() {
        push.close();
        WebServer known = server;
        if (known != null) {
            known.close();
        }
    }
}
