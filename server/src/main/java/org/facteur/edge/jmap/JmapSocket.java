package org.facteur.edge.jmap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.facteur.net.http.SocketHandler;
import org.facteur.net.http.SocketLine;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// JMAP over one WebSocket (RFC 8887): requests one after the other, and changes as they happen
/// where the client asks for them.
final class JmapSocket implements SocketHandler {
    static final String PROTOCOL = "jmap";

    private static final Duration LOOK = Duration.ofSeconds(45);
    private static final int POLICY = 1008;

    private final JmapServices services;
    private final Caller caller;
    private final BooleanSupplier welcome;
    private final Answers answers;

    /// Answers a request object, or says why not.
    @FunctionalInterface
    interface Answers {
        ObjectNode answer(Caller caller, byte[] request);
    }

    /// @param welcome whether the client may still speak
    JmapSocket(JmapServices services, Caller caller, BooleanSupplier welcome, Answers answers) {
        this.services = services;
        this.caller = caller;
        this.welcome = welcome;
        this.answers = answers;
    }

    @Override
    public void run(SocketLine line) throws IOException {
        @Nullable Pushing pushing = null;
        try {
            while (welcome.getAsBoolean()) {
                Optional<String> message = line.receive(LOOK);
                if (message.isEmpty()) {
                    continue;
                }
                JsonNode object = read(message.get());
                String type = object == null ? "" : object.path("@type").asString("");
                switch (type) {
                    case "WebSocketPushEnable" -> {
                        if (pushing != null) {
                            pushing.close();
                        }
                        pushing = Pushing.begin(line, services, caller, object);
                    }
                    case "WebSocketPushDisable" -> {
                        if (pushing != null) {
                            pushing.close();
                        }
                        pushing = null;
                    }
                    default -> line.send(JmapText.writeText(answer(message.get(), object)));
                }
            }
            line.close(POLICY, "sign in again");
        } finally {
            if (pushing != null) {
                pushing.close();
            }
        }
    }

    private static @Nullable JsonNode read(String message) {
        try {
            return JmapText.read(message);
        } catch (SyntaxFault _) {
            return null;
        }
    }

    private ObjectNode answer(String message, @Nullable JsonNode object) {
        ObjectNode answer = answers.answer(caller, message.getBytes(StandardCharsets.UTF_8));
        answer.put("@type", answer.has("methodResponses") ? "Response" : "RequestError");
        JsonNode id = object == null ? null : object.get("id");
        if (id != null && id.isString()) {
            answer.put("requestId", id.stringValue());
        }
        return answer;
    }

    /// Tells of changes, on a thread of its own.
    private static final class Pushing implements AutoCloseable {
        private final StateWatch watch;
        private final Thread thread;

        private Pushing(SocketLine line, StateWatch watch) {
            this.watch = watch;
            this.thread = Thread.ofVirtual().name("jmap-push").unstarted(() -> tell(line, watch));
        }

        static Pushing begin(
                SocketLine line, JmapServices services, Caller caller, @Nullable JsonNode wish) {
            JsonNode types = wish == null ? null : wish.get("dataTypes");
            @Nullable Set<String> wanted = null;
            if (types != null && types.isArray()) {
                wanted = new LinkedHashSet<>();
                for (JsonNode each : types) {
                    wanted.add(each.asString(""));
                }
            }
            Pushing pushing = new Pushing(line, new StateWatch(services, caller, wanted));
            String state = wish == null ? "" : wish.path("pushState").asString("");
            if (!state.isEmpty()) {
                pushing.watch.resume(state);
            }
            pushing.thread.start();
            return pushing;
        }

        private static void tell(SocketLine line, StateWatch watch) {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    Map<String, Map<String, String>> changed = watch.await(LOOK.toSeconds());
                    if (!changed.isEmpty()) {
                        line.send(
                                JmapText.writeText(
                                        EventStream.json(changed).put("pushState", watch.mark())));
                    }
                }
            } catch (InterruptedException | IOException _) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            thread.interrupt();
            watch.close();
        }
    }
}
