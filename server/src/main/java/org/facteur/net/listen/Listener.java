package org.facteur.net.listen;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A bound address and the peers that came in by it. Any thread.
public final class Listener implements NettyConnection.Surroundings {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    /// Who is on the other side of a socket in the file system: a program of this machine.
    private static final InetSocketAddress NEIGHBOUR =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static final long STOP_STEP_NANOS = Duration.ofMillis(20).toNanos();

    private final ListenerSettings settings;
    private final @Nullable ServerTls tls;
    private final ConnectionHandler handler;
    private final Admission.Gate gate;
    private final AtomicLong sessions;
    private final Set<NettyConnection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;
    private @Nullable Channel server;

    Listener(
            ListenerSettings settings,
            @Nullable ServerTls tls,
            ConnectionHandler handler,
            Admission.Gate gate,
            AtomicLong sessions) {
        this.settings = settings;
        this.tls = tls;
        this.handler = handler;
        this.gate = gate;
        this.sessions = sessions;
    }

    void bound(Channel channel) {
        server = channel;
    }

    /// Where it listens: with the real port where 0 was asked for.
    ///
    /// @throws IllegalStateException for a socket in the file system
    public InetSocketAddress address() {
        Channel bound = server;
        if (bound == null) {
            throw new IllegalStateException("not bound");
        }
        if (!(bound.localAddress() instanceof InetSocketAddress address)) {
            throw new IllegalStateException("this one listens on a file");
        }
        return address;
    }

    public ListenerSettings settings() {
        return settings;
    }

    /// Whether so many peers are here that patience with idle ones must shorten.
    public boolean stressed() {
        return gate.stressed();
    }

    @Override
    public boolean offersTls() {
        return tls != null && settings.security() == ListenerSettings.Security.OFFERED;
    }

    @Override
    public ChannelHandler serverTls() {
        if (tls == null) {
            throw new IllegalStateException("no certificates here");
        }
        return tls.handler();
    }

    @Override
    public boolean stopping() {
        return stopping;
    }

    ChannelHandler initializer() {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                receive(channel);
            }
        };
    }

    /// On the event loop: decides, and hands over to a virtual thread.
    private void receive(Channel channel) {
        switch (channel.remoteAddress()) {
            case InetSocketAddress remote when settings.isProxy(remote.getAddress()) ->
                    channel.pipeline()
                            .addLast(
                                    "proxy",
                                    new ProxyGate(
                                            header ->
                                                    admit(
                                                            channel,
                                                            Objects.requireNonNullElse(
                                                                    header.source(), remote))));
            case InetSocketAddress remote -> admit(channel, remote);
            case null, default -> {
                if (settings.address() instanceof UnixDomainSocketAddress) {
                    admit(channel, NEIGHBOUR);
                } else {
                    channel.close();
                }
            }
        }
    }

    private void admit(Channel channel, InetSocketAddress remote) {
        InetAddress source = remote.getAddress();
        if (stopping || !gate.enter(source)) {
            refuse(channel);
            return;
        }
        channel.closeFuture().addListener(closed -> gate.leave(source));
        boolean implicit = settings.security() == ListenerSettings.Security.IMPLICIT;
        if (implicit && tls != null) {
            channel.pipeline().addLast("tls", tls.handler());
        }
        Inbox inbox = new Inbox(channel);
        channel.pipeline().addLast("inbox", inbox);
        String id = Long.toString(sessions.incrementAndGet(), 36);
        NettyConnection connection = new NettyConnection(id, channel, remote, inbox, this);
        open.add(connection);
        channel.closeFuture().addListener(closed -> inbox.end(null));
        Thread.ofVirtual()
                .name(settings.name() + "-" + id)
                .start(() -> converse(connection, implicit));
    }

    private void refuse(Channel channel) {
        if (settings.security() == ListenerSettings.Security.IMPLICIT) {
            channel.close();
            return;
        }
        byte[] line = (settings.refusal() + "\r\n").getBytes(StandardCharsets.US_ASCII);
        channel.writeAndFlush(Unpooled.wrappedBuffer(line))
                .addListener(ChannelFutureListener.CLOSE);
    }

    private void converse(NettyConnection connection, boolean implicit) {
        try {
            if (implicit) {
                connection.awaitHandshake();
            }
            handler.run(connection);
        } catch (IOException gone) {
            LOG.debug("{} {} ended: {}", settings.name(), connection.id(), gone.getMessage());
        } catch (RuntimeException | StackOverflowError bug) {
            LOG.error("{} {} ended by a fault", settings.name(), connection.id(), bug);
        } finally {
            open.remove(connection);
            connection.close();
        }
    }

    /// Receives no one any more, lets who is idle say goodbye, and ends the rest after a grace.
    public void stop(Duration grace) {
        stopping = true;
        Channel bound = server;
        if (bound != null) {
            bound.close().awaitUninterruptibly();
        }
        if (settings.address() instanceof UnixDomainSocketAddress file) {
            SocketFile.remove(file.getPath());
        }
        open.forEach(NettyConnection::wake);
        Deadline end = Deadline.in(grace);
        while (!open.isEmpty() && end.nanosLeft() > 0) {
            LockSupport.parkNanos(STOP_STEP_NANOS);
        }
        open.forEach(NettyConnection::abort);
    }
}
