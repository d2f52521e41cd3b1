package org.facteur.net.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers HTTP requests of programs on this machine.
///
/// A request must name this machine in its Host field (`localhost`, `127.0.0.1` or `[::1]`): a page
/// that a browser fetched under another name cannot reach it by having that name lead here.
public final class LoopbackService implements AutoCloseable {
    /// The largest body that is read.
    public static final int BODY_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(LoopbackService.class);
    private static final int AT_ONCE = 16;
    private static final int MISDIRECTED = 421;
    private static final int TOO_LARGE = 413;
    private static final int BUSY = 503;
    private static final int FAILED = 500;

    private final HttpServer server;
    private final Function<HttpRequest, HttpAnswer> work;
    private final Semaphore room = new Semaphore(AT_ONCE);

    private LoopbackService(HttpServer server, Function<HttpRequest, HttpAnswer> work) {
        this.server = server;
        this.work = work;
    }

    /// Begins to answer.
    ///
    /// @param work called on a virtual thread per request, at most 16 at once
    /// @throws IllegalArgumentException for an address that is not loopback
    public static LoopbackService listen(
            InetSocketAddress address, Function<HttpRequest, HttpAnswer> work) throws IOException {
        if (!address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(address + " is not loopback");
        }
        HttpServer server = HttpServer.create(address, 0);
        LoopbackService service = new LoopbackService(server, work);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", service::answer);
        server.start();
        return service;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpAnswer answer = answerTo(exchange);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.sendResponseHeaders(
                    answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private HttpAnswer answerTo(HttpExchange exchange) throws IOException {
        if (!here(exchange.getRequestHeaders().getFirst("Host"))) {
            return HttpAnswer.json(MISDIRECTED, "{}");
        }
        if (!room.tryAcquire()) {
            return HttpAnswer.json(BUSY, "{}");
        }
        try {
            byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES + 1);
            if (body.length > BODY_BYTES) {
                return HttpAnswer.json(TOO_LARGE, "{}");
            }
            return work.apply(
                    new HttpRequest(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getPath(),
                            headers(exchange),
                            body));
        } catch (RuntimeException bug) {
            LOG.error("a request failed", bug);
            return HttpAnswer.json(FAILED, "{}");
        } finally {
            room.release();
        }
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        Map<String, String> headers = new HashMap<>();
        for (Map.Entry<String, List<String>> each : exchange.getRequestHeaders().entrySet()) {
            headers.put(each.getKey().toLowerCase(Locale.ROOT), each.getValue().getFirst());
        }
        return headers;
    }

    private static boolean here(@Nullable String host) {
        if (host == null) {
            return false;
        }
        int port = host.lastIndexOf(':');
        String name = port > host.lastIndexOf(']') ? host.substring(0, port) : host;
        return name.equals("127.0.0.1") || name.equals("[::1]") || name.equals("localhost");
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
