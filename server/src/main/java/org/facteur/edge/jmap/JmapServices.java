package org.facteur.edge.jmap;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.facteur.core.account.Directory;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.search.SearchIndex;

/// What the conversation needs of the post office.
///
/// @param authenticators asked in order
/// @param letters makes what takes a letter in
public record JmapServices(
        List<Authenticator> authenticators,
        Directory directory,
        LetterBoxes boxes,
        Supplier<LetterWriter> letters,
        SearchIndex index,
        InstantSource clock) {
    public JmapServices {
        authenticators = List.copyOf(authenticators);
        Objects.requireNonNull(directory);
        Objects.requireNonNull(boxes);
        Objects.requireNonNull(letters);
        Objects.requireNonNull(index);
        Objects.requireNonNull(clock);
    }
}
