package org.facteur.edge.smtp;

import java.io.IOException;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.facteur.net.listen.Connection;
import org.facteur.net.listen.ConnectionHandler;

/// Receives letters on one listener. Any thread.
public final class SmtpServer implements ConnectionHandler {
    private final SmtpSettings settings;
    private final SmtpServices services;
    private final BooleanSupplier stressed;

    /// @param stressed whether so many peers are here that patience must shorten
    public SmtpServer(SmtpSettings settings, SmtpServices services, BooleanSupplier stressed) {
        this.settings = Objects.requireNonNull(settings);
        this.services = Objects.requireNonNull(services);
        this.stressed = Objects.requireNonNull(stressed);
    }

    @Override
    public void run(Connection connection) throws IOException {
        new SmtpConnection(connection, settings, services, stressed).run();
    }
}
