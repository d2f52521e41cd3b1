package org.facteur.wire.mime;

import static org.assertj.core.api.Assertions.assertThat;

/// A strict reader of the nested lists that ENVELOPE and BODYSTRUCTURE are: parentheses, strings,
/// literals, numbers and NIL, one blank between two things but not between two lists that may
/// touch.
final class ImapGrammar {
    private ImapGrammar() {}

    static void check(String name, byte[] octets) {
        int depth = 0;
        int at = 0;
        while (at < octets.length) {
            byte b = octets[at];
            if (b == '(') {
                depth++;
                at++;
            } else if (b == ')') {
                depth--;
                at++;
            } else if (b == '"') {
                at++;
                while (octets[at] != '"') {
                    assertThat(octets[at])
                            .as(name)
                            .isNotEqualTo((byte) '\\')
                            .isNotEqualTo((byte) '\r');
                    assertThat(octets[at]).as(name).isGreaterThan((byte) 8);
                    at++;
                }
                at++;
            } else if (b == '{') {
                int size = 0;
                for (at++; octets[at] != '}'; at++) {
                    size = size * 10 + octets[at] - '0';
                }
                assertThat(octets[at + 1]).as(name).isEqualTo((byte) '\r');
                assertThat(octets[at + 2]).as(name).isEqualTo((byte) '\n');
                at += 3 + size;
            } else if (b == ' ') {
                assertThat(octets[at + 1])
                        .as(name)
                        .isNotEqualTo((byte) ' ')
                        .isNotEqualTo((byte) ')');
                at++;
            } else {
                assertThat("NIL0123456789".indexOf(b)).as(name).isNotNegative();
                at++;
            }
            assertThat(depth > 0 || at == octets.length).as(name).isTrue();
        }
        assertThat(depth).as(name).isZero();
    }
}
