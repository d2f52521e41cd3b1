package org.facteur.main;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What a command shows: a table for people, or JSON for programs. One thread.
final class Printout {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Terminal terminal;
    private final boolean json;

    Printout(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    /// Shows rows that have the same names in the same order.
    void rows(List<? extends Map<String, ? extends @Nullable Object>> rows) {
        if (json) {
            terminal.out().println(JSON.writeValueAsString(rows));
            return;
        }
        Map<String, Integer> widths = new LinkedHashMap<>();
        for (Map<String, ? extends @Nullable Object> row : rows) {
            row.forEach(
                    (name, value) ->
                            widths.merge(
                                    name,
                                    Math.max(name.length(), text(value).length()),
                                    Math::max));
        }
        if (rows.isEmpty()) {
            return;
        }
        line(widths, new ArrayList<>(widths.keySet()));
        for (Map<String, ? extends @Nullable Object> row : rows) {
            line(widths, widths.keySet().stream().map(name -> text(row.get(name))).toList());
        }
    }

    /// Shows one thing: JSON, or nothing where a sentence was said already.
    void value(Map<String, ? extends @Nullable Object> value) {
        if (json) {
            terminal.out().println(JSON.writeValueAsString(value));
        }
    }

    /// Shows a sentence to people only.
    void say(String english, String french) {
        if (!json) {
            terminal.say(english, french);
        }
    }

    boolean json() {
        return json;
    }

    private void line(Map<String, Integer> widths, List<String> cells) {
        StringBuilder line = new StringBuilder();
        int at = 0;
        for (int width : widths.values()) {
            String cell = cells.get(at++);
            line.append(cell).append(" ".repeat(Math.max(0, width - cell.length()) + 2));
        }
        terminal.out().println(line.toString().stripTrailing());
    }

    /// A value as people read it.
    static String text(@Nullable Object value) {
        return value == null
                ? ""
                : value instanceof List<?> list
                        ? String.join(" ", list.stream().map(String::valueOf).toList())
                        : String.valueOf(value);
    }

    /// A row with its names in order.
    static Map<String, @Nullable Object> row(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return row;
    }
}
