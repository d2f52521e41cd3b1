package org.facteur.base.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RateWindowTest {
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final RateWindow<String> window =
            new RateWindow<>(Duration.ofHours(1), 10, 100, now::get);

    @Test
    void aKeyGetsItsLimitAndNoMore() {
        assertThat(window.take("a", 9)).isTrue();
        assertThat(window.take("a", 2)).isFalse();
        assertThat(window.take("a", 1)).isTrue();
        assertThat(window.take("a", 1)).isFalse();
        assertThat(window.take("b", 10)).isTrue();
    }

    @Test
    void whatWasUsedComesBackAfterTheWindow() {
        assertThat(window.take("a", 5)).isTrue();
        pass(Duration.ofMinutes(30));
        assertThat(window.take("a", 5)).isTrue();
        pass(Duration.ofMinutes(29));
        assertThat(window.take("a", 1)).isFalse();
        pass(Duration.ofMinutes(4));
        assertThat(window.take("a", 5)).isTrue();
        assertThat(window.take("a", 1)).isFalse();
        pass(Duration.ofDays(400));
        assertThat(window.take("a", 10)).isTrue();
    }

    @Test
    void aClockThatGoesBackGivesNothingAway() {
        assertThat(window.take("a", 10)).isTrue();
        pass(Duration.ofHours(-5));
        assertThat(window.take("a", 1)).isFalse();
    }

    private void pass(Duration time) {
        now.set(now.get().plus(time));
    }
}
