package org.facteur.edge.sieve;

import java.io.IOException;
import java.util.Objects;
import org.facteur.net.listen.Connection;
import org.facteur.net.listen.ConnectionHandler;

/// Serves ManageSieve on any number of listeners. Any thread.
public final class ManageSieveServer implements ConnectionHandler {
    /// What a listener says to a peer it does not admit.
    public static final String REFUSAL =
            "BYE (TRYLATER) \"Too many connections; try again later.\"";

    private final ManageSieveServices services;
    private final ManageSieveSettings settings;

    public ManageSieveServer(ManageSieveServices services, ManageSieveSettings settings) {
        this.services = Objects.requireNonNull(services);
        this.settings = Objects.requireNonNull(settings);
    }

    @Override
    public void run(Connection connection) throws IOException {
        new ManageSieveConnection(connection, services, settings).run();
    }
}
