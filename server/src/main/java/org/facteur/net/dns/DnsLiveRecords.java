package org.facteur.net.dns;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// What resolvers say now. Any thread.
public final class DnsLiveRecords implements LiveRecords {
    private static final int MOST = 20;

    private final Resolver resolver;

    public DnsLiveRecords(DnsSettings settings) {
        this.resolver = DnsExchangers.resolver(settings);
    }

    @Override
    public TextRecords.Answer find(String name, Kind kind) {
        int type =
                switch (kind) {
                    case MX -> Type.MX;
                    case TXT -> Type.TXT;
                    case SRV -> Type.SRV;
                };
        try {
            Record question = Record.newRecord(Name.fromString(name + "."), type, DClass.IN);
            Message answer = resolver.send(Message.newQuery(question));
            int code = answer.getRcode();
            if (code == Rcode.NXDOMAIN) {
                return new TextRecords.Found(List.of());
            }
            if (code != Rcode.NOERROR) {
                return new TextRecords.Failed("answer " + Rcode.string(code));
            }
            List<String> texts = new ArrayList<>();
            for (Record each : answer.getSection(Section.ANSWER)) {
                String text = text(each);
                if (text != null && texts.size() < MOST) {
                    texts.add(text);
                }
            }
            return new TextRecords.Found(texts);
        } catch (TextParseException _) {
            return new TextRecords.Found(List.of());
        } catch (IOException _) {
            return new TextRecords.Failed("the name servers do not answer for " + name);
        }
    }

    private static @Nullable String text(Record record) {
        return switch (record) {
            case MXRecord mx -> mx.getPriority() + " " + mx.getTarget();
            case SRVRecord srv ->
                    srv.getPriority()
                            + " "
                            + srv.getWeight()
                            + " "
                            + srv.getPort()
                            + " "
                            + srv.getTarget();
            case TXTRecord txt -> {
                StringBuilder whole = new StringBuilder();
                for (byte[] part : txt.getStringsAsByteArrays()) {
                    whole.append(new String(part, StandardCharsets.ISO_8859_1));
                }
                yield whole.toString();
            }
            default -> null;
        };
    }
}
