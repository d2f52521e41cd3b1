package org.facteur.wire.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MailDateTest {
    @Test
    void readsStandardObsoleteAndInventedForms() {
        Map<String, String> dates =
                Map.ofEntries(
                        Map.entry("Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T09:55:06-06:00"),
                        Map.entry("21 Nov 97 09:55:06 GMT", "1997-11-21T09:55:06Z"),
                        Map.entry(
                                "Fri, 21 Nov 1997 09(comment):   55  :  06 -0600",
                                "1997-11-21T09:55:06-06:00"),
                        Map.entry(
                                "Thu,      13  Feb 1969 23:32 -0330 (Newfoundland Time)",
                                "1970-02-13T23:32-03:30"),
                        Map.entry("1 Jan 102 10:00:00 EST", "2002-01-01T10:00-05:00"),
                        Map.entry("Mon Jan  2 15:04:05 2006", "2006-01-02T15:04:05Z"),
                        Map.entry("2006-01-02T15:04:05+02:00", "2006-01-02T15:04:05+02:00"),
                        Map.entry("2006-01-02T15:04:05Z", "2006-01-02T15:04:05Z"),
                        Map.entry("Mon, 2-Jan-2006 15:04:05 CET", "2006-01-02T15:04:05+01:00"),
                        Map.entry("1 Jan 9999 10:00:00 +0000", "2200-01-01T10:00Z"),
                        Map.entry("1 Jan 2020 23:59:60 +0000", "2020-01-01T23:59:59Z"),
                        Map.entry("31 Feb 2020 10:00:00 +0000", "none"),
                        Map.entry("tomorrow", "none"),
                        Map.entry("", "none"),
                        Map.entry("(((((", "none"));
        dates.forEach(
                (text, expected) -> {
                    OffsetDateTime date = MailDate.parse(text);
                    assertThat(date == null ? "none" : date.toString())
                            .as(text)
                            .isEqualTo(expected);
                });
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        for (String text :
                List.of(
                        "2026-11-22T10:00:00+01:00",
                        "1999-02-03T00:00:01-03:30",
                        "2000-12-31T23:59:59Z")) {
            OffsetDateTime date = OffsetDateTime.parse(text);
            assertThat(MailDate.parse(MailDate.format(date))).isEqualTo(date);
        }
        assertThat(MailDate.format(OffsetDateTime.parse("2006-01-02T15:04:05+01:00")))
                .isEqualTo("Mon, 2 Jan 2006 15:04:05 +0100");
    }
}
