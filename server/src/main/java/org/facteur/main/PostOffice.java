package org.facteur.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.facteur.base.config.Setting;
import org.facteur.base.event.EventSink;
import org.facteur.core.account.Directory;
import org.facteur.core.account.DirectoryEditor;
import org.facteur.core.account.DomainKeys;
import org.facteur.core.change.Hints;
import org.facteur.core.contact.Contacts;
import org.facteur.core.contact.Correspondents;
import org.facteur.core.contact.People;
import org.facteur.core.deliver.Delivery;
import org.facteur.core.deliver.OwnerNotices;
import org.facteur.core.deliver.QuotaGrace;
import org.facteur.core.filter.ContentModel;
import org.facteur.core.filter.Judge;
import org.facteur.core.login.CredentialEditor;
import org.facteur.core.login.Login;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.queue.Queue;
import org.facteur.core.queue.RetrySchedule;
import org.facteur.core.queue.RouteBook;
import org.facteur.core.report.DmarcReportShelf;
import org.facteur.core.report.DmarcResults;
import org.facteur.core.report.TlsReportShelf;
import org.facteur.core.report.TlsResults;
import org.facteur.core.search.SearchIndex;
import org.facteur.core.shelf.Shelf;
import org.facteur.core.sieve.Scripts;
import org.facteur.core.trust.DomainSigner;
import org.facteur.store.embedded.EmbeddedEngine;
import org.facteur.store.embedded.EmbeddedSettings;
import org.facteur.store.kv.Engine;
import org.facteur.store.kv.EngineStore;
import org.facteur.store.kv.Store;
import org.facteur.wire.sieve.SieveLimits;

/// The services of a post office over one store, built in order. Any thread.
public final class PostOffice implements AutoCloseable {
    private static final long IMAGE_BYTES = 64L << 20;

    private final Engine engine;
    private final Store store;
    private final InstantSource clock;
    private final SearchIndex index;
    private final Hints hints = new Hints();
    private final Settings settings;
    private final Directory directory;
    private final DirectoryEditor directoryEditor;
    private final DomainKeys domainKeys;
    private final Login login;
    private final CredentialEditor credentials;
    private final LetterBoxes boxes;
    private final Queue queue;
    private final RouteBook routes;
    private final QuotaGrace grace;
    private final TlsResults tlsResults;
    private final TlsReportShelf tlsReports;
    private final DmarcResults dmarcResults;
    private final DmarcReportShelf dmarcReports;
    private final Scripts scripts;
    private final Delivery delivery;
    private final Judge judge;
    private final Shelf shelf;
    private final Correspondents correspondents;
    private final People people;
    private final OwnerNotices notices;
    private final EventSink events;

    /// Over an engine, which is closed with it.
    ///
    /// @param data where what belongs to the store but is not in it lies
    PostOffice(Engine engine, Path data, InstantSource clock, EventSink events) {
        index = new SearchIndex(data.resolve("index"));
        this.engine = engine;
        this.clock = clock;
        this.events = events;
        store = new EngineStore(engine, new SecureRandom(), clock);
        settings = new Settings(store);
        directory = new Directory(store);
        directoryEditor = new DirectoryEditor(directory, clock);
        domainKeys = new DomainKeys(directory);
        login = new Login(directory, clock, events);
        credentials = new CredentialEditor(directory, login, clock);
        boxes = new LetterBoxes(store, directory, hints, clock, IMAGE_BYTES);
        queue = new Queue(store, clock, settings::retries, events);
        routes = new RouteBook(store);
        scripts = new Scripts(store, hints, clock, SieveLimits.STANDARD);
        grace = new QuotaGrace(store, directory, boxes, clock, settings::grace);
        tlsResults = new TlsResults(store, clock);
        tlsReports = new TlsReportShelf(store, directory, clock);
        shelf = new Shelf(store, hints, clock);
        correspondents = new Correspondents(shelf, directory, clock);
        people = new People(shelf, new Contacts(shelf), correspondents, clock);
        dmarcResults = new DmarcResults(store, clock);
        dmarcReports = new DmarcReportShelf(store, directory, clock);
        delivery =
                new Delivery(directory, new Delivery.Boxes(boxes, scripts), queue, clock, events)
                        .with(grace)
                        .with(
                                consignment -> {
                                    tlsReports.accepted(consignment);
                                    dmarcReports.accepted(consignment);
                                })
                        .with(
                                new DomainSigner(
                                        directory,
                                        domainKeys,
                                        () -> settings.on(Setting.SIGNATURES),
                                        clock))
                        .withSubmissions(correspondents.watch());
        judge =
                new Judge(
                        ContentModel::shipped,
                        () ->
                                new Judge.Rules(
                                        settings.on(Setting.JUNK),
                                        settings.on(Setting.ATTACHMENTS)),
                        correspondents::isKnown);
        notices = new OwnerNotices(delivery, directory, clock);
    }

