package org.facteur.core.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.trust.StoredResults;

/// A verdict as it is kept with the letter.
///
/// @param junk what it was taken for
/// @param facts codes and weights, then words in quotes and theirs, as [Verdict#toField] wrote them
public record StoredVerdict(boolean junk, List<Weighed> facts) {
    private static final int MOST = 50;

    /// One that spoke.
    ///
    /// @param name a code, or words in quotes
    /// @param weight above 0 for junk
    public record Weighed(String name, double weight) {
        public Weighed {
            Objects.requireNonNull(name);
        }
    }

    public StoredVerdict {
        facts = List.copyOf(facts);
    }

    /// Empty for a letter that was not judged.
    public static Optional<StoredVerdict> of(Letter letter) {
        return StoredResults.field(letter.prefix(), Verdict.FIELD).map(StoredVerdict::read);
    }

    /// Never fails: what cannot be read is left out.
    static StoredVerdict read(String value) {
        List<Weighed> facts = new ArrayList<>();
        int at = 0;
        boolean junk = value.startsWith("junk");
        while (at < value.length() && facts.size() < MOST) {
            int end = at;
            boolean quoted = false;
            while (end < value.length() && (quoted || value.charAt(end) != ';')) {
                quoted ^= value.charAt(end) == '"';
                end++;
            }
            String item = value.substring(at, end).strip();
            int equals = item.lastIndexOf('=');
            if (equals > 0) {
                try {
                    facts.add(
                            new Weighed(
                                    item.substring(0, equals),
                                    Double.parseDouble(item.substring(equals + 1))));
                } catch (NumberFormatException _) {
                    // Not ours to read.
                }
            }
            at = end + 1;
        }
        return new StoredVerdict(junk, facts);
    }
}
