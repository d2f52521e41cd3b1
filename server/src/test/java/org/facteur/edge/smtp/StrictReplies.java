package org.facteur.edge.smtp;

import static org.assertj.core.api.Assertions.assertThat;

/// What RFC 5321 §4.2 and RFC 2034 §4 want of every reply line, checked letter by letter.
final class StrictReplies {
    private StrictReplies() {}

    // Reply-line = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP textstring ] CRLF
    /// @param line without CRLF; empty at the end of the conversation
    static void check(String line) {
        if (line.isEmpty()) {
            return;
        }
        assertThat(line.length()).as(line).isBetween(4, 510);
        assertThat(line.chars()).as(line).allMatch(c -> c >= 0x20 && c < 0x7F);
        assertThat(line.substring(0, 3)).as(line).containsOnlyDigits();
        int code = Integer.parseInt(line.substring(0, 3));
        assertThat(code).as(line).isBetween(200, 559);
        assertThat(code / 10 % 10).as(line).isBetween(0, 5);
        assertThat(line.charAt(3)).as(line).isIn(' ', '-');
        String text = line.substring(4);
        if (code == 334 || code == 354 || (code == 220 && !text.startsWith("2."))) {
            return;
        }
        int digits = text.indexOf(' ');
        boolean enhanced = digits > 4 && text.charAt(1) == '.';
        if (code == 250 && !enhanced) {
            // A greeting's answer and the extensions behind it have none (RFC 2034 §4).
            assertThat(text.charAt(0)).as(line).isNotIn('2', '4', '5');
            return;
        }
        assertThat(enhanced).as(line).isTrue();
        assertThat(text.charAt(0)).as(line).isEqualTo(line.charAt(0));
    }
}
