package org.facteur.net.listen;

import java.io.IOException;

/// The connection was ended from our side, or broke.
public final class ConnectionEnded extends IOException {
    public ConnectionEnded(String reason) {
        super(reason);
    }
}
