package org.facteur.edge.web;

import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;
import org.facteur.core.account.Directory;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.login.CredentialEditor;
import org.facteur.core.login.Login;
import org.facteur.core.login.WebSessions;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.submission.SubmissionDesk;

/// What the pages stand on.
///
/// @param pictures fetches pictures of other sites
/// @param caretaking for administrators
public record WebServices(
        Entry entry,
        Directory directory,
        LetterBoxes boxes,
        RemotePictures pictures,
        Caretaking caretaking,
        Outbox outbox) {
    public WebServices {
        Objects.requireNonNull(entry);
        Objects.requireNonNull(directory);
        Objects.requireNonNull(boxes);
        Objects.requireNonNull(pictures);
        Objects.requireNonNull(caretaking);
        Objects.requireNonNull(outbox);
    }

    /// What signing in takes.
    public record Entry(Login login, WebSessions sessions, CredentialEditor credentials) {
        public Entry {
            Objects.requireNonNull(login);
            Objects.requireNonNull(sessions);
            Objects.requireNonNull(credentials);
        }
    }

    /// What sending takes.
    ///
    /// @param writers for one letter each
    public record Outbox(SubmissionDesk desk, Supplier<LetterWriter> writers, InstantSource clock) {
        public Outbox {
            Objects.requireNonNull(desk);
            Objects.requireNonNull(writers);
            Objects.requireNonNull(clock);
        }
    }

    Login login() {
        return entry.login();
    }

    WebSessions sessions() {
        return entry.sessions();
    }

    CredentialEditor credentials() {
        return entry.credentials();
    }
}
