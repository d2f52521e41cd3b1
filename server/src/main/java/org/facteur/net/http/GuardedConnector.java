package org.facteur.net.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/// A listener that counts lines, per source and altogether, and ends those that say nothing whole
/// for too long. Any thread.
final class GuardedConnector extends ServerConnector {
    private final HttpLimits limits;
    private final boolean tls;
    private final ConcurrentHashMap<String, AtomicInteger> bySource = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<SocketAddress, EndPoint> silent = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<EndPoint, Peer> lines = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();

    /// Who is at the other end; a line that was closed does not know any more.
    private record Peer(SocketAddress address, String source) {}

    GuardedConnector(
            Server server, HttpLimits limits, boolean tls, ConnectionFactory... factories) {
        super(server, 1, 1, factories);
        this.limits = limits;
        this.tls = tls;
    }

    /// Whether its lines are encrypted.
    boolean tls() {
        return tls;
    }

    @Override
    protected void onEndPointOpened(EndPoint endPoint) {
        super.onEndPointOpened(endPoint);
        SocketAddress address = endPoint.getRemoteSocketAddress();
        if (address == null) {
            return;
        }
        Peer peer = new Peer(address, source(address));
        lines.put(endPoint, peer);
        silent.put(address, endPoint);
        int all = open.incrementAndGet();
        int same =
                bySource.computeIfAbsent(peer.source(), _ -> new AtomicInteger()).incrementAndGet();
        if (all > limits.connections() || same > limits.connectionsPerSource()) {
            endPoint.close();
        }
    }

    @Override
    protected void onEndPointClosed(EndPoint endPoint) {
        Peer peer = lines.remove(endPoint);
        if (peer != null) {
            open.decrementAndGet();
            silent.remove(peer.address(), endPoint);
            bySource.computeIfPresent(
                    peer.source(), (_, count) -> count.decrementAndGet() <= 0 ? null : count);
        }
        super.onEndPointClosed(endPoint);
    }

    /// Notes that a whole head came on the line of this peer.
    void spoken(SocketAddress peer) {
        silent.remove(peer);
    }

    /// Ends lines on which no whole head came in time.
    void sweep() {
        long now = System.currentTimeMillis();
        for (EndPoint each : silent.values()) {
            if (now - each.getCreatedTimeStamp() > limits.head().time().toMillis()) {
                each.close();
            }
        }
    }

    /// An IPv4 address or the /64 of an IPv6 one.
    private static String source(SocketAddress of) {
        InetAddress address =
                of instanceof InetSocketAddress peer
                        ? peer.getAddress()
                        : InetAddress.getLoopbackAddress();
        byte[] octets = address.getAddress();
        return HexFormat.of().formatHex(octets.length == 16 ? Arrays.copyOf(octets, 8) : octets);
    }
}
