package org.facteur.edge.jmap;

import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/// Does one kind of call. Any thread.
@FunctionalInterface
interface JmapMethod {
    /// @return the arguments of the answer
    /// @throws org.facteur.wire.jmap.MethodFault when the call fails as a whole
    ObjectNode run(Call call) throws IOException;
}
