package org.facteur.edge.jmap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Incident;
import org.facteur.base.fault.Refusal;
import org.facteur.wire.jmap.Arguments;
import org.facteur.wire.jmap.Invocation;
import org.facteur.wire.jmap.JmapRequest;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.facteur.wire.jmap.ResultReferences;
import org.facteur.wire.text.SyntaxFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The calls of one request, one after the other (RFC 8620 §3.10); what one throws becomes its
/// answer. One thread.
final class Batch {
    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

    private final JmapServices services;
    private final JmapSettings settings;
    private final Caller caller;
    private final JmapRequest request;
    private final Map<String, String> createdIds = new HashMap<>();
    private final List<Invocation> done = new ArrayList<>();

    Batch(JmapServices services, JmapSettings settings, Caller caller, JmapRequest request) {
        this.services = services;
        this.settings = settings;
        this.caller = caller;
        this.request = request;
        Map<String, String> known = request.createdIds();
        if (known != null) {
            createdIds.putAll(known);
        }
    }

    /// @param sessionState of the session object
    ObjectNode run(String sessionState) {
        for (Invocation call : request.calls()) {
            run(call);
        }
        ArrayNode responses = JmapText.array();
        done.forEach(each -> responses.add(each.toJson()));
        ObjectNode answer = JmapText.object();
        answer.set("methodResponses", responses);
        if (request.createdIds() != null) {
            ObjectNode ids = JmapText.object();
            createdIds.forEach(ids::put);
            answer.set("createdIds", ids);
        }
        return answer.put("sessionState", sessionState);
    }

    private void run(Invocation invocation) {
        String id = invocation.callId();
        List<Invocation> more = new ArrayList<>();
        try {
            ObjectNode answer = answer(invocation, more);
            done.add(new Invocation(invocation.name(), answer, id));
            done.addAll(more);
        } catch (MethodFault fault) {
            done.add(Invocation.failed(fault, id));
        } catch (SyntaxFault fault) {
            done.add(
                    Invocation.failed(
                            MethodFault.invalidArguments(String.valueOf(fault.getMessage())), id));
        } catch (Refusal refusal) {
            done.add(Invocation.failed(fault(refusal), id));
        } catch (Busy busy) {
            LOG.warn("busy: {}", busy.getMessage());
            done.add(Invocation.failed(new MethodFault("serverUnavailable", null), id));
        } catch (IOException | RuntimeException | StackOverflowError bug) {
            Incident incident = Incident.create();
            LOG.error("incident={} {} failed", incident, invocation.name(), bug);
            done.add(Invocation.failed(new MethodFault("serverFail", "incident " + incident), id));
        }
    }

    /// @param more gets answers that follow the call's own
    private ObjectNode answer(Invocation invocation, List<Invocation> more) throws IOException {
        Methods.Known known =
                Methods.find(invocation.name())
                        .filter(each -> request.using().contains(each.capability().uri()))
                        .orElseThrow(() -> new MethodFault("unknownMethod", null));
        ObjectNode arguments = ResultReferences.resolve(invocation.arguments(), done);
        return known.method()
                .run(
                        new Call(
                                services,
                                settings,
                                caller,
                                new Arguments(arguments),
                                createdIds,
                                (name, answer) ->
                                        more.add(
                                                new Invocation(
                                                        name, answer, invocation.callId()))));
    }

    private static MethodFault fault(Refusal refusal) {
        String text = refusal.sentence().english();
        return switch (refusal.reason()) {
            case NOT_FOUND, INVALID -> MethodFault.invalidArguments(text);
            case NOT_ALLOWED -> new MethodFault("accountReadOnly", text);
            case TOO_LARGE, LIMIT -> MethodFault.requestTooLarge(text);
            case ALREADY_EXISTS, OVER_QUOTA, LOOP, CANNOT -> new MethodFault("forbidden", text);
        };
    }
}
