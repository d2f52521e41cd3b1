package org.facteur.edge.web;

import java.io.IOException;
import org.facteur.wire.address.Domain;

/// Fetches a picture from another site, without telling it who asks.
@FunctionalInterface
public interface RemotePictures {
    /// @param path with its query, printable ASCII
    /// @param mostBytes of the body
    /// @throws IOException for anything but a whole body in time from a host everybody reaches
    byte[] fetch(Domain host, String path, int mostBytes) throws IOException;
}
