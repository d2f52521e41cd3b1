package org.facteur.net.dns;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.facteur.wire.address.Domain;
import org.facteur.wire.text.SyntaxFault;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Finds mail servers by asking resolvers. Any thread; one question at a time per domain, whoever
/// asks.
public final class DnsExchangers implements MailExchangers {
    private static final int SMTP_PORT = 25;
    private static final int MOST_EXCHANGERS = 10;
    private static final int MOST_ADDRESSES = 10;
    private static final int MOST_ALIASES = 8;
    private static final int UDP_OCTETS = 1232;

    private final Resolver resolver;
    private final DnsSettings settings;
    private final RandomGenerator random;
    private final AsyncCache<Domain, Known> known;
    private final AsyncCache<Domain, Known> hosts;

    /// An answer and how long it holds.
    private record Known(Answer answer, Duration life) {}

    /// The records of one type at a name.
    ///
    /// @param noName whether the name itself does not exist
    private record Records(List<Record> found, boolean noName, long ttlSeconds) {}

    /// @param random spreads load over servers of one preference
    public DnsExchangers(DnsSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
        this.resolver = resolver(settings);
        this.known = cache(settings);
        this.hosts = cache(settings);
    }

    private static AsyncCache<Domain, Known> cache(DnsSettings settings) {
        return Caffeine.newBuilder()
                .maximumSize(settings.domains())
                .expireAfter(Expiry.<Domain, Known>creating((domain, each) -> each.life()))
                .executor(Thread::startVirtualThread)
                .buildAsync();
    }

    private static Resolver resolver(DnsSettings settings) {
        List<Resolver> each = new ArrayList<>();
        for (InetSocketAddress server : settings.servers()) {
            each.add(new SimpleResolver(server));
        }
        ExtendedResolver all = each.isEmpty() ? new ExtendedResolver() : new ExtendedResolver(each);
        all.setTimeout(settings.timeout());
        all.setRetries(settings.tries());
        all.setEDNS(0, UDP_OCTETS, 0, List.of());
        return all;
    }

    @Override
    public Answer find(Domain domain) {
        return known.get(domain, name -> ask(name)).join().answer();
    }

    @Override
    public Answer addresses(Domain host, int port) {
        if (host.isLiteral()) {
            return MailExchangers.literal(host, port);
        }
        return switch (hosts.get(host, this::askHost).join().answer()) {
            case Found(List<Exchanger> found) ->
                    new Found(
                            found.stream()
                                    .map(
                                            each ->
                                                    new Exchanger(
                                                            host,
                                                            each.addresses().stream()
                                                                    .map(
                                                                            InetSocketAddress
                                                                                    ::getAddress)
                                                                    .map(
                                                                            address ->
                                                                                    new InetSocketAddress(
                                                                                            address,
                                                                                            port))
                                                                    .toList()))
                                    .toList());
            case NullMx nothing -> nothing;
            case NoSuchDomain nothing -> nothing;
            case Unreachable nothing -> nothing;
        };
    }

    private Known askHost(Domain host) {
        try {
            return implicit(
                    host, Name.fromString(host.name() + "."), settings.longestMemory().toSeconds());
        } catch (TextParseException odd) {
            return new Known(new NoSuchDomain(), settings.longestMemory());
        } catch (IOException silent) {
            return new Known(
                    new Unreachable("the name servers do not answer for " + host),
                    settings.failureMemory());
        }
    }

    private Known ask(Domain domain) {
        try {
            Name name = Name.fromString(domain.name() + ".");
            Records mx = ask(name, Type.MX);
            if (mx.noName()) {
                return new Known(new NoSuchDomain(), life(mx.ttlSeconds()));
            }
            if (mx.found().isEmpty()) {
                return implicit(domain, name, mx.ttlSeconds());
            }
            return explicit(mx);
        } catch (TextParseException odd) {
            return new Known(new NoSuchDomain(), settings.longestMemory());
        } catch (IOException silent) {
            return new Known(
                    new Unreachable("the name servers do not answer for " + domain),
                    settings.failureMemory());
        }
    }

    /// RFC 5321 §5.1: a domain without MX is its own server.
    private Known implicit(Domain domain, Name name, long ttlSeconds) throws IOException {
        Addresses addresses = addresses(name);
        long ttl = Math.min(ttlSeconds, addresses.ttlSeconds());
        return new Known(
                addresses.found().isEmpty()
                        ? new NoSuchDomain()
                        : new Found(List.of(new Exchanger(domain, addresses.found()))),
                life(ttl));
    }

