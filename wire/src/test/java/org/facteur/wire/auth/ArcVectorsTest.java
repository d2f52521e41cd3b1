package org.facteur.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// ValiMail's test suite for validating chains. An empty expectation is that of a chain whose last
/// seal says itself that it was broken: nothing may take it for one that holds.
class ArcVectorsTest {
    @Test
    void everyPublishedChainIsJudgedAsTheSuiteWants() {
        if (!Published.present()) {
            return;
        }
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        for (Map<?, ?> document : Published.documents("arc/tests/arc-draft-validation-tests.yml")) {
            Zone zone = new Zone();
            if (document.get("txt-records") instanceof Map<?, ?> records) {
                records.forEach(
                        (name, text) ->
                                zone.with(
                                        String.valueOf(name),
                                        DnsLookup.Kind.TXT,
                                        String.valueOf(text)));
            }
            for (Map.Entry<?, ?> each : Published.map(document, "tests").entrySet()) {
                cases++;
                Map<?, ?> one = (Map<?, ?>) each.getValue();
                String wanted =
                        String.valueOf(one.get("cv")).isBlank()
                                ? "fail"
                                : String.valueOf(one.get("cv"));
                ArcResult result = judge(Published.crlf(String.valueOf(one.get("message"))), zone);
                if (!wanted.equalsIgnoreCase(result.code().word())) {
                    wrong.add(each.getKey() + ": " + result + " and not " + wanted);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(cases).isEqualTo(171);
    }

    private static ArcResult judge(byte[] letter, Zone zone) {
        SignedLetter.Reader reader = new SignedLetter.Reader(512_000, Set.of());
        reader.accept(letter, 0, letter.length);
        return ArcVerifier.judge(reader.finish(), zone, Instant.ofEpochSecond(1_500_000_000));
    }
}
