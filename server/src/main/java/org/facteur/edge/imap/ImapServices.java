package org.facteur.edge.imap;

import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.login.Login;
import org.facteur.core.login.TokenCheck;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.search.SearchIndex;
import org.jspecify.annotations.Nullable;

/// What the IMAP server works with. All of it is shared by all sessions.
///
/// @param letters opens a writer for one letter of APPEND
/// @param index what is known of the words in letters
/// @param product what ID says about the server
/// @param beside what there may be or not
public record ImapServices(
        LetterBoxes boxes,
        Login login,
        Supplier<LetterWriter> letters,
        SearchIndex index,
        InstantSource clock,
        Product product,
        Beside beside) {
    /// What there may be or not; what is not there is not offered.
    ///
    /// @param tokens who checks access tokens
    /// @param jmap where the session resource of JMAP is that shows the same letters (RFC 9698)
    public record Beside(@Nullable TokenCheck tokens, Supplier<Optional<String>> jmap) {
        public static final Beside NOTHING = new Beside(null, Optional::empty);

        public Beside {
            Objects.requireNonNull(jmap);
        }
    }

    /// With access tokens.
    public ImapServices(
            LetterBoxes boxes,
            Login login,
            Supplier<LetterWriter> letters,
            SearchIndex index,
            InstantSource clock,
            Product product,
            @Nullable TokenCheck tokens) {
        this(boxes, login, letters, index, clock, product, new Beside(tokens, Optional::empty));
    }

    /// With passwords alone.
    public ImapServices(
            LetterBoxes boxes,
            Login login,
            Supplier<LetterWriter> letters,
            SearchIndex index,
            InstantSource clock,
            Product product) {
        this(boxes, login, letters, index, clock, product, Beside.NOTHING);
    }

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
        Objects.requireNonNull(beside);
    }

    @Nullable TokenCheck tokens() {
        return beside.tokens();
    }
}
