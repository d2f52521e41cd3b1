package org.facteur.edge.web;

import java.util.Objects;
import org.facteur.core.account.Directory;
import org.facteur.core.login.CredentialEditor;
import org.facteur.core.login.Login;
import org.facteur.core.login.WebSessions;
import org.facteur.core.mailbox.LetterBoxes;

/// What the pages stand on.
///
/// @param pictures fetches pictures of other sites
/// @param caretaking for administrators
public record WebServices(
        Login login,
        WebSessions sessions,
        CredentialEditor credentials,
        Directory directory,
        LetterBoxes boxes,
        RemotePictures pictures,
        Caretaking caretaking) {
    public WebServices {
        Objects.requireNonNull(login);
        Objects.requireNonNull(sessions);
        Objects.requireNonNull(credentials);
        Objects.requireNonNull(directory);
        Objects.requireNonNull(boxes);
        Objects.requireNonNull(pictures);
        Objects.requireNonNull(caretaking);
    }
}
