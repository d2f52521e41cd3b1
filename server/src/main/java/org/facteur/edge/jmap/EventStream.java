package org.facteur.edge.jmap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.facteur.net.http.Exchange;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.text.SyntaxFault;
import tools.jackson.databind.node.ObjectNode;

/// Tells a client of changes as they happen, as server-sent events (RFC 8620 §7.3). One client, one
/// thread.
final class EventStream {
    private static final int OK = 200;
    private static final long LEAST_PING_SECONDS = 5;
    private static final long MOST_PING_SECONDS = 300;

    /// Whoever is not let in any more is out within this time.
    private static final long LOOK_SECONDS = 45;

    private final Exchange exchange;
    private final StateWatch watch;
    private final BooleanSupplier welcome;
    private final boolean closeAfterState;
    private final long pingSeconds;

    /// @param welcome whether the client may still listen
    EventStream(Exchange exchange, StateWatch watch, BooleanSupplier welcome) {
        this.exchange = exchange;
        this.watch = watch;
        this.welcome = welcome;
        String close = exchange.parameter("closeafter").orElse("no");
        if (!close.equals("state") && !close.equals("no")) {
            throw SyntaxFault.at(0, "state or no", "RFC 8620 §7.3");
        }
        this.closeAfterState = close.equals("state");
        this.pingSeconds = ping(exchange.parameter("ping").orElse("0"));
    }

    private static long ping(String text) {
        long seconds;
        try {
            seconds = Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw SyntaxFault.at(0, "seconds", "RFC 8620 §7.3");
        }
        return seconds <= 0 ? 0 : Math.clamp(seconds, LEAST_PING_SECONDS, MOST_PING_SECONDS);
    }

    void run() throws IOException {
        exchange.set("X-Accel-Buffering", "no");
        try (OutputStream out = exchange.stream(OK, "text/event-stream; charset=utf-8")) {
            exchange.header("last-event-id").ifPresent(watch::resume);
            out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            long lastSpoken = System.nanoTime();
            while (!watch.ended() && welcome.getAsBoolean()) {
                long patience =
                        pingSeconds == 0 ? LOOK_SECONDS : Math.min(pingSeconds, LOOK_SECONDS);
                Map<String, Map<String, String>> changed = watch.await(patience);
                if (!changed.isEmpty()) {
                    write(out, "state", json(changed), watch.mark());
                    lastSpoken = System.nanoTime();
                    if (closeAfterState) {
                        return;
                    }
                } else if (due(lastSpoken)) {
                    ping(out);
                    lastSpoken = System.nanoTime();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean due(long lastSpoken) {
        long wanted = pingSeconds == 0 ? LOOK_SECONDS : pingSeconds;
        return System.nanoTime() - lastSpoken >= TimeUnit.SECONDS.toNanos(wanted) - 1_000_000;
    }

    /// A comment where no pings are asked for: it finds out whether the client is still there.
    private void ping(OutputStream out) throws IOException {
        if (pingSeconds == 0) {
            out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
        } else {
            write(out, "ping", JmapText.object().put("interval", pingSeconds), "");
        }
    }

    /// A StateChange (RFC 8620 §7.1).
    static ObjectNode json(Map<String, Map<String, String>> changed) {
        ObjectNode accounts = JmapText.object();
        changed.forEach(
                (account, types) -> {
                    ObjectNode states = JmapText.object();
                    types.forEach(states::put);
                    accounts.set(account, states);
                });
        ObjectNode change = JmapText.object().put("@type", "StateChange");
        change.set("changed", accounts);
        return change;
    }

    private static void write(OutputStream out, String event, ObjectNode data, String id)
            throws IOException {
        StringBuilder text = new StringBuilder("event: ").append(event).append('\n');
        if (!id.isEmpty()) {
            text.append("id: ").append(id).append('\n');
        }
        text.append("data: ").append(JmapText.writeText(data)).append("\n\n");
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
