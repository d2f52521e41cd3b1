package org.facteur.wire.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BaseSubjectTest {
    @Test
    void takesOffWhatRepliesForwardsAndListsAdd() {
        Map<String, String> subjects =
                Map.ofEntries(
                        Map.entry("Re: Hello", "hello"),
                        Map.entry("RE :  re[2]: [list] Fwd: Hello (fwd)  (Fwd)", "hello"),
                        Map.entry("[fwd: [a] hello]", "hello"),
                        Map.entry("[a] [b]", "[b]"),
                        Map.entry("[only]", "[only]"),
                        Map.entry("reading", "reading"),
                        Map.entry("[x] re: hello", "hello"),
                        Map.entry("a   b\tc", "a b c"),
                        Map.entry("Re:", ""),
                        Map.entry("", ""));
        subjects.forEach(
                (subject, base) ->
                        assertThat(BaseSubject.of(subject).text()).as(subject).isEqualTo(base));
        assertThat(BaseSubject.of("[list] news").reply()).isFalse();
        assertThat(BaseSubject.of("Re: news").reply()).isTrue();
    }
}
