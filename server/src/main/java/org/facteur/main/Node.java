package org.facteur.main;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.facteur.base.config.NodeFile;
import org.facteur.base.config.Service;
import org.facteur.core.search.Indexer;
import org.facteur.core.submission.Agenda;
import org.facteur.core.submission.SubmissionDesk;
import org.facteur.edge.admin.AdminServer;
import org.facteur.edge.admin.AdminToken;
import org.facteur.edge.relay.Relay;
import org.facteur.edge.smtp.SmtpServices;
import org.facteur.net.dns.DaneRecords;
import org.facteur.net.dns.LiveRecords;
import org.facteur.net.dns.MailExchangers;
import org.facteur.net.dns.TextRecords;
import org.facteur.net.fetch.HttpsFetch;
import org.facteur.net.http.LoopbackService;
import org.facteur.net.http.TextPage;
import org.facteur.net.listen.Admission;
import org.facteur.net.listen.Listener;
import org.facteur.net.listen.ListenerSettings;
import org.facteur.net.listen.Network;
import org.facteur.net.tls.Certificates;
import org.facteur.net.tls.ClientContexts;
import org.facteur.net.tls.PeerTrust;
import org.facteur.wire.address.Domain;
import org.facteur.wire.auth.DnsLookup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running post office: the services, the listeners, the relay, and what is done now and then.
final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);
    private static final Duration UNUSED_BLOBS = Duration.ofHours(1);
    private static final long CHORES_SECONDS = 60;
    private static final long FIRST_LOOK_SECONDS = 3;

    private final PostOffice office;
    private final Network network;
    private final Certificates certificates;
    private final Relay relay;
    private final PopExpiry popExpiry;
    private final UploadExpiry uploadExpiry;
    private final Indexer indexer;
    private final TlsReports tlsReports;
    private final DmarcReports dmarcReports;
    private final WebDoors web;
    private final Agenda agenda;
    private final SmtpServices.Caps caps;
    private final List<Listener> listeners = new ArrayList<>();
    private final List<TextPage> pages = new ArrayList<>();
    private final List<LoopbackService> administration = new ArrayList<>();
    private final List<Advice> advice = new ArrayList<>();
    private final HeapTrim heap = new HeapTrim();
    private final ScheduledExecutorService chores =
            Executors.newSingleThreadScheduledExecutor(
                    work -> {
                        Thread thread = new Thread(work, "chores");
                        thread.setDaemon(true);
                        return thread;
                    });

    /// A standard port that could not be had, and why.
    record Advice(Service service, InetSocketAddress address, String reason) {}

    /// What a node is made of besides its office.
    ///
    /// @param hostname who it is
    record Plan(Domain hostname, NodeFile file, Path data, Names names, Metrics metrics) {}

    /// What is asked of other domains.
    ///
    /// @param exchangers where they receive
    /// @param dane what signed DNS says of their certificates
    /// @param proofs what is published about who may write
    /// @param live what the DNS says of this office's own domains
    record Names(
            MailExchangers exchangers,
            DaneRecords dane,
            TextRecords texts,
            DnsLookup proofs,
            LiveRecords live) {
        /// Where they receive, and nothing else.
        static Names of(MailExchangers exchangers) {
            return new Names(
                    exchangers,
                    DaneRecords.NONE,
                    TextRecords.NONE,
                    DnsLookup.NONE,
                    LiveRecords.NONE);
        }
    }

    /// What every conversation stands on. It needs no office, so that it can be made while the
    /// store is opened.
    ///
    /// @param certificates what the server shows
    record Ground(Network network, Certificates certificates) implements AutoCloseable {
        static Ground lay(Domain hostname, NodeFile file, Path data, InstantSource clock)
                throws IOException {
            Path tls = data.resolve("tls");
            PostOffice.makePrivate(tls);
            Network network = new Network(new Admission(Admission.Limits.DEFAULT));
            try {
                List<Certificates.PemPair> pairs =
                        file.tls().stream()
                                .map(
                                        each ->
                                                new Certificates.PemPair(
                                                        each.certificate(), each.key()))
                                .toList();
                return new Ground(
                        network,
                        pairs.isEmpty()
                                ? Certificates.selfSigned(tls, hostname.name(), clock)
                                : Certificates.of(pairs));
            } catch (IOException | RuntimeException failed) {
                network.close();
                throw failed;
            }
        }

        @Override
        public void close() {
            network.close();
        }
    }

    private Node(PostOffice office, Plan plan, Ground ground) {
        this.office = office;
        this.network = ground.network();
        this.certificates = ground.certificates();
        this.popExpiry = new PopExpiry(office);
        this.uploadExpiry = new UploadExpiry(office);
        this.indexer = new Indexer(office.index(), office.boxes());
        this.tlsReports = new TlsReports(office, plan, network);
        this.dmarcReports = new DmarcReports(office, plan);
        this.relay = Doors.relay(office, plan, network);
        this.caps = Doors.caps(office);
        this.agenda = new Agenda(office.store(), office.clock());
        SubmissionDesk desk = WebDoors.desk(office, plan, agenda, caps);
        HttpsFetch fetch =
                new HttpsFetch(
                        network, new ClientContexts(), PeerTrust.standard(), HttpsFetch::isGlobal);
        this.web =
                new WebDoors(
                        office,
                        plan,
                        certificates,
                        () -> new Pages(office, plan, fetch, desk),
                        new WebDoors.Sending(
                                agenda, desk, new WebPush(fetch, plan.names().exchangers())));
    }

    /// Starts everything. The ground is the node's from here on, also when it fails.
    ///
    /// @throws IOException when an address the node file names cannot be had
    static Node start(PostOffice office, Plan plan, Ground ground) throws IOException {
        Node node = new Node(office, plan, ground);
        try {
            node.listen(plan);
            node.begin();
            return node;
        } catch (IOException | RuntimeException failed) {
            node.close();
            throw failed;
        }
    }

    private void listen(Plan plan) throws IOException {
        Supplier<Doors> doors = () -> new Doors(office, plan, network, caps, web::session);
        for (Service service : Service.values()) {
            List<InetSocketAddress> named = plan.file().listen().get(service);
            for (Path file : plan.file().sockets().getOrDefault(service, List.of())) {
                bind(doors, plan, service, UnixDomainSocketAddress.of(file));
            }
            if (named == null && service.byDefault()) {
                listenByDefault(doors, plan, service);
            } else if (named != null) {
                for (InetSocketAddress address : named) {
                    listen(doors, plan, service, address);
                }
            }
        }
        plan.metrics().connections(() -> network.admission().open());
    }

    private void listenByDefault(Supplier<Doors> doors, Plan plan, Service service) {
        InetSocketAddress address = new InetSocketAddress(service.port());
        try {
            bind(doors, plan, service, address);
        } catch (IOException refused) {
            advice.add(new Advice(service, address, String.valueOf(refused.getMessage())));
        }
    }

    private void listen(
            Supplier<Doors> doors, Plan plan, Service service, InetSocketAddress address)
            throws IOException {
        switch (service) {
            case SMTP, SUBMISSION, SUBMISSIONS, LMTP, IMAP, IMAPS, POP3, POP3S, SIEVE ->
                    bind(doors, plan, service, address);
            case ADMIN ->
                    administration.add(
                            LoopbackService.listen(
                                    address,
                                    new AdminServer(
                                            AdminToken.in(plan.data()),
                                            AdminVerbs.desk(office),
                                            Version.text())));
            case METRICS -> pages.add(TextPage.listen(address, "/metrics", plan.metrics()::scrape));
            case HTTP, HTTPS -> web.listen(service, address);
        }
    }

    private void bind(Supplier<Doors> doors, Plan plan, Service service, SocketAddress address)
            throws IOException {
        if (service == Service.HTTP || service == Service.HTTPS) {
            web.listen(service, (InetSocketAddress) address);
            return;
        }
        Listener[] bound = new Listener[1];
        ListenerSettings settings = Doors.settings(service, address).with(plan.file().proxies());
        bound[0] =
                network.listen(
                        settings,
                        certificates,
                        new LiveHandler(
                                office.settings(),
                                () ->
                                        doors.get()
                                                .handler(
                                                        service,
                                                        () ->
                                                                bound[0] != null
                                                                        && bound[0].stressed())));
        listeners.add(bound[0]);
    }

    private void begin() throws IOException {
        web.start();
        agenda.start();
        relay.start();
        office.hints().watchAll(indexer::changed);
        indexer.start();
        chores.schedule(this::lookForUnindexed, FIRST_LOOK_SECONDS, TimeUnit.SECONDS);
        chores.scheduleWithFixedDelay(this::chores, 5, CHORES_SECONDS, TimeUnit.SECONDS);
    }

    /// Letters that came while nobody indexed; after the start, which has better to do.
    private void lookForUnindexed() {
        office.directory().accounts().forEach(account -> indexer.changed(account.id()));
    }

    private void report() {
        tlsReports.run();
        dmarcReports.run();
    }

    /// What is done every minute. A chore that fails is tried again with the next.
    private void chores() {
        Map<String, Runnable> all =
                Map.of(
                        "reload certificates",
                        certificates::reload,
                        "report on encryption and authors",
                        this::report,
                        "review full boxes",
                        office::reviewQuotas,
                        "forget old forwarded senders",
                        office.queue().senders()::forgetOld,
                        "forget old timelines",
                        office.queue().timelines()::forgetOld,
                        "collect blobs",
                        new Collector(office, UNUSED_BLOBS)::run,
                        "give memory back",
                        heap::run,
                        "end collected letters",
                        popExpiry::run,
                        "end unused uploads",
                        uploadExpiry::run,
                        "write down correspondents",
                        office.people().correspondents()::settle);
        all.forEach(
                (name, chore) -> {
                    try {
                        chore.run();
                    } catch (RuntimeException failed) {
                        LOG.error("chore \"{}\" failed", name, failed);
                    }
                });
    }

    /// Where it listens, with the ports that were really given.
    List<Listener> listeners() {
        return List.copyOf(listeners);
    }

    /// Where pages and JMAP are asked for.
    List<WebDoors.Bound> web() {
        return web.bound();
    }

    /// The link by which somebody begins this post office; empty where somebody looks after it, or
    /// where no page is served.
    Optional<String> firstRun() {
        return web.origin().flatMap(web::firstRun);
    }

    /// Where administration is asked for.
    List<LoopbackService> administration() {
        return List.copyOf(administration);
    }

    List<TextPage> pages() {
        return List.copyOf(pages);
    }

    /// What could not be done as the standards would have it.
    List<Advice> advice() {
        return List.copyOf(advice);
    }

    /// The address of a service, once it listens.
    InetSocketAddress address(Service service) {
        for (WebDoors.Bound each : web.bound()) {
            if (each.service() == service) {
                return each.address();
            }
        }
        return listeners.stream()
                .filter(listener -> listener.settings().name().equals(service.key()))
                .findFirst()
                .orElseThrow()
                .address();
    }

    /// Receives no one any more, ends what runs, then the services.
    @Override
    public void close() {
        chores.shutdownNow();
        agenda.close();
        web.close();
        pages.forEach(TextPage::close);
        administration.forEach(LoopbackService::close);
        List<Thread> stopping = new ArrayList<>();
        for (Listener listener : listeners) {
            stopping.add(Thread.ofVirtual().start(() -> listener.stop(STOP_GRACE)));
        }
        for (Thread each : stopping) {
            join(each);
        }
        relay.close();
        try {
            office.tlsResults().flush();
            office.dmarcResults().flush();
        } catch (RuntimeException failed) {
            LOG.warn("the last counts for reports are lost", failed);
        }
        try {
            office.people().correspondents().settle();
        } catch (RuntimeException failed) {
            LOG.warn("whom people wrote to last is forgotten", failed);
        }
        network.close();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
