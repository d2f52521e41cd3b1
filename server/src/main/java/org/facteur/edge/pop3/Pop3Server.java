package org.facteur.edge.pop3;

import java.io.IOException;
import java.util.Objects;
import org.facteur.net.listen.Connection;
import org.facteur.net.listen.ConnectionHandler;

/// Serves POP3 on any number of listeners. Any thread.
public final class Pop3Server implements ConnectionHandler {
    /// What a listener says to a peer it does not admit.
    public static final String REFUSAL = "-ERR [SYS/TEMP] Too many connections; try again later.";

    private final Pop3Services services;
    private final Pop3Settings settings;
    private final LoginDelay delay;

    public Pop3Server(Pop3Services services, Pop3Settings settings) {
        this.services = Objects.requireNonNull(services);
        this.settings = Objects.requireNonNull(settings);
        this.delay = new LoginDelay(settings.loginDelay(), services.clock());
    }

    @Override
    public void run(Connection connection) throws IOException {
        new Pop3Connection(connection, settings, line -> new Pop3Session(this, line)).run();
    }

    Pop3Services services() {
        return services;
    }

    Pop3Settings settings() {
        return settings;
    }

    LoginDelay delay() {
        return delay;
    }
}
