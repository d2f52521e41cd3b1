package org.facteur.edge.jmap;

import java.io.IOException;
import java.io.InputStream;
import org.facteur.wire.mime.Anatomy;
import org.facteur.wire.mime.HeaderBlock;
import org.facteur.wire.mime.Listing;
import org.facteur.wire.mime.Part;

/// A message that is shown: one that lies in a mailbox, or a blob that was read as one. One thread;
/// closed when no longer needed.
interface MessageSource extends AutoCloseable {
    /// What lists show.
    Listing listing();

    /// Where everything lies.
    Anatomy anatomy();

    /// In octets.
    long size();

    /// Its own header, trace fields included.
    HeaderBlock header() throws IOException;

    /// The header of a part.
    HeaderBlock header(Part part) throws IOException;

    /// The body of a part, still in its transfer encoding; closed by the caller.
    InputStream body(Part part) throws IOException;

    /// The blob of its octets.
    String blobId();

    @Override
    void close();
}
