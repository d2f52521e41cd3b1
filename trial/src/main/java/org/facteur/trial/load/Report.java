package org.facteur.trial.load;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// What was measured, as a table in Markdown, and what it says of the marks set for this server.
final class Report {
    private static final String FACTEUR = "Facteur";
    private static final String CHAIN = "Postfix chain";
    private static final String DOVECOT = "Dovecot LMTP";

    private final Map<String, Map<Figure, Double>> byServer = new LinkedHashMap<>();

    void put(String server, Figure figure, double value) {
        byServer.computeIfAbsent(server, name -> new EnumMap<>(Figure.class)).put(figure, value);
    }

    private OptionalDouble find(String server, Figure figure) {
        Double value = byServer.getOrDefault(server, Map.of()).get(figure);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    String table() {
        StringBuilder out = new StringBuilder("| |");
        byServer.keySet().forEach(server -> out.append(' ').append(server).append(" |"));
        out.append("\n|---|").append("--:|".repeat(byServer.size())).append('\n');
        for (Figure figure : Figure.values()) {
            if (byServer.values().stream().noneMatch(figures -> figures.containsKey(figure))) {
                continue;
            }
            out.append("| ").append(figure.title()).append(" |");
            for (String server : byServer.keySet()) {
                OptionalDouble value = find(server, figure);
                out.append(' ')
                        .append(value.isPresent() ? number(value.getAsDouble()) : "")
                        .append(" |");
            }
            out.append('\n');
        }
        return out.toString();
    }

    /// One line for each mark whose figures are there.
    String marks() {
        StringBuilder out = new StringBuilder();
        ratio(out, Figure.SMTP, CHAIN, 5, true);
        ratio(out, Figure.SMTP_CPU, CHAIN, 5, false);
        ratio(out, Figure.ONE_BOX, CHAIN, 10, true);
        ratio(out, Figure.ONE_BOX_CPU, CHAIN, 10, false);
        ratio(out, Figure.LMTP, DOVECOT, 3, true);
        ratio(out, Figure.LMTP_CPU, DOVECOT, 3, false);
        ratio(out, Figure.LARGE, CHAIN, 5, true);
        ratio(out, Figure.LARGE_CPU, CHAIN, 5, false);
        ratio(out, Figure.MANY, CHAIN, 10, true);
        ratio(out, Figure.MANY_CPU, CHAIN, 10, false);
        ratio(out, Figure.RELAY, CHAIN, 3, true);
        ratio(out, Figure.RELAY_CPU, CHAIN, 3, false);
        ratio(out, Figure.RETRIEVE, DOVECOT, 1, true);
        ratio(out, Figure.RETRIEVE_CPU, DOVECOT, 1, false);
        most(out, Figure.SYNCS, 1);
        most(out, Figure.RESTING, 250);
        most(out, Figure.BANNER_PLAIN, 2000);
        most(out, Figure.BANNER_CACHED, 1000);
        most(out, Figure.BANNER_KILLED, 2000);
        return out.toString();
    }

    private void ratio(
            StringBuilder out, Figure figure, String peer, int mark, boolean moreIsBetter) {
        OptionalDouble own = find(FACTEUR, figure);
        OptionalDouble other = find(peer, figure);
        if (own.isPresent() && other.isPresent()) {
            double ratio =
                    moreIsBetter
                            ? own.getAsDouble() / other.getAsDouble()
                            : other.getAsDouble() / own.getAsDouble();
            out.append(figure.title())
                    .append(": ")
                    .append(number(ratio))
                    .append(" times as good as ")
                    .append(peer)
                    .append("; the mark is ")
                    .append(mark)
                    .append(" in rate or CPU\n");
        }
    }

    private void most(StringBuilder out, Figure figure, double most) {
        find(FACTEUR, figure)
                .ifPresent(
                        value ->
                                out.append(figure.title())
                                        .append(": ")
                                        .append(number(value))
                                        .append(value <= most ? ", within " : ", past ")
                                        .append(number(most))
                                        .append('\n'));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 20 ? "%.2f" : "%.0f", value);
    }
}
