package org.facteur.net.http;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Incident;
import org.facteur.base.fault.Refusal;
import org.facteur.wire.text.SyntaxFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Leads requests to who answers them, and maps faults once. Any thread.
final class WebHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(WebHandler.class);
    private static final int PERMANENT = 308;
    private static final int HTTPS = 443;

    private final WebServer.Site site;
    private final HttpLimits limits;
    private final Map<GuardedConnector, WebServer.Door> doors = new ConcurrentHashMap<>();
    private final ServerWebSocketContainer sockets;
    private volatile int encryptedPort = HTTPS;

    WebHandler(WebServer.Site site, HttpLimits limits, Server server) {
        this.site = site;
        this.limits = limits;
        this.sockets = ServerWebSocketContainer.ensure(server);
    }

    void door(GuardedConnector connector, WebServer.Door door) {
        doors.put(connector, door);
    }

    void encryptedPort(int port) {
        encryptedPort = port;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        GuardedConnector connector =
                (GuardedConnector) request.getConnectionMetaData().getConnector();
        connector.spoken(request.getConnectionMetaData().getRemoteSocketAddress());
        JettyExchange exchange = new JettyExchange(request, response, connector.tls(), limits);
        try {
            answer(exchange, request, connector);
            JettyExchange.Upgrade upgrade = exchange.upgrade();
            if (upgrade != null) {
                become(upgrade, exchange, request, response, callback);
            } else {
                callback.succeeded();
            }
        } catch (IOException left) {
            callback.failed(left);
        } catch (RuntimeException bug) {
            callback.failed(bug);
        }
        return true;
    }

    private void answer(JettyExchange exchange, Request request, GuardedConnector connector)
            throws IOException {
        try {
            if (fits(exchange, request)) {
                lead(exchange, request, connector);
            }
        } catch (SyntaxFault fault) {
            tell(exchange, Problem.BAD_REQUEST, "Malformed: " + fault.getMessage());
        } catch (Refusal refusal) {
            tell(exchange, Problem.status(refusal.reason()), refusal.sentence().english());
        } catch (Busy busy) {
            LOG.warn("busy: {}", busy.getMessage());
            if (!exchange.begun()) {
                exchange.set("Retry-After", "5");
            }
            tell(exchange, Problem.BUSY, "Try again later.");
        } catch (RuntimeException | StackOverflowError bug) {
            Incident incident = Incident.create();
            LOG.error("incident={} a request failed", incident, bug);
            tell(exchange, Problem.FAILED, "This failed; incident " + incident + ".");
        }
    }

    /// An answer that was begun cannot become another: its line is cut.
    private static void tell(JettyExchange exchange, int status, String detail) throws IOException {
        if (exchange.begun()) {
            throw new IOException("an answer failed in its middle");
        }
        exchange.problem(status, detail);
    }

    private boolean fits(JettyExchange exchange, Request request) throws IOException {
        if (request.getHttpURI().asString().length() > limits.head().uriBytes()) {
            exchange.problem(Problem.URI_TOO_LONG, "The target is too long.");
            return false;
        }
        if (request.getHeaders().size() > limits.head().fields()) {
            exchange.problem(Problem.HEADER_TOO_LARGE, "There are too many fields.");
            return false;
        }
        String coding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            exchange.problem(Problem.UNSUPPORTED, "Compressed bodies are not taken.");
            return false;
        }
        return true;
    }

    private void lead(JettyExchange exchange, Request request, GuardedConnector connector)
            throws IOException {
        WebServer.Door door = doors.getOrDefault(connector, WebServer.Door.REDIRECT);
        switch (door) {
            case TLS -> route(site.routes(), exchange);
            case LOCAL -> {
                String host = String.valueOf(Request.getServerName(request));
                if (WebServer.here(host) || site.names().contains(host.toLowerCase(Locale.ROOT))) {
                    route(site.routes(), exchange);
                } else {
                    exchange.problem(Problem.MISDIRECTED, "This host is not served here.");
                }
            }
            case REDIRECT -> {
                Optional<HttpHandler> clear = site.clear().find(exchange.path());
                if (clear.isPresent()) {
                    clear.get().handle(exchange);
                } else {
                    redirect(exchange, request);
                }
            }
        }
    }

    private static void route(HttpRoutes routes, JettyExchange exchange) throws IOException {
        Optional<HttpHandler> handler = routes.find(exchange.path());
        if (handler.isPresent()) {
            handler.get().handle(exchange);
        } else {
            exchange.problem(Problem.NOT_FOUND, "There is nothing here.");
        }
    }

    private void redirect(JettyExchange exchange, Request request) throws IOException {
        String host = JettyExchange.authority(request);
        int colon = host.lastIndexOf(':');
        String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
        if (name.isEmpty()) {
            exchange.problem(Problem.BAD_REQUEST, "The host is missing.");
            return;
        }
        String port = encryptedPort == HTTPS ? "" : ":" + encryptedPort;
        exchange.set("Location", "https://" + name + port + request.getHttpURI().getPathQuery());
        exchange.send(PERMANENT, "text/plain", new byte[0]);
    }

    private void become(
            JettyExchange.Upgrade upgrade,
            JettyExchange exchange,
            Request request,
            Response response,
            Callback callback)
            throws IOException {
        boolean upgraded =
                sockets.upgrade(
                        (asked, answer, _) -> {
                            if (!asked.hasSubProtocol(upgrade.protocol())) {
                                return null;
                            }
                            answer.setAcceptedSubProtocol(upgrade.protocol());
                            answer.setExtensions(List.of());
                            return new JettySocket(upgrade.handler());
                        },
                        request,
                        response,
                        callback);
        if (!upgraded) {
            exchange.problem(
                    Problem.BAD_REQUEST, "This asks for no WebSocket that is spoken here.");
            callback.succeeded();
        }
    }
}
