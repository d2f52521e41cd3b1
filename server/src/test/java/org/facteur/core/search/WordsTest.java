package org.facteur.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Words.each(text, words::add);
        return words;
    }

    @Test
    void aWordReachesOverWhatJoinsAddressesAndNumbers() {
        assertThat(words("écrire à <alice.b+x@mail.example.org>, v1.2-rc_3. l'été -- fin"))
                .containsExactly(
                        "écrire",
                        "à",
                        "alice.b+x@mail.example.org",
                        "v1.2-rc_3",
                        "l",
                        "été",
                        "fin");
    }

    @Test
    void charactersBeyondTheFirstPlaneAreWhole() {
        assertThat(words("a𝒳b 😀 漢字")).containsExactly("a𝒳b", "漢字");
        assertThat(words("\ud800 x \udc00")).containsExactly("x");
    }

    /// Any text up to the overlap that stands in a longer word stands in one of its pieces.
    @Test
    void longWordsAreCutSoThatShortTextsStayWhole() {
        Random random = new Random(5);
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        Set<String> pieces = new HashSet<>();
        assertThat(Words.collect(word.toString(), pieces)).isTrue();
        for (int from = 0; from + Words.OVERLAP <= word.length(); from++) {
            String text = word.substring(from, from + Words.OVERLAP);
            assertThat(pieces).anyMatch(piece -> piece.contains(text));
        }
        assertThat(pieces).allMatch(piece -> piece.length() <= Words.LONGEST);
    }

    private static Set<String> stems(String word) {
        Set<String> stems = new HashSet<>();
        Stems.collect(LetterTexts.folded(word), stems);
        return stems;
    }

    @Test
    void formsOfAWordShareAStem() {
        List<List<String>> alike =
                List.of(
                        List.of("lettre", "lettres"),
                        List.of("journal", "journaux"),
                        List.of("poster", "posté", "postée", "postées"),
                        List.of("École", "ecole", "écoles"),
                        List.of("letter", "letters"),
                        List.of("posting", "posted", "post"),
                        List.of("stopped", "stop"),
                        List.of("parties", "party"),
                        List.of("boxes", "box"),
                        List.of("cœur", "coeur"));
        for (List<String> forms : alike) {
            for (String form : forms) {
                assertThat(stems(forms.getFirst())).as(form).containsAnyElementsOf(stems(form));
            }
        }
        assertThat(stems("facture")).doesNotContainAnyElementsOf(stems("facteur"));
        assertThat(stems("letter")).doesNotContainAnyElementsOf(stems("lettuce"));
    }
}
