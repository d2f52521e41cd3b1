package org.facteur.wire.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListPatternTest {
    @ParameterizedTest
    @CsvSource({
        "*, a/b/c, true",
        "%, a, true",
        "%, a/b, false",
        "%/%, a/b, true",
        "%/%, a/b/c, false",
        "a*c, a/b/c, true",
        "a%c, a/b/c, false",
        "a%c, abc, true",
        "a%c, ac, true",
        "a%, a, true",
        "*%, a/b, true",
        "%*, a/b, true",
        "inbox, INBOX, true",
        "InB%, INBOX, true",
        "inbox/%, INBOX/Old, true",
        "inbox/old, INBOX/Old, false",
        "x, y, false",
        "a/, a, false"
    })
    void matches(String pattern, String name, boolean expected) {
        assertThat(new ListPattern("", pattern).matches(new MailboxPath(name))).isEqualTo(expected);
    }

    @Test
    void putsTheReferenceInFront() {
        assertThat(new ListPattern("Mail/", "%").matches(new MailboxPath("Mail/a"))).isTrue();
        assertThat(new ListPattern("Mail/", "%").matches(new MailboxPath("Mail/a/b"))).isFalse();
    }

    @Test
    void tellsWhereToLook() {
        assertThat(new ListPattern("", "%").mayMatchBelow(new MailboxPath("a"))).isFalse();
        assertThat(new ListPattern("", "a/%").mayMatchBelow(new MailboxPath("a"))).isTrue();
        assertThat(new ListPattern("", "*x").mayMatchBelow(new MailboxPath("a/b"))).isTrue();
    }

    @Test
    void agreesWithAPlainTable() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            String pattern = random(random, "ab/*%", random.nextInt(90) == 0 ? 150 : 8);
            String name = "a" + random(random, "ab/", 9);
            assertThat(new ListPattern("", pattern).matches(new MailboxPath(name)))
                    .as("%s against %s", pattern, name)
                    .isEqualTo(table(pattern, name));
        }
    }

    private static String random(Random random, String letters, int longest) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(longest);
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    /// The textbook's table: cell (i, j) tells whether i characters of the pattern match j of the
    /// name.
    private static boolean table(String pattern, String name) {
        boolean[] row = new boolean[name.length() + 1];
        row[0] = true;
        for (int i = 0; i < pattern.length(); i++) {
            char p = pattern.charAt(i);
            boolean[] next = new boolean[row.length];
            for (int j = 0; j < row.length; j++) {
                if (p == '*' || p == '%') {
                    next[j] =
                            row[j]
                                    || (j > 0
                                            && next[j - 1]
                                            && (p == '*' || name.charAt(j - 1) != '/'));
                } else {
                    next[j] = j > 0 && row[j - 1] && name.charAt(j - 1) == p;
                }
            }
            row = next;
        }
        return row[name.length()];
    }
}
