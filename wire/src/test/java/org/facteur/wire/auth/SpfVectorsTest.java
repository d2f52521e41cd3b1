package org.facteur.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The test suite of openspf.org for RFC 7208, and Stalwart's cases in the same form.
class SpfVectorsTest {
    @Test
    void everyPublishedCaseHasAResultTheSuiteAllows() {
        if (!Published.present()) {
            return;
        }
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        for (Map<?, ?> document : Published.documents("spf/test/rfc7208-tests.yml")) {
            Zone zone = Zone.published(Published.map(document, "zonedata"));
            for (Map.Entry<?, ?> each : Published.map(document, "tests").entrySet()) {
                cases++;
                check(String.valueOf(each.getKey()), (Map<?, ?>) each.getValue(), zone)
                        .ifPresent(wrong::add);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(cases).isEqualTo(203);
    }

    private static Optional<String> check(String name, Map<?, ?> one, Zone zone) {
        String host = String.valueOf(one.get("host"));
        IpAddress client =
                IpAddress.parseFour(host).or(() -> IpAddress.parseSix(host)).orElseThrow();
        SpfResult result =
                SpfCheck.of(
                        new SpfCheck.Question(
                                client,
                                String.valueOf(one.get("mailfrom")),
                                String.valueOf(one.get("helo")),
                                "receiver.example",
                                Instant.EPOCH),
                        zone);
        Object wanted = one.get("result");
        List<?> allowed = wanted instanceof List<?> several ? several : List.of(wanted);
        if (!allowed.contains(result.code().word())) {
            return Optional.of(name + ": " + result.code() + " and not " + allowed);
        }
        Object words = one.get("explanation");
        String said = result.explanation() == null ? "DEFAULT" : result.explanation();
        return words == null
                        || words.toString()
                                .toLowerCase(Locale.ROOT)
                                .equals(said.toLowerCase(Locale.ROOT))
                ? Optional.empty()
                : Optional.of(name + ": says " + said + " and not " + words);
    }
}