    /// Opens the store in a data directory, making both when they are not there.
    ///
    /// @throws IOException when it cannot be opened; the message is for the administrator
    static PostOffice open(Path data, EventSink events) throws IOException {
        makePrivate(data);
        return new PostOffice(openEngine(data), data, InstantSource.system(), events);
    }

    /// Opens the store alone.
    ///
    /// @param data a directory that is there
    static Engine openEngine(Path data) throws IOException {
        return EmbeddedEngine.open(EmbeddedSettings.of(data.resolve("store")));
    }

    /// Whether a data directory holds a store.
    static boolean exists(Path data) {
        return Files.isDirectory(data.resolve("store"));
    }

    /// Makes a directory only its owner can enter, or makes sure that an existing one is such.
    static void makePrivate(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            var permissions = Files.getPosixFilePermissions(directory);
            if (!permissions.equals(PosixFilePermissions.fromString("rwx------"))) {
                Files.setPosixFilePermissions(
                        directory, PosixFilePermissions.fromString("rwx------"));
            }
            return;
        }
        Files.createDirectories(
                directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    Engine engine() {
        return engine;
    }

    Store store() {
        return store;
    }

    InstantSource clock() {
        return clock;
    }

    /// What is known of the words in letters.
    SearchIndex index() {
        return index;
    }

    /// Tells of accounts that changed.
    Hints hints() {
        return hints;
    }

    Settings settings() {
        return settings;
    }

    Directory directory() {
        return directory;
    }

    DirectoryEditor directoryEditor() {
        return directoryEditor;
    }

    DomainKeys domainKeys() {
        return domainKeys;
    }

    Login login() {
        return login;
    }

    CredentialEditor credentials() {
        return credentials;
    }

    LetterBoxes boxes() {
        return boxes;
    }

    Queue queue() {
        return queue;
    }

    RouteBook routes() {
        return routes;
    }

    Scripts scripts() {
        return scripts;
    }

    /// Small things of accounts.
    Shelf shelf() {
        return shelf;
    }

    /// Cards, and whom people have written to.
    People people() {
        return people;
    }

    Delivery delivery() {
        return delivery;
    }

    /// How encrypted lines to other domains fared.
    TlsResults tlsResults() {
        return tlsResults;
    }

    /// What others report on encrypted lines to us.
    TlsReportShelf tlsReports() {
        return tlsReports;
    }

    /// Tells junk from letters.
    Judge judge() {
        return judge;
    }

    /// Who wrote in the name of domains that want to know.
    DmarcResults dmarcResults() {
        return dmarcResults;
    }

    /// What others report on letters in our name.
    DmarcReportShelf dmarcReports() {
        return dmarcReports;
    }

    /// Letters to owners about their boxes.
    OwnerNotices notices() {
        return notices;
    }

    /// Tells owners of full boxes, and forgets those that have room again.
    void reviewQuotas() {
        grace.review(notices);
    }

    EventSink events() {
        return events;
    }

    /// Ends the services, the store last.
    @Override
    public void close() {
        List<AutoCloseable> inOrder = List.of(login, index, store, engine);
        for (AutoCloseable each : inOrder) {
            try {
                each.close();
            } catch (Exception failed) {
                throw new IllegalStateException("closing the post office failed", failed);
            }
        }
    }

    RetrySchedule retries() {
        return settings.retries();
    }
}
