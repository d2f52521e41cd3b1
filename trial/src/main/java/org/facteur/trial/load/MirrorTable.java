package org.facteur.trial.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What was measured of large boxes, beside each other. One thread.
final class MirrorTable {
    private static final String OWN = "Facteur";

    /// @param value in the unit of the row
    /// @param cpuMillis that its processes used, each time; below 0 when nobody looked
    record Measure(double value, double cpuMillis) {}

    private final Map<String, Map<MirrorRow, Measure>> servers = new LinkedHashMap<>();

    void put(String server, MirrorRow row, Measure measure) {
        servers.computeIfAbsent(server, _ -> new EnumMap<>(MirrorRow.class)).put(row, measure);
    }

    /// In Markdown; in brackets CPU in ms; the last columns are this server's ratio to the better
    /// of the others, and the mark.
    String markdown() {
        StringBuilder out = new StringBuilder("| |");
        servers.keySet().forEach(server -> out.append(' ').append(server).append(" |"));
        out.append(" ratio | mark |\n|---|").append("--:|".repeat(servers.size() + 2));
        out.append('\n');
        for (MirrorRow row : MirrorRow.values()) {
            if (servers.values().stream().anyMatch(rows -> rows.containsKey(row))) {
                line(out, row);
            }
        }
        return out.toString();
    }

    private void line(StringBuilder out, MirrorRow row) {
        out.append("| ").append(row.title()).append(" |");
        List<Double> others = new ArrayList<>();
        Measure own = null;
        for (Map.Entry<String, Map<MirrorRow, Measure>> server : servers.entrySet()) {
            Measure measure = server.getValue().get(row);
            if (measure == null) {
                out.append(" |");
                continue;
            }
            out.append(' ').append(number(measure.value()));
            if (measure.cpuMillis() >= 0) {
                out.append(" [").append(number(measure.cpuMillis())).append(']');
            }
            out.append(" |");
            if (server.getKey().equals(OWN)) {
                own = measure;
            } else {
                others.add(measure.value());
            }
        }
        if (own == null || others.isEmpty()) {
            out.append(" | |\n");
            return;
        }
        double best =
                others.stream()
                        .mapToDouble(Double::doubleValue)
                        .reduce(row.rate() ? Math::max : Math::min)
                        .orElse(1);
        out.append(' ').append(number(own.value() / best)).append(" | ");
        if (row.mark() > 0) {
            out.append(row.rate() ? "≥ " : "≤ ").append(row.mark());
        }
        out.append(" |\n");
    }

    static String number(double value) {
        if (value >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.3f", value);
    }
}
