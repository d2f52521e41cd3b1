package org.facteur.core.filter;

import java.util.List;
import java.util.Locale;

/// What came of judging a letter, with all that spoke.
///
/// @param facts in the order they were found
/// @param tokens the words that spoke the loudest, in either direction
public record Verdict(List<Fact> facts, List<ContentModel.Token> tokens) {
    /// The header field that keeps verdicts.
    static final String FIELD = "X-Facteur-Verdict";

    private static final int MOST_TOKENS = 6;
    private static final int LONGEST_TOKEN = 40;

    public Verdict {
        facts = List.copyOf(facts);
        tokens = List.copyOf(tokens);
    }

    /// All weights together.
    public double score() {
        return facts.stream().mapToDouble(Fact::weight).sum();
    }

    public boolean junk() {
        return score() >= 0;
    }

    /// The header field that keeps it with the letter, CRLF included. Only typed values enter it.
    public String toField() {
        StringBuilder field = new StringBuilder(FIELD).append(": ");
        field.append(junk() ? "junk" : "letter").append("; score=").append(number(score()));
        for (Fact each : facts) {
            field.append(";\r\n\t").append(each.code()).append('=').append(number(each.weight()));
        }
        int shown = 0;
        for (ContentModel.Token each : tokens) {
            if (shown++ < MOST_TOKENS) {
                field.append(";\r\n\t\"")
                        .append(plain(each.words()))
                        .append("\"=")
                        .append(number(each.weight()));
            }
        }
        return field.append("\r\n").toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%+.2f", value);
    }

    private static String plain(String text) {
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < Math.min(LONGEST_TOKEN, text.length()); i++) {
            char c = text.charAt(i);
            kept.append(c < ' ' || c > '~' || c == '"' || c == '\\' ? '?' : c);
        }
        return kept.toString();
    }
}
