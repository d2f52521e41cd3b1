package org.facteur.net.dns;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// TXT records by asking resolvers; answers are remembered for as long as they hold, an hour at
/// most. Any thread.
public final class DnsTexts implements TextRecords {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration FAILURE = Duration.ofMinutes(1);
    private static final int MOST = 100;

    private final Resolver resolver;
    private final AsyncCache<String, Known> known;

    private record Known(Answer answer, Duration life) {}

    public DnsTexts(DnsSettings settings) {
        this.resolver = DnsExchangers.resolver(settings);
        this.known =
                Caffeine.newBuilder()
                        .maximumSize(settings.domains())
                        .expireAfter(Expiry.<String, Known>creating((name, each) -> each.life()))
                        .executor(Thread::startVirtualThread)
                        .buildAsync();
    }

    @Override
    public Answer find(String name) {
        return known.get(name, asked -> ask(asked)).join().answer();
    }

    private Known ask(String name) {
        try {
            Record question = Record.newRecord(Name.fromString(name + "."), Type.TXT, DClass.IN);
            Message answer = resolver.send(Message.newQuery(question));
            if (answer.getRcode() == Rcode.NXDOMAIN) {
                return new Known(new Found(List.of()), FAILURE);
            }
            if (answer.getRcode() != Rcode.NOERROR) {
                return new Known(new Failed("answer " + Rcode.string(answer.getRcode())), FAILURE);
            }
            return read(answer);
        } catch (TextParseException tooLong) {
            return new Known(new Found(List.of()), LONGEST);
        } catch (IOException silent) {
            return new Known(new Failed("the name servers do not answer for " + name), FAILURE);
        }
    }

    private static Known read(Message answer) {
        List<String> texts = new ArrayList<>();
        long ttl = LONGEST.toSeconds();
        for (Record each : answer.getSection(Section.ANSWER)) {
            ttl = Math.min(ttl, each.getTTL());
            if (each instanceof TXTRecord text && texts.size() < MOST) {
                StringBuilder whole = new StringBuilder();
                for (byte[] part : text.getStringsAsByteArrays()) {
                    whole.append(new String(part, StandardCharsets.ISO_8859_1));
                }
                texts.add(whole.toString());
            }
        }
        Duration life = texts.isEmpty() ? FAILURE : Duration.ofSeconds(Math.max(1, ttl));
        return new Known(new Found(texts), life);
    }
}
