package org.facteur.main;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.facteur.core.login.WebSessions;
import org.facteur.edge.jmap.Authenticator;
import org.facteur.edge.jmap.Caller;
import org.facteur.edge.web.Visitors;
import org.facteur.edge.web.WebPages;
import org.facteur.edge.web.WebServices;
import org.facteur.net.fetch.HttpsFetch;
import org.facteur.net.http.HttpHandler;
import org.facteur.net.listen.Network;
import org.facteur.net.tls.ClientContexts;
import org.facteur.net.tls.PeerTrust;

/// The pages, put together.
final class Pages {
    private final PostOffice office;
    private final WebSessions sessions;
    private final WebPages pages;
    private final HttpsFetch fetch;

    Pages(PostOffice office, Node.Plan plan, Network network) {
        this.office = office;
        this.sessions = new WebSessions(office.directory(), office.login(), office.clock());
        this.fetch =
                new HttpsFetch(
                        network, new ClientContexts(), PeerTrust.standard(), HttpsFetch::isGlobal);
        this.pages =
                new WebPages(
                        new WebServices(
                                office.login(),
                                sessions,
                                office.credentials(),
                                office.directory(),
                                office.boxes(),
                                new WebPictures(fetch, plan.names().exchangers())),
                        Pages::hold);
    }

    /// Who is signed in by a browser's cookie, for the requests that its pages send.
    Authenticator callers() {
        Visitors visitors = new Visitors(sessions);
        return exchange ->
                visitors.find(exchange)
                        .flatMap(
                                live ->
                                        office.directory()
                                                .findAccount(live.actor().account())
                                                .map(each -> new Caller(live.actor(), each)));
    }

    /// What asks other sites, with its guard.
    HttpsFetch fetch() {
        return fetch;
    }

    /// Who answers which paths.
    Map<String, HttpHandler> routes() {
        return pages.routes();
    }

    /// Waits; a thread that is to stop does so at once.
    private static void hold(Duration time) {
        try {
            if (new Semaphore(0).tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("nobody gives permits");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
