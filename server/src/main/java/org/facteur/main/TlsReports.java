package org.facteur.main;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.facteur.base.config.Setting;
import org.facteur.core.report.TlsReporter;
import org.facteur.net.dns.MailExchangers;
import org.facteur.net.dns.TextRecords;
import org.facteur.net.fetch.HttpsFetch;
import org.facteur.net.listen.Network;
import org.facteur.net.tls.ClientContexts;
import org.facteur.net.tls.PeerTrust;
import org.facteur.wire.address.Domain;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports on encryption, as a chore: counts written down, reports sent to domains that ask for
/// them, old ones forgotten.
final class TlsReports {
    private static final Logger LOG = LoggerFactory.getLogger(TlsReports.class);
    private static final int HTTPS_PORT = 443;

    private final PostOffice office;
    private final Node.Names names;
    private final HttpsFetch fetch;
    private final TlsReporter reporter;
    private final AtomicBoolean busy = new AtomicBoolean();

    TlsReports(PostOffice office, Node.Plan plan, Network network) {
        this.office = office;
        this.names = plan.names();
        this.fetch =
                new HttpsFetch(
                        network, new ClientContexts(), PeerTrust.standard(), HttpsFetch::isGlobal);
        this.reporter =
                new TlsReporter(
                        office.tlsResults(),
                        new TlsReporter.Outside(plan.hostname(), this::texts, this::post),
                        office.delivery(),
                        office.directory(),
                        office.clock());
    }

    /// Never waits for the network itself.
    void run() {
        office.tlsResults().flush();
        office.tlsReports().forgetOld();
        if (office.settings().on(Setting.TLS_REPORTS) && busy.compareAndSet(false, true)) {
            Thread.ofVirtual().name("tls-reports").start(this::report);
        }
    }

    private void report() {
        try {
            reporter.run();
        } catch (RuntimeException failed) {
            LOG.error("TLS reports wait", failed);
        } finally {
            busy.set(false);
        }
    }

    private Optional<List<String>> texts(String name) {
        return switch (names.texts().find(name)) {
            case TextRecords.Found(List<String> texts) -> Optional.of(texts);
            case TextRecords.Failed _ -> Optional.empty();
        };
    }

    private boolean post(String place, String type, byte[] octets) {
        try {
            URI uri = URI.create(place);
            if (uri.getHost() == null || uri.getRawUserInfo() != null) {
                return false;
            }
            Domain host = Domain.parse(uri.getHost());
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            fetch.post(
                    host,
                    addresses(host, uri.getPort() < 0 ? HTTPS_PORT : uri.getPort()),
                    new HttpsFetch.Post(path + query, type, Octets.copyOf(octets)));
            return true;
        } catch (IOException | IllegalArgumentException | SyntaxFault failed) {
            LOG.info("a TLS report was not taken: {}", failed.getMessage());
            return false;
        }
    }

    private List<InetSocketAddress> addresses(Domain host, int port) {
        List<InetSocketAddress> all = new ArrayList<>();
        if (names.exchangers().addresses(host, port) instanceof MailExchangers.Found(var found)) {
            found.forEach(each -> all.addAll(each.addresses()));
        }
        return all;
    }
}
