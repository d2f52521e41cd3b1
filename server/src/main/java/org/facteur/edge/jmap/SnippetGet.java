package org.facteur.edge.jmap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterContent;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.search.LetterTexts;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// SearchSnippet/get (RFC 8621 §5.1): where in a letter the words stand, marked.
final class SnippetGet {
    /// How much text is shown, in UTF-16 units, before it is escaped.
    private static final int SHOWN = 160;

    private static final int BEFORE = 40;

    private SnippetGet() {}

    static ObjectNode run(Call call) throws IOException {
        LetterBox box = call.box();
        ObjectNode filter = call.arguments().findObject("filter");
        List<String> ids = call.arguments().findIds("emailIds");
        call.arguments().end();
        if (ids == null) {
            throw MethodFault.invalidArguments("emailIds are missing");
        }
        if (ids.size() > call.settings().objects()) {
            throw MethodFault.requestTooLarge("at most " + call.settings().objects() + " ids");
        }
        List<String> words = filter == null ? List.of() : SnippetWords.of(filter);
        ArrayNode list = JmapText.array();
        ArrayNode notFound = JmapText.array();
        for (String id : new LinkedHashSet<>(ids)) {
            String real = call.resolve(id);
            LetterId number = real == null ? null : ObjectIds.letter(real).orElse(null);
            Letter letter = number == null ? null : box.findLetter(number).orElse(null);
            if (letter == null || real == null) {
                notFound.add(id);
            } else {
                list.add(snippet(box, letter, words).put("emailId", real));
            }
        }
        ObjectNode answer = JmapText.object().put("accountId", ObjectIds.of(box.owner()));
        answer.set("list", list);
        answer.set("notFound", notFound.isEmpty() ? null : notFound);
        return answer;
    }

    private static ObjectNode snippet(LetterBox box, Letter letter, List<String> words)
            throws IOException {
        ObjectNode json = JmapText.object();
        String subject = box.listing(letter).summary().subject();
        json.put("subject", marked(subject, words, subject.length()));
        json.put("preview", words.isEmpty() ? null : preview(box, letter, words));
        return json;
    }

    private static @Nullable String preview(LetterBox box, Letter letter, List<String> words)
            throws IOException {
        var anatomy = box.findAnatomy(letter.id()).orElse(null);
        @Nullable String[] found = new String[1];
        if (anatomy != null) {
            try (LetterContent content = box.content(letter)) {
                LetterTexts.bodies(
                        anatomy,
                        content,
                        text -> {
                            found[0] = marked(text, words, SHOWN);
                            return found[0] == null;
                        });
            }
        }
        return found[0];
    }

    /// The text around the first word that is found, escaped, each word in `mark`; null where there
    /// is none.
    static @Nullable String marked(String text, List<String> words, int most) {
        String plain = text.replace('\r', ' ').replace('\n', ' ');
        String folded = LetterTexts.folded(plain);
        if (folded.length() != plain.length()) {
            plain = folded;
        }
        List<int[]> places = places(folded, words);
        if (places.isEmpty()) {
            return null;
        }
        int from = most >= plain.length() ? 0 : Math.max(0, places.getFirst()[0] - BEFORE);
        int to = Math.min(plain.length(), from + most);
        StringBuilder out = new StringBuilder();
        int at = from;
        for (int[] place : places) {
            if (place[0] < at || place[1] > to) {
                continue;
            }
            escape(plain, at, place[0], out);
            out.append("<mark>");
            escape(plain, place[0], place[1], out);
            out.append("</mark>");
            at = place[1];
        }
        escape(plain, at, to, out);
        return out.toString().strip();
    }

    private static List<int[]> places(String folded, List<String> words) {
        List<int[]> places = new ArrayList<>();
        Set<Integer> taken = new LinkedHashSet<>();
        for (String word : words) {
            int at = folded.indexOf(word);
            for (int count = 0; at >= 0 && count < 20; count++) {
                if (taken.add(at)) {
                    places.add(new int[] {at, at + word.length()});
                }
                at = folded.indexOf(word, at + word.length());
            }
        }
        places.sort(java.util.Comparator.comparingInt(each -> each[0]));
        return places;
    }

    private static void escape(String text, int from, int to, StringBuilder out) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(Character.isISOControl(c) ? ' ' : c);
            }
        }
    }
}
