package org.facteur.net.dns;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.facteur.wire.address.Domain;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/// Asks resolvers and validates their answers here, from trust anchors down (RFC 4035 §5): a
/// resolver's own word that something is secure counts for nothing. Any thread.
///
/// Resolvers that strip signatures would make every signed domain look forged. Therefore the
/// anchor's own keys are asked for first; while they do not come with signatures, nothing is said
/// about anybody.
public final class DnsDane implements DaneRecords {
    /// The root's key signing keys, as IANA publishes them.
    public static final String ROOT =
            """
            . 172800 IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D
            . 172800 IN DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16
            """;

    private static final Logger LOG = LoggerFactory.getLogger(DnsDane.class);
    private static final Duration PROBE = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration FAILURE = Duration.ofMinutes(1);
    private static final int REMEMBERED = 20_000;
    private static final int MOST_RECORDS = 50;

    private final ValidatingResolver resolver;
    private final Name anchor;
    private final InstantSource clock;
    private final AsyncCache<Question, Known> known;
    private final ReentrantLock probing = new ReentrantLock();
    private @Nullable Instant probed;
    private boolean able;

    private record Question(Domain domain, Domain host, int port) {}

    private record Known(Answer answer, Duration life) {}

    /// A validated answer.
    private record Secure(List<Record> records, boolean secure, boolean bogus, long ttlSeconds) {}

    /// @param anchors DS or DNSKEY records in zone file form; the first one's owner is probed
    /// @throws IllegalArgumentException when there is no anchor among them
    public DnsDane(DnsSettings settings, String anchors, InstantSource clock) {
        this.clock = clock;
        this.resolver = new ValidatingResolver(DnsExchangers.resolver(settings));
        try {
            resolver.loadTrustAnchors(
                    new ByteArrayInputStream(anchors.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException odd) {
            throw new IllegalArgumentException("trust anchors that cannot be read", odd);
        }
        this.anchor =
                resolver.getTrustAnchors().items().stream()
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no trust anchor"))
                        .getName();
        this.known =
                Caffeine.newBuilder()
                        .maximumSize(REMEMBERED)
                        .expireAfter(Expiry.<Question, Known>creating((asked, each) -> each.life()))
                        .executor(Thread::startVirtualThread)
                        .buildAsync();
    }

    @Override
    public Answer find(Domain domain, Domain host, int port) {
        if (domain.isLiteral() || host.isLiteral() || !able()) {
            return new None();
        }
        return known.get(new Question(domain, host, port), asked -> ask(asked)).join().answer();
    }

    private boolean able() {
        probing.lock();
        try {
            Instant last = probed;
            Instant now = clock.instant();
            if (last == null || now.isAfter(last.plus(PROBE))) {
                probed = now;
                boolean before = able;
                able = isAnchorSigned();
                if (!able && (before || last == null)) {
                    LOG.warn("the resolvers pass no DNSSEC signatures on: DANE protects no line");
                }
            }
            return able;
        } finally {
            probing.unlock();
        }
    }

    private boolean isAnchorSigned() {
        try {
            return ask(anchor, Type.DNSKEY).secure();
        } catch (IOException silent) {
            return false;
        }
    }

    private Known ask(Question question) {
        try {
            Name domain = Name.fromString(question.domain().name() + ".");
            Name host = Name.fromString(question.host().name() + ".");
            Name tlsa = Name.fromString("_" + question.port() + "._tcp." + host);
            Secure mx = ask(domain, Type.MX);
            if (mx.bogus()) {
                return forged(question);
            }
            if (!mx.secure()) {
                return none(mx);
            }
            Secure four = ask(host, Type.A);
            Secure six = four.records().isEmpty() ? ask(host, Type.AAAA) : four;
            if (four.bogus() || six.bogus()) {
                return forged(question);
            }
            if (!six.secure()) {
                return none(six);
            }
            Secure found = ask(tlsa, Type.TLSA);
            if (found.bogus()) {
                return forged(question);
            }
            List<Tlsa> records = records(found);
            return !found.secure() || records.isEmpty()
                    ? none(found)
                    : new Known(new Found(records), life(found.ttlSeconds()));
        } catch (TextParseException odd) {
            return new Known(new None(), LONGEST);
        } catch (IOException silent) {
            return new Known(
                    new Failed("the name servers do not answer for " + question.host()), FAILURE);
        }
    }

    private static Known forged(Question question) {
        return new Known(
                new Failed("the DNS answers for " + question.host() + " cannot be verified"),
                FAILURE);
    }

    private static Known none(Secure why) {
        return new Known(new None(), life(why.ttlSeconds()));
    }

    private static List<Tlsa> records(Secure found) {
        List<Tlsa> records = new ArrayList<>();
        for (Record each : found.records()) {
            if (each instanceof TLSARecord tlsa && records.size() < MOST_RECORDS) {
                records.add(
                        new Tlsa(
                                tlsa.getCertificateUsage(),
                                tlsa.getSelector(),
                                tlsa.getMatchingType(),
                                Octets.copyOf(tlsa.getCertificateAssociationData())));
            }
        }
        return records;
    }

    private Secure ask(Name name, int type) throws IOException {
        Message answer = resolver.send(Message.newQuery(Record.newRecord(name, type, DClass.IN)));
        int rcode = answer.getRcode();
        boolean bogus = rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN;
        boolean secure = !bogus && answer.getHeader().getFlag(Flags.AD);
        List<Record> records = new ArrayList<>();
        long ttl = LONGEST.toSeconds();
        for (Record each : answer.getSection(Section.ANSWER)) {
            if (each.getType() == type) {
                records.add(each);
            }
            ttl = Math.min(ttl, each.getTTL());
        }
        return new Secure(records, secure, bogus, ttl);
    }

    private static Duration life(long ttlSeconds) {
        return Duration.ofSeconds(Math.clamp(ttlSeconds, 1, LONGEST.toSeconds()));
    }
}
