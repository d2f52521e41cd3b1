package org.facteur.net.dns;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.facteur.wire.auth.DnsLookup;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// What proofs of letters need of the DNS, by asking resolvers; answers are remembered for as long
/// as they hold, an hour at most. Any thread.
///
/// While resolvers are silent, nobody waits for them: after three questions without an answer, only
/// one question every five seconds is really asked.
public final class DnsAnswers implements DnsLookup {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration FAILURE = Duration.ofMinutes(1);
    private static final int MOST_RECORDS = 100;
    private static final int MOST_ALIASES = 8;
    private static final int LONGEST_TEXT = 8192;
    private static final int SILENCES = 3;
    private static final long PROBE_NANOS = Duration.ofSeconds(5).toNanos();

    private final Resolver resolver;
    private final AsyncCache<Question, Known> known;
    private final AtomicInteger silences = new AtomicInteger();
    private final AtomicLong probed = new AtomicLong();

    private record Known(Answer answer, Duration life) {}

    public DnsAnswers(DnsSettings settings) {
        this.resolver = DnsExchangers.resolver(settings);
        this.known =
                Caffeine.newBuilder()
                        .maximumSize(settings.domains())
                        .expireAfter(Expiry.<Question, Known>creating((asked, each) -> each.life()))
                        .executor(Thread::startVirtualThread)
                        .buildAsync();
    }

    @Override
    public Answer ask(Question question) {
        if (known.getIfPresent(question) == null && !mayAsk()) {
            return new Failed();
        }
        return known.get(question, asked -> look(asked)).join().answer();
    }

    private boolean mayAsk() {
        if (silences.get() < SILENCES) {
            return true;
        }
        long last = probed.get();
        long now = System.nanoTime();
        return now - last > PROBE_NANOS && probed.compareAndSet(last, now);
    }

    private Known look(Question question) {
        try {
            Name name = Name.fromString(question.name() + ".");
            Message answer =
                    resolver.send(
                            Message.newQuery(
                                    Record.newRecord(name, type(question.kind()), DClass.IN)));
            silences.set(0);
            return switch (answer.getRcode()) {
                case Rcode.NXDOMAIN -> new Known(new NoName(), FAILURE);
                case Rcode.NOERROR -> read(answer, name, question.kind());
                default -> new Known(new Failed(), FAILURE);
            };
        } catch (TextParseException noName) {
            return new Known(new NoName(), LONGEST);
        } catch (IOException silent) {
            silences.incrementAndGet();
            probed.set(System.nanoTime());
            return new Known(new Failed(), FAILURE);
        }
    }

    private static int type(Kind kind) {
        return switch (kind) {
            case A -> Type.A;
            case AAAA -> Type.AAAA;
            case MX -> Type.MX;
            case PTR -> Type.PTR;
            case TXT -> Type.TXT;
        };
    }

    /// Aliases are followed within the answer.
    private static Known read(Message answer, Name name, Kind kind) {
        List<Record> all = answer.getSection(Section.ANSWER);
        Name at = name;
        long ttl = LONGEST.toSeconds();
        for (int aliases = 0; aliases <= MOST_ALIASES; aliases++) {
            List<Record> found = new ArrayList<>();
            CNAMERecord alias = null;
            for (Record each : all) {
                if (each.getName().equals(at)) {
                    if (each.getType() == type(kind) && found.size() < MOST_RECORDS) {
                        found.add(each);
                        ttl = Math.min(ttl, each.getTTL());
                    } else if (each instanceof CNAMERecord one) {
                        alias = one;
                    }
                }
            }
            if (!found.isEmpty() || alias == null) {
                Duration life = found.isEmpty() ? FAILURE : Duration.ofSeconds(Math.max(1, ttl));
                return new Known(new Found(values(found)), life);
            }
            ttl = Math.min(ttl, alias.getTTL());
            at = alias.getTarget();
        }
        return new Known(new Failed(), FAILURE);
    }

    private static List<String> values(List<Record> records) {
        List<String> values = new ArrayList<>();
        records.stream()
                .sorted(
                        Comparator.comparingInt(
                                each -> each instanceof MXRecord mx ? mx.getPriority() : 0))
                .forEach(
                        each -> {
                            switch (each) {
                                case ARecord four -> values.add(four.getAddress().getHostAddress());
                                case AAAARecord six ->
                                        values.add(six.getAddress().getHostAddress());
                                case MXRecord mx -> values.add(name(mx.getTarget()));
                                case PTRRecord pointer -> values.add(name(pointer.getTarget()));
                                case TXTRecord text -> text(text, values);
                                default -> {}
                            }
                        });
        return values;
    }

    private static String name(Name name) {
        return name.equals(Name.root) ? "" : name.toString(true);
    }

    private static void text(TXTRecord record, List<String> values) {
        StringBuilder whole = new StringBuilder();
        for (byte[] part : record.getStringsAsByteArrays()) {
            whole.append(new String(part, StandardCharsets.ISO_8859_1));
        }
        if (whole.length() <= LONGEST_TEXT) {
            values.add(whole.toString());
        }
    }
}
