package org.facteur.wire.mime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What threading looks at. Message ids are without angle brackets.
///
/// @param inReplyTo at most 100
/// @param references oldest first; of more than 100 the first and the last 99 are kept
/// @param baseSubject the subject without `Re:`, `[list]` and `(fwd)` (RFC 5256 §2.1), lower case
/// @param reply whether the base subject lost a reply or forward mark
public record ThreadKeys(
        @Nullable String messageId,
        List<String> inReplyTo,
        List<String> references,
        String baseSubject,
        boolean reply) {
    public ThreadKeys {
        inReplyTo = List.copyOf(inReplyTo);
        references = List.copyOf(references);
    }
}
