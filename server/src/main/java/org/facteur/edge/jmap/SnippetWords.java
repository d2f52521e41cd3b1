package org.facteur.edge.jmap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.facteur.core.search.LetterTexts;
import org.facteur.core.search.TextQuestion;
import tools.jackson.databind.JsonNode;

/// The words a filter looks for in subject and body, as they are compared.
final class SnippetWords {
    private static final List<String> PLACES = List.of("text", "subject", "body");
    private static final int NODES = 500;

    private SnippetWords() {}

    /// What stands under NOT is not looked for.
    static List<String> of(JsonNode filter) {
        Set<String> words = new LinkedHashSet<>();
        Deque<JsonNode> open = new ArrayDeque<>();
        open.push(filter);
        for (int nodes = 0; !open.isEmpty() && nodes < NODES; nodes++) {
            JsonNode node = open.pop();
            if (node.path("operator").asString("").equals("NOT")) {
                continue;
            }
            JsonNode conditions = node.get("conditions");
            if (conditions != null) {
                conditions.forEach(open::push);
            }
            for (String place : PLACES) {
                JsonNode text = node.get(place);
                if (text != null && text.isString()) {
                    TextQuestion.words(text.stringValue())
                            .forEach(each -> words.add(LetterTexts.folded(each)));
                }
            }
        }
        return new ArrayList<>(words);
    }
}
