package org.facteur.edge.imap;

import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.login.Login;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.search.SearchIndex;

/// What the IMAP server works with. All of it is shared by all sessions.
///
/// @param letters opens a writer for one letter of APPEND
/// @param index what is known of the words in letters
/// @param product what ID says about the server
public record ImapServices(
        LetterBoxes boxes,
        Login login,
        Supplier<LetterWriter> letters,
        SearchIndex index,
        InstantSource clock,
        Product product) {
    /// Name and version of the program, for ID (RFC 2971 §3.3).
    public record Product(String name, String version) {
        public Product {
            Objects.requireNonNull(name);
            Objects.requireNonNull(version);
        }
    }

    public ImapServices {
        Objects.requireNonNull(boxes);
        Objects.requireNonNull(login);
        Objects.requireNonNull(letters);
        Objects.requireNonNull(index);
        Objects.requireNonNull(clock);
        Objects.requireNonNull(product);
    }
}
