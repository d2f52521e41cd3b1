package org.facteur.net.listen;

import java.io.IOException;

/// The time given for reads and writes is over.
public final class DeadlinePassed extends IOException {
    public DeadlinePassed() {
        super("the deadline has passed");
    }
}
