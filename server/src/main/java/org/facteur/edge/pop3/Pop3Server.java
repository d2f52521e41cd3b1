package org.facteur.edge.pop3;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Objects;
import org.facteur.core.login.Login;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.net.listen.Connection;
import org.facteur.net.listen.ConnectionHandler;

/// Serves POP3 on any number of listeners. Any thread.
public final class Pop3Server implements ConnectionHandler {
    /// What a listener says to a peer it does not admit.
    public static final String REFUSAL = "-ERR [SYS/TEMP] Too many connections; try again later.";

    private final Login login;
    private final LetterBoxes boxes;
    private final InstantSource clock;
    private final Pop3Settings settings;

    public Pop3Server(Login login, LetterBoxes boxes, InstantSource clock, Pop3Settings settings) {
        this.login = Objects.requireNonNull(login);
        this.boxes = Objects.requireNonNull(boxes);
        this.clock = Objects.requireNonNull(clock);
        this.settings = Objects.requireNonNull(settings);
    }

    @Override
    public void run(Connection connection) throws IOException {
        new Pop3Connection(connection, settings, line -> new Pop3Session(this, line)).run();
    }

    Login login() {
        return login;
    }

    LetterBoxes boxes() {
        return boxes;
    }

    InstantSource clock() {
        return clock;
    }

    Pop3Settings settings() {
        return settings;
    }
}
