package org.facteur.main;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.facteur.base.config.Setting;
import org.facteur.core.account.Account;
import org.facteur.core.account.NewAccount;
import org.facteur.core.account.Profile;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.login.WebSessions;
import org.facteur.core.submission.SubmissionDesk;
import org.facteur.edge.admin.AdminDesk;
import org.facteur.edge.jmap.Authenticator;
import org.facteur.edge.jmap.Caller;
import org.facteur.edge.web.Caretaking;
import org.facteur.edge.web.FirstRun;
import org.facteur.edge.web.Visitors;
import org.facteur.edge.web.WebPages;
import org.facteur.edge.web.WebServices;
import org.facteur.net.fetch.HttpsFetch;
import org.facteur.net.http.HttpHandler;
import org.jspecify.annotations.Nullable;

/// The pages, put together.
final class Pages {
    private final PostOffice office;
    private final WebSessions sessions;
    private final FirstRun firstRun;
    private final WebPages pages;

    Pages(PostOffice office, Node.Plan plan, HttpsFetch fetch, SubmissionDesk desk) {
        this.office = office;
        this.sessions = new WebSessions(office.directory(), office.login(), office.clock());
        this.firstRun =
                new FirstRun(
                        office.directory()::administered,
                        wanted -> found(office, wanted),
                        office.clock());
        long letterBytes = office.settings().number(Setting.LETTER_BYTES);
        this.pages =
                new WebPages(
                        new WebServices(
                                new WebServices.Entry(
                                        office.login(), sessions, office.credentials()),
                                office.directory(),
                                office.boxes(),
                                new WebPictures(fetch, plan.names().exchangers()),
                                caretaking(plan),
                                new WebServices.Outbox(
                                        desk,
                                        () -> new LetterWriter(office.boxes().blobs(), letterBytes),
                                        office.clock())),
                        Pages::hold);
    }

    private Caretaking caretaking(Node.Plan plan) {
        AtomicReference<@Nullable AdminDesk> known = new AtomicReference<>();
        // Loading the command line takes a while: not before the first verb.
        Supplier<AdminDesk> desk =
                () ->
                        Objects.requireNonNull(
                                known.updateAndGet(
                                        each -> each == null ? AdminVerbs.desk(office) : each));
        return new Caretaking(
                (path, body, language) -> desk.get().perform(path, body, language),
                new PublishedRecords(office, plan.file().hostname(), plan.names().live()),
                () -> new Checkup(office, plan.data()).findings(),
                office.queue().timelines(),
                firstRun);
    }

    /// A domain, where it is not here yet, and the first person in it.
    private static Account found(PostOffice office, FirstRun.Founding wanted) {
        if (office.directory().findDomain(wanted.domain()).isEmpty()) {
            office.directoryEditor().addDomain(wanted.domain(), null);
        }
        office.domainKeys().ensure(wanted.domain());
        NewAccount person =
                new NewAccount(
                        wanted.address(), Profile.of(wanted.name(), wanted.language()), true);
        Account made = AccountAdd.create(office, person, wanted.password(), false).account();
        office.directoryEditor().setAdministrator(made.id(), true);
        return made;
    }

    /// The link by which somebody begins.
    FirstRun firstRun() {
        return firstRun;
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
