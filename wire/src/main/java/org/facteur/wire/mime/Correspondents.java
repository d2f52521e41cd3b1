package org.facteur.wire.mime;

import java.util.List;
import org.facteur.wire.address.HeaderAddress;

/// Who writes to whom, as the header says: nothing here is proved.
///
/// Each list holds at most 100.
public record Correspondents(
        List<HeaderAddress> from, List<HeaderAddress> to, List<HeaderAddress> cc) {
    public Correspondents {
        from = List.copyOf(from);
        to = List.copyOf(to);
        cc = List.copyOf(cc);
    }
}
