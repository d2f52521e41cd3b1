package org.facteur.main;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.facteur.base.forks.Forks;
import org.facteur.edge.web.DnsTable;
import org.facteur.net.dns.LiveRecords;
import org.facteur.net.dns.TextRecords;
import org.facteur.wire.address.Domain;
import org.jspecify.annotations.Nullable;

/// What domains here ought to publish beside what they do. Any thread.
///
/// @param hostname as the node file tells; null where it tells none
record PublishedRecords(PostOffice office, @Nullable String hostname, LiveRecords live)
        implements DnsTable {
    private static final int AT_ONCE = 8;

    @Override
    public List<Line> check(Domain domain) {
        List<Callable<Line>> looks = new ArrayList<>();
        for (Map<String, @Nullable Object> row :
                DnsRecords.of(domain, DnsRecords.host(domain, hostname), office.domainKeys())) {
            looks.add(() -> look(row));
        }
        return Forks.all(looks, AT_ONCE);
    }

    private Line look(Map<String, @Nullable Object> row) {
        String name = String.valueOf(row.get("name"));
        String type = String.valueOf(row.get("type"));
        String value = String.valueOf(row.get("value"));
        TextRecords.Answer answer =
                live.find(name.substring(0, name.length() - 1), LiveRecords.Kind.valueOf(type));
        return switch (answer) {
            case TextRecords.Failed _ -> new Line(name, type, value, List.of(), State.UNKNOWN);
            case TextRecords.Found(List<String> texts) -> {
                List<String> rivals =
                        texts.stream().filter(text -> comparable(type, value, text)).toList();
                yield new Line(name, type, value, rivals, state(value, rivals));
            }
        };
    }

    private static State state(String value, List<String> found) {
        if (found.isEmpty()) {
            return State.MISSING;
        }
        return found.stream().anyMatch(each -> plain(each).equals(plain(value)))
                ? State.RIGHT
                : State.OTHER;
    }

    /// Whether a record stands in the place of ours: TXT records of one name serve many ends, told
    /// apart by how they begin.
    private static boolean comparable(String type, String value, String found) {
        return !type.equals("TXT") || plain(found).startsWith(plain(beginning(value)));
    }

    private static String beginning(String value) {
        int end = 0;
        while (end < value.length() && value.charAt(end) != ' ' && value.charAt(end) != ';') {
            end++;
        }
        return value.substring(0, end);
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replace(" ", "").replace(";", "");
    }
}