    private Known explicit(Records mx) throws IOException {
        List<MXRecord> records = new ArrayList<>();
        for (Record each : mx.found()) {
            if (each instanceof MXRecord record) {
                records.add(record);
            }
        }
        if (records.size() == 1 && records.getFirst().getTarget().equals(Name.root)) {
            return new Known(new NullMx(), life(mx.ttlSeconds()));
        }
        shuffle(records);
        records.sort(Comparator.comparingInt(MXRecord::getPriority));
        List<Exchanger> exchangers = new ArrayList<>();
        long ttl = mx.ttlSeconds();
        IOException silent = null;
        for (MXRecord record : records.subList(0, Math.min(MOST_EXCHANGERS, records.size()))) {
            try {
                Domain host = Domain.parse(record.getTarget().toString(true));
                Addresses addresses = addresses(record.getTarget());
                ttl = Math.min(ttl, addresses.ttlSeconds());
                if (!addresses.found().isEmpty()) {
                    exchangers.add(new Exchanger(host, addresses.found()));
                }
            } catch (SyntaxFault noName) {
                // Not a name a server can have; the others may do.
                ttl = Math.min(ttl, settings.failureMemory().toSeconds());
            } catch (IOException noAnswer) {
                silent = noAnswer;
            }
        }
        if (exchangers.isEmpty()) {
            if (silent != null) {
                throw silent;
            }
            return new Known(
                    new Unreachable("no mail server of the domain has an address"), life(ttl));
        }
        return new Known(new Found(exchangers), life(ttl));
    }

    /// @param found in the order to be tried
    private record Addresses(List<InetSocketAddress> found, long ttlSeconds) {}

    /// IPv6 and IPv4 in turn, each shuffled: neither a broken IPv6 nor a broken IPv4 costs more
    /// than one try.
    private Addresses addresses(Name host) throws IOException {
        Records six = ask(host, Type.AAAA);
        Records four = ask(host, Type.A);
        List<InetAddress> sixes = new ArrayList<>();
        List<InetAddress> fours = new ArrayList<>();
        for (Record each : six.found()) {
            if (each instanceof AAAARecord record) {
                sixes.add(record.getAddress());
            }
        }
        for (Record each : four.found()) {
            if (each instanceof ARecord record) {
                fours.add(record.getAddress());
            }
        }
        shuffle(sixes);
        shuffle(fours);
        List<InetSocketAddress> merged = new ArrayList<>();
        for (int i = 0; i < Math.max(sixes.size(), fours.size()); i++) {
            if (i < sixes.size()) {
                merged.add(new InetSocketAddress(sixes.get(i), SMTP_PORT));
            }
            if (i < fours.size()) {
                merged.add(new InetSocketAddress(fours.get(i), SMTP_PORT));
            }
        }
        return new Addresses(
                List.copyOf(merged.subList(0, Math.min(MOST_ADDRESSES, merged.size()))),
                Math.min(six.ttlSeconds(), four.ttlSeconds()));
    }

    private <T> void shuffle(List<T> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, random.nextInt(i + 1));
        }
    }

    /// One question, aliases followed within the answer.
    ///
    /// @throws IOException when nobody answers, or answers with a failure
    private Records ask(Name name, int type) throws IOException {
        Record question = Record.newRecord(name, type, DClass.IN);
        Message answer = resolver.send(Message.newQuery(question));
        int rcode = answer.getRcode();
        if (rcode == Rcode.NXDOMAIN) {
            return new Records(List.of(), true, negativeTtl(answer));
        }
        if (rcode != Rcode.NOERROR) {
            throw new IOException("answer " + Rcode.string(rcode));
        }
        List<Record> all = answer.getSection(Section.ANSWER);
        Name at = name;
        long ttl = settings.longestMemory().toSeconds();
        for (int i = 0; i <= MOST_ALIASES; i++) {
            List<Record> found = new ArrayList<>();
            Record alias = null;
            for (Record each : all) {
                if (each.getName().equals(at) && each.getType() == type) {
                    found.add(each);
                    ttl = Math.min(ttl, each.getTTL());
                } else if (each.getName().equals(at) && each.getType() == Type.CNAME) {
                    alias = each;
                }
            }
            if (!found.isEmpty() || alias == null) {
                return new Records(found, false, found.isEmpty() ? negativeTtl(answer) : ttl);
            }
            ttl = Math.min(ttl, alias.getTTL());
            at = ((org.xbill.DNS.CNAMERecord) alias).getTarget();
        }
        throw new IOException("too many aliases");
    }

    /// RFC 2308 §5: the smaller of the SOA's TTL and its minimum.
    private long negativeTtl(Message answer) {
        for (Record each : answer.getSection(Section.AUTHORITY)) {
            if (each instanceof org.xbill.DNS.SOARecord soa) {
                return Math.min(soa.getTTL(), soa.getMinimum());
            }
        }
        return settings.failureMemory().toSeconds();
    }

    private Duration life(long ttlSeconds) {
        long most = settings.longestMemory().toSeconds();
        return Duration.ofSeconds(Math.clamp(ttlSeconds, 1, most));
    }
}
