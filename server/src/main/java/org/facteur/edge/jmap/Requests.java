package org.facteur.edge.jmap;

import org.facteur.wire.jmap.JmapRequest;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.text.SyntaxFault;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers request objects, whatever line they came by. Any thread.
final class Requests {
    static final String ERROR = "urn:ietf:params:jmap:error:";
    private static final int BAD_REQUEST = 400;

    private final JmapServices services;
    private final JmapSettings settings;
    private final SessionObject session;

    Requests(JmapServices services, JmapSettings settings, SessionObject session) {
        this.services = services;
        this.settings = settings;
        this.session = session;
    }

    /// A Response object (RFC 8620 §3.4), or the problem with the request (RFC 8620 §3.6.1).
    ObjectNode answer(Caller caller, byte[] body) {
        JsonNode root;
        try {
            root = JmapText.read(body);
        } catch (SyntaxFault _) {
            return problem("notJSON", "This is no I-JSON.");
        }
        JmapRequest request;
        try {
            request = JmapRequest.of(root);
        } catch (SyntaxFault _) {
            return problem("notRequest", "This is no JMAP request.");
        }
        if (request.calls().size() > settings.calls()) {
            return limit("maxCallsInRequest");
        }
        for (String capability : request.using()) {
            if (Capability.find(capability).isEmpty()) {
                return problem("unknownCapability", "There is no capability " + capability + ".");
            }
        }
        return new Batch(services, settings, caller, request).run(session.state(caller));
    }

    static ObjectNode problem(String kind, String detail) {
        return JmapText.object()
                .put("type", ERROR + kind)
                .put("status", BAD_REQUEST)
                .put("detail", detail);
    }

    static ObjectNode limit(String name) {
        return problem("limit", "The limit " + name + " was passed.").put("limit", name);
    }
}
