package org.facteur.trial.load;

/// A port where a server listens.
public record Endpoint(String host, int port) {
    public Endpoint {
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("no such place: " + host + ":" + port);
        }
    }

    public static Endpoint loopback(int port) {
        return new Endpoint("127.0.0.1", port);
    }

    /// Reads `host:port`.
    ///
    /// @throws IllegalArgumentException when it is not
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(text + " is not host:port");
        }
        return new Endpoint(
                text.substring(0, colon), Integer.parseInt(text, colon + 1, text.length(), 10));
    }
}
