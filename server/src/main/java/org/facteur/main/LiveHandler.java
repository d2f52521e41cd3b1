package org.facteur.main;

import java.io.IOException;
import java.util.function.Supplier;
import org.facteur.net.listen.Connection;
import org.facteur.net.listen.ConnectionHandler;
import org.jspecify.annotations.Nullable;

/// Begins each conversation with the settings in force at that moment: a change needs no restart,
/// and nobody is disturbed in the middle. Any thread.
final class LiveHandler implements ConnectionHandler {
    private final Settings settings;
    private final Supplier<ConnectionHandler> making;
    private volatile @Nullable Made made;

    private record Made(Settings.Values values, ConnectionHandler handler) {}

    /// @param making a handler with the settings as they are when it is called
    LiveHandler(Settings settings, Supplier<ConnectionHandler> making) {
        this.settings = settings;
        this.making = making;
    }

    @Override
    public void run(Connection connection) throws IOException {
        current().run(connection);
    }

    private ConnectionHandler current() {
        Settings.Values now = settings.inForce();
        Made known = made;
        if (known == null || !known.values().equals(now)) {
            known = new Made(now, making.get());
            made = known;
        }
        return known.handler();
    }
}
