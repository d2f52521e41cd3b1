package org.facteur.net.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RateControl;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/// The HTTP server: HTTP/1.1 and, over TLS, HTTP/2. Any thread.
///
/// A listener without TLS serves this machine only, under the names it has for itself; elsewhere it
/// sends to the encrypted one ([Door]).
public final class WebServer implements AutoCloseable {
    private static final int PLATFORM_THREADS = 16;
    private static final long SWEEP_SECONDS = 2;
    private static final Duration RESETS = Duration.ofSeconds(10);

    private final Server server;
    private final WebHandler handler;
    private final HttpLimits limits;
    private final List<GuardedConnector> connectors = new ArrayList<>();

    /// What a listener is for.
    public enum Door {
        /// Encrypted, for everybody.
        TLS,
        /// In the clear, for this machine: the address must be loopback.
        LOCAL,
        /// In the clear, for everybody: sends to the encrypted one, but for what must be in the
        /// clear.
        REDIRECT
    }

    /// Who answers.
    ///
    /// @param routes by path
    /// @param clear what is answered in the clear also where all else is sent to TLS: proofs for
    ///   authorities that issue certificates (RFC 8555 §8.3)
    /// @param names hosts that may be asked for at a [Door#LOCAL] one besides those of the machine
    public record Site(HttpRoutes routes, HttpRoutes clear, Set<String> names) {
        public Site {
            Objects.requireNonNull(routes);
            Objects.requireNonNull(clear);
            names = Set.copyOf(names);
        }
    }

    /// Listens nowhere yet.
    public WebServer(Site site, HttpLimits limits) {
        this.limits = limits;
        QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS, 2);
        threads.setName("http");
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("http-"));
        this.server = new Server(threads);
        this.server.setStopAtShutdown(false);
        this.server.setStopTimeout(0);
        this.handler = new WebHandler(site, limits, server);
        this.server.setHandler(handler);
        this.server.setErrorHandler(new PlainErrors());
        this.server.setDefaultHandler(null);
    }

    /// Adds a listener; it answers once the server was started.
    ///
    /// @param tls who the server is; null for those in the clear
    /// @return where it listens
    /// @throws IOException when the address cannot be had
    public synchronized InetSocketAddress listen(
            InetSocketAddress address, Door door, @Nullable SSLContext tls) throws IOException {
        if (door == Door.LOCAL && !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(address + " is not loopback");
        }
        GuardedConnector connector = connector(door, tls);
        connector.setHost(
                address.getAddress().isAnyLocalAddress()
                        ? null
                        : address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        connector.setIdleTimeout(limits.idle().toMillis());
        connector.setAcceptQueueSize(1024);
        connector.open();
        handler.door(connector, door);
        connectors.add(connector);
        server.addConnector(connector);
        InetSocketAddress bound =
                new InetSocketAddress(address.getAddress(), connector.getLocalPort());
        if (door == Door.TLS) {
            handler.encryptedPort(bound.getPort());
        }
        return bound;
    }

    private GuardedConnector connector(Door door, @Nullable SSLContext tls) {
        HttpConfiguration http = configuration();
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        if (door != Door.TLS || tls == null) {
            return new GuardedConnector(server, limits, false, plain);
        }
        HTTP2ServerConnectionFactory second = new HTTP2ServerConnectionFactory(http);
        second.setMaxConcurrentStreams(limits.streams());
        second.setConnectProtocolEnabled(false);
        second.setRateControlFactory(
                new RateControl.Factory() {
                    @Override
                    public RateControl newRateControl(EndPoint endPoint) {
                        return new WindowRateControl(limits.streams(), RESETS);
                    }
                });
        ALPNServerConnectionFactory choice = new ALPNServerConnectionFactory();
        choice.setDefaultProtocol(plain.getProtocol());
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setSslContext(tls);
        context.setSniRequired(false);
        context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        context.setUseCipherSuitesOrder(true);
        context.setRenegotiationAllowed(false);
        context.setEndpointIdentificationAlgorithm(null);
        SslConnectionFactory encrypted = new SslConnectionFactory(context, choice.getProtocol());
        encrypted.setEnsureSecureRequestCustomizer(false);
        return new GuardedConnector(server, limits, true, encrypted, choice, second, plain);
    }

    private HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(limits.head().bytes());
        http.setUriCompliance(UriCompliance.DEFAULT);
        http.setIdleTimeout(limits.idle().toMillis());
        http.setSecurePort(0);
        return http;
    }

    /// Begins to answer.
    public synchronized void start() throws IOException {
        try {
            server.start();
        } catch (IOException refused) {
            throw refused;
        } catch (Exception failed) {
            throw new IOException("the HTTP server does not start", failed);
        }
        sweep();
    }

    private void sweep() {
        server.getScheduler()
                .schedule(
                        () -> {
                            connectors.forEach(GuardedConnector::sweep);
                            if (server.isRunning()) {
                                sweep();
                            }
                        },
                        SWEEP_SECONDS,
                        TimeUnit.SECONDS);
    }

    /// Says whether answers that take long should end: the server stops.
    public BooleanSupplier stopping() {
        return () -> server.isStopping() || server.isStopped();
    }

    @Override
    public synchronized void close() {
        try {
            server.stop();
        } catch (Exception failed) {
            throw new IllegalStateException("the HTTP server did not stop well", failed);
        }
    }

    /// Whether a host is a name of this machine for itself.
    static boolean here(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("127.0.0.1")
                || name.equals("[::1]")
                || name.equals("::1");
    }

    /// The loopback address.
    static boolean loopback(InetAddress address) {
        return address.isLoopbackAddress();
    }
}
