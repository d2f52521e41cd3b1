package org.facteur.main;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.facteur.base.word.Language;
import org.facteur.base.word.Sentence;
import org.facteur.wire.auth.DnsLookup;
import org.jspecify.annotations.Nullable;

/// Compares what a domain should publish with what the DNS says.
final class DnsCheck {
    private static final Sentence RIGHT = new Sentence("right", "juste");
    private static final Sentence OTHER = new Sentence("other than this", "autre que ceci");
    private static final Sentence MISSING = new Sentence("missing", "absent");
    private static final Sentence UNKNOWN = new Sentence("no answer", "pas de réponse");
    private static final Sentence UNCHECKED = new Sentence("not looked at", "non vérifié");

    private final DnsLookup names;
    private final Language language;
    private boolean complete = true;

    DnsCheck(DnsLookup names, Language language) {
        this.names = names;
        this.language = language;
    }

    /// Whether nothing that letters need is missing.
    boolean complete() {
        return complete;
    }

    /// The rows, each with what was found of it.
    List<Map<String, @Nullable Object>> of(List<Map<String, @Nullable Object>> records) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Map<String, @Nullable Object> each : records) {
            String name = String.valueOf(each.get("name"));
            Sentence state =
                    state(
                            name.substring(0, name.length() - 1),
                            String.valueOf(each.get("type")),
                            String.valueOf(each.get("value")));
            complete &= state.equals(RIGHT) || state.equals(OTHER) || state.equals(UNCHECKED);
            rows.add(
                    Printout.row(
                            "state",
                            state.in(language),
                            "name",
                            name,
                            "type",
                            each.get("type"),
                            "value",
                            each.get("value")));
        }
        return rows;
    }

    private Sentence state(String name, String type, String value) {
        return switch (type) {
            case "MX" ->
                    state(
                            ask(name, DnsLookup.Kind.MX),
                            "",
                            value.substring(value.indexOf(' ') + 1, value.length() - 1));
            case "TXT" ->
                    state(ask(name, DnsLookup.Kind.TXT), value.substring(0, marker(value)), value);
            default -> UNCHECKED;
        };
    }

    /// How much of a text says what it is for.
    private static int marker(String value) {
        int semicolon = value.indexOf(';');
        int blank = value.indexOf(' ');
        return semicolon > 0 ? semicolon : Math.max(0, blank);
    }

    private DnsLookup.Answer ask(String name, DnsLookup.Kind kind) {
        return names.ask(new DnsLookup.Question(name, kind));
    }

    private static Sentence state(DnsLookup.Answer answer, String marker, String wanted) {
        return switch (answer) {
            case DnsLookup.Failed _ -> UNKNOWN;
            case DnsLookup.NoName _ -> MISSING;
            case DnsLookup.Found(List<String> found) ->
                    found.stream().anyMatch(each -> plain(each).equals(plain(wanted)))
                            ? RIGHT
                            : found.stream().anyMatch(each -> each.startsWith(marker))
                                    ? OTHER
                                    : MISSING;
        };
    }

    private static String plain(String text) {
        return text.replace(" ", "").toLowerCase(Locale.ROOT);
    }
}
