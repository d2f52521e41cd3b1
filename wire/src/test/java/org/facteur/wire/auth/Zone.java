package org.facteur.wire.auth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A DNS of a few names.
final class Zone implements DnsLookup {
    private final Map<String, List<Object>> names = new HashMap<>();

    /// A zone as the published SPF tests write it: records of type SPF are TXT records too.
    static Zone published(Map<?, ?> data) {
        Zone zone = new Zone();
        data.forEach(
                (name, records) -> {
                    List<?> all = (List<?>) records;
                    boolean texts = all.stream().anyMatch(each -> has(each, "TXT"));
                    for (Object each : all) {
                        zone.names
                                .computeIfAbsent(lower(name), _ -> new ArrayList<>())
                                .add(each instanceof Map<?, ?> map ? copy(map, texts) : each);
                    }
                });
        return zone;
    }

    private static boolean has(Object record, String type) {
        return record instanceof Map<?, ?> map && map.containsKey(type);
    }

    private static Map<String, Object> copy(Map<?, ?> record, boolean texts) {
        Map<String, Object> copy = new HashMap<>();
        record.forEach(
                (type, value) ->
                        copy.put(type.equals("SPF") && !texts ? "TXT" : type.toString(), value));
        copy.values().removeIf(value -> value.equals("NONE"));
        return copy;
    }

    private static String lower(Object name) {
        return name.toString().toLowerCase(Locale.ROOT);
    }

    Zone with(String name, Kind kind, String value) {
        names.computeIfAbsent(name, _ -> new ArrayList<>()).add(Map.of(kind.name(), value));
        return this;
    }

    Zone silent(String name) {
        names.computeIfAbsent(name, _ -> new ArrayList<>()).add("TIMEOUT");
        return this;
    }

    @Override
    public Answer ask(Question question) {
        String name = question.name();
        for (int aliases = 0; aliases < 8; aliases++) {
            List<Object> records = names.get(lower(name));
            if (records == null) {
                return new NoName();
            }
            String alias = alias(records);
            if (alias == null) {
                return answer(records, question.kind());
            }
            name = alias;
        }
        return new Failed();
    }

    @org.jspecify.annotations.Nullable
    private static String alias(List<Object> records) {
        for (Object each : records) {
            if (each instanceof Map<?, ?> map && map.containsKey("CNAME")) {
                return String.valueOf(map.get("CNAME"));
            }
        }
        return null;
    }

    private static Answer answer(List<Object> records, Kind kind) {
        List<List<?>> servers = new ArrayList<>();
        List<String> found = new ArrayList<>();
        for (Object each : records) {
            if (!(each instanceof Map<?, ?> map)) {
                return found.isEmpty() ? new Failed() : new Found(found);
            }
            Object value = map.get(kind.name());
            if (value == null) {
                continue;
            }
            if (value.equals("TIMEOUT")) {
                return new Failed();
            }
            if (kind == Kind.MX && value instanceof List<?> pair) {
                servers.add(pair);
            } else if (value instanceof List<?> strings) {
                StringBuilder whole = new StringBuilder();
                strings.forEach(whole::append);
                found.add(whole.toString());
            } else {
                found.add(value.toString());
            }
        }
        servers.sort(Comparator.comparing(pair -> (Integer) pair.getFirst()));
        servers.forEach(pair -> found.add(String.valueOf(pair.get(1))));
        return new Found(found);
    }
}
