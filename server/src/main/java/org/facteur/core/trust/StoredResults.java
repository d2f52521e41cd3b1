package org.facteur.core.trust;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.facteur.core.mailbox.Letter;
import org.facteur.wire.auth.AuthenticationResults;
import org.facteur.wire.text.HeaderFolding;
import org.facteur.wire.text.SyntaxFault;

/// What was found out about a letter when it arrived, as it is kept before the letter's octets.
/// What the letter itself says of such things is somebody else's word and is not read. Any thread.
public final class StoredResults {
    private static final String FIELD = "Authentication-Results";

    private StoredResults() {}

    /// Who wrote it; empty for a letter nobody looked at, as those of our own people.
    public static Optional<AuthenticationResults> of(Letter letter) {
        return field(letter.prefix(), FIELD)
                .flatMap(
                        value -> {
                            try {
                                return Optional.of(AuthenticationResults.parse(value));
                            } catch (SyntaxFault _) {
                                return Optional.empty();
                            }
                        });
    }

    /// Whether the domains in From confirmed that they sent it.
    public static boolean confirmed(AuthenticationResults results) {
        boolean any = false;
        for (AuthenticationResults.Finding each : results.findings()) {
            if (each.method().equals("dmarc")) {
                any = true;
                if (!each.result().equals("pass")) {
                    return false;
                }
            }
        }
        return any;
    }

    /// The first field of a name among those this server put before a letter, unfolded.
    ///
    /// @param prefix as the row of the letter has it
    public static Optional<String> field(byte[] prefix, String name) {
        int line = 0;
        while (line < prefix.length) {
            int end = line;
            do {
                end = lineEnd(prefix, end);
            } while (end < prefix.length && (prefix[end] == ' ' || prefix[end] == '\t'));
            int value = line + name.length() + 1;
            if (value <= end
                    && new String(prefix, line, value - line, StandardCharsets.ISO_8859_1)
                            .equalsIgnoreCase(name + ":")) {
                return Optional.of(
                        new String(
                                HeaderFolding.unfold(prefix, value, end),
                                StandardCharsets.ISO_8859_1));
            }
            line = end;
        }
        return Optional.empty();
    }

    private static int lineEnd(byte[] octets, int from) {
        int at = from;
        while (at < octets.length && octets[at] != '\n') {
            at++;
        }
        return Math.min(octets.length, at + 1);
    }
}
