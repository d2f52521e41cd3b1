package org.facteur.edge.jmap;

import java.util.Map;
import java.util.function.BiConsumer;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.wire.jmap.Arguments;
import org.facteur.wire.jmap.MethodFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One call of a batch. One thread.
///
/// @param createdIds of the whole batch, by the names their creator gave
/// @param also adds another answer behind that of the call (RFC 8620 §3.4)
record Call(
        JmapServices services,
        JmapSettings settings,
        Caller caller,
        Arguments arguments,
        Map<String, String> createdIds,
        BiConsumer<String, ObjectNode> also) {
    /// The letter box the call is about.
    ///
    /// @throws MethodFault invalidArguments without an account, accountNotFound for none of the
    ///   caller's
    LetterBox box() {
        return box("accountId");
    }

    LetterBox box(String argument) {
        String id = arguments.id(argument);
        return services.findBox(caller, id)
                .orElseThrow(() -> new MethodFault("accountNotFound", null));
    }

    /// The letter box the call is about, which must be the caller's own: what it holds besides
    /// letters is shared with nobody.
    LetterBox ownBox() {
        LetterBox box = box();
        if (box.guest()) {
            throw new MethodFault("accountNotSupportedByMethod", null);
        }
        return box;
    }

    /// Blobs of the call's accounts.
    Blobs blobs() {
        return new Blobs(services.extras());
    }

    /// An id, or what an earlier call of the batch created under this name.
    ///
    /// @return null for a name nothing was created under
    @Nullable String resolve(String id) {
        return id.startsWith("#") ? createdIds.get(id.substring(1)) : id;
    }
}
