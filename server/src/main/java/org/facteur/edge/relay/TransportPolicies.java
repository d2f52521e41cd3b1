package org.facteur.edge.relay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.facteur.core.report.PolicyBook;
import org.facteur.net.dns.MailExchangers;
import org.facteur.net.dns.TextRecords;
import org.facteur.net.fetch.HttpsFetch;
import org.facteur.wire.address.Domain;
import org.facteur.wire.sts.StsPolicy;
import org.facteur.wire.sts.StsRecord;
import org.facteur.wire.text.SyntaxFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the policy of a domain (RFC 8461 §5.1): the one that is kept while its id is the one in
/// the DNS, else a fresh one. Any thread; may wait for the network.
///
/// A policy that is kept and has not run out counts whatever goes wrong with looking for another:
/// who can hide a record or break a fetch must not be able to end the protection.
public final class TransportPolicies {
    private static final Logger LOG = LoggerFactory.getLogger(TransportPolicies.class);
    private static final String PATH = "/.well-known/mta-sts.txt";
    private static final int HTTPS_PORT = 443;

    /// A fetch that failed is not tried again at once (RFC 8461 §3.3).
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);

    private static final int REMEMBERED = 20_000;

    private final Names names;
    private final HttpsFetch fetch;
    private final PolicyBook book;
    private final Cache<Domain, String> failed =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(AFTER_FAILURE).build();

    /// The DNS as it is needed here.
    public record Names(TextRecords texts, MailExchangers hosts, int port) {
        public Names {
            Objects.requireNonNull(texts);
            Objects.requireNonNull(hosts);
        }

        /// With the port of HTTPS.
        public Names(TextRecords texts, MailExchangers hosts) {
            this(texts, hosts, HTTPS_PORT);
        }
    }

    public TransportPolicies(Names names, HttpsFetch fetch, PolicyBook book) {
        this.names = Objects.requireNonNull(names);
        this.fetch = Objects.requireNonNull(fetch);
        this.book = Objects.requireNonNull(book);
    }

    /// The policy to be obeyed; empty for none.
    Optional<StsPolicy> find(Domain domain) {
        Optional<PolicyBook.Kept> kept = book.find(domain);
        return switch (names.texts().find("_mta-sts." + domain.name())) {
            case TextRecords.Failed _ -> kept.map(PolicyBook.Kept::policy);
            case TextRecords.Found(List<String> texts) -> {
                Optional<StsRecord> record = StsRecord.find(texts);
                boolean current =
                        record.isEmpty()
                                || kept.filter(each -> each.id().equals(record.get().id()))
                                        .isPresent();
                yield current
                        ? kept.map(PolicyBook.Kept::policy)
                        : fetched(domain, record.get()).or(() -> kept.map(PolicyBook.Kept::policy));
            }
        };
    }

    private Optional<StsPolicy> fetched(Domain domain, StsRecord record) {
        if (record.id().equals(failed.getIfPresent(domain))) {
            return Optional.empty();
        }
        try {
            Domain host = Domain.parse("mta-sts." + domain.name());
            byte[] text = fetch.get(host, addresses(host), PATH);
            StsPolicy policy = StsPolicy.parse(text);
            book.put(domain, record.id(), policy, text);
            return Optional.of(policy);
        } catch (IOException | SyntaxFault broken) {
            failed.put(domain, record.id());
            LOG.info("no policy of {}: {}", domain, broken.getMessage());
            return Optional.empty();
        }
    }

    private List<InetSocketAddress> addresses(Domain host) throws IOException {
        return switch (names.hosts().addresses(host, names.port())) {
            case MailExchangers.Found(var found) -> {
                List<InetSocketAddress> all = new ArrayList<>();
                found.forEach(each -> all.addAll(each.addresses()));
                yield all;
            }
            case MailExchangers.NullMx _, MailExchangers.NoSuchDomain _ ->
                    throw new IOException(host + " has no address");
            case MailExchangers.Unreachable(String why) -> throw new IOException(why);
        };
    }
}
