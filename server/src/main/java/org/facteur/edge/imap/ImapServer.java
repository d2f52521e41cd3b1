package org.facteur.edge.imap;

import java.io.IOException;
import java.util.Objects;
import org.facteur.net.listen.Connection;
import org.facteur.net.listen.ConnectionHandler;

/// Receives IMAP clients: the handler of the `imap` and `imaps` listeners. Any thread.
public final class ImapServer implements ConnectionHandler {
    private final ImapServices services;
    private final ImapSettings settings;

    public ImapServer(ImapServices services, ImapSettings settings) {
        this.services = Objects.requireNonNull(services);
        this.settings = Objects.requireNonNull(settings);
    }

    @Override
    public void run(Connection connection) throws IOException {
        new ImapConnection(connection, services, settings).run();
    }
}
