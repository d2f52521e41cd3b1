package org.facteur.net.listen;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The event loops, and all sockets that are opened. Any thread.
public final class Network implements AutoCloseable {
    private static final WriteBufferWaterMark WATER =
            new WriteBufferWaterMark(32 * 1024, 64 * 1024);
    private static final int BACKLOG = 1024;

    private final boolean epoll = Epoll.isAvailable();
    private final EventLoopGroup loops;
    private final Admission admission;
    private final AtomicLong sessions = new AtomicLong();

    public Network(Admission admission) {
        this.admission = admission;
        this.loops =
                new MultiThreadIoEventLoopGroup(
                        Math.max(1, Runtime.getRuntime().availableProcessors()),
                        new DefaultThreadFactory("net", true),
                        epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    /// Counts who is connected.
    public Admission admission() {
        return admission;
    }

    /// Binds an address and receives peers there.
    ///
    /// @param tls certificates, or null where lines stay in the clear
    /// @throws IOException when the address cannot be bound; the message says which and why
    public Listener listen(
            ListenerSettings settings, @Nullable ServerTls tls, ConnectionHandler handler)
            throws IOException {
        Listener listener = new Listener(settings, tls, handler, admission.gate(), sessions);
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(loops)
                        .channel(serverChannel(settings.address()))
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER)
                        .childOption(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new AdaptiveRecvByteBufAllocator(256, 2048, 65_536))
                        .childHandler(listener.initializer());
        if (settings.address() instanceof UnixDomainSocketAddress file) {
            SocketFile.clear(file.getPath());
            listener.bound(
                    bind(
                            bootstrap.bind(
                                    epoll
                                            ? new DomainSocketAddress(file.getPath().toFile())
                                            : file),
                            settings));
            SocketFile.share(file.getPath());
        } else {
            bootstrap
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(ChannelOption.SO_KEEPALIVE, true);
            listener.bound(bind(bootstrap.bind(settings.address()), settings));
        }
        return listener;
    }

    private Class<? extends ServerChannel> serverChannel(SocketAddress address) {
        if (address instanceof UnixDomainSocketAddress) {
            return epoll
                    ? EpollServerDomainSocketChannel.class
                    : NioServerDomainSocketChannel.class;
        }
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    private static Channel bind(ChannelFuture binding, ListenerSettings settings)
            throws IOException {
        binding.awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new IOException(
                    settings.name()
                            + " "
                            + settings.address()
                            + ": "
                            + binding.cause().getMessage(),
                    binding.cause());
        }
        return binding.channel();
    }

    /// Connects to a server, in the clear.
    ///
    /// @throws IOException when nobody answers in time
    public OutgoingConnection connect(InetSocketAddress address, Duration patience)
            throws IOException {
        return connect(address, null, patience);
    }

    /// Connects to a program of this machine that listens on a socket file.
    ///
    /// @return a connection whose remote address is the loopback
    /// @throws IOException when nobody answers in time
    public OutgoingConnection connect(UnixDomainSocketAddress file, Duration patience)
            throws IOException {
        SocketAddress place = epoll ? new DomainSocketAddress(file.getPath().toFile()) : file;
        return connect(
                place,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                epoll ? EpollDomainSocketChannel.class : NioDomainSocketChannel.class,
                null,
                patience);
    }

    /// Connects to a server, in the clear, from an address of this machine.
    ///
    /// @param from null for whichever the system chooses
    /// @throws IOException when nobody answers in time, or the address is not ours
    public OutgoingConnection connect(
            InetSocketAddress address, @Nullable InetAddress from, Duration patience)
            throws IOException {
        return connect(
                address,
                address,
                epoll ? EpollSocketChannel.class : NioSocketChannel.class,
                from == null ? null : new InetSocketAddress(from, 0),
                patience);
    }

    private OutgoingConnection connect(
            SocketAddress address,
            InetSocketAddress remote,
            Class<? extends Channel> kind,
            @Nullable SocketAddress from,
            Duration patience)
            throws IOException {
        String id = "out" + sessions.incrementAndGet();
        // A peer that hangs up at once empties the pipeline before anybody could look into it.
        AtomicReference<@Nullable Inbox> inbox = new AtomicReference<>();
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(loops)
                        .channel(kind)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                (int) Math.min(Integer.MAX_VALUE, patience.toMillis()))
                        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER)
                        .handler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        Inbox own = new Inbox(channel);
                                        inbox.set(own);
                                        channel.pipeline().addLast("inbox", own);
                                    }
                                });
        if (address instanceof InetSocketAddress) {
            bootstrap.option(ChannelOption.TCP_NODELAY, true);
        }
        ChannelFuture connecting =
                from == null ? bootstrap.connect(address) : bootstrap.connect(address, from);
        // The event loop gives up by itself; the margin is for a loop that is late.
        if (!connecting.awaitUninterruptibly(patience.toMillis() + 5_000)
                || !connecting.isSuccess()) {
            connecting.channel().close();
            throw new IOException("no connection to " + address, connecting.cause());
        }
        return new NettyConnection(
                id, connecting.channel(), remote, Objects.requireNonNull(inbox.get()), NO_SERVER);
    }

    private static final NettyConnection.Surroundings NO_SERVER =
            new NettyConnection.Surroundings() {
                @Override
                public boolean offersTls() {
                    return false;
                }

                @Override
                public ChannelHandler serverTls() {
                    throw new IllegalStateException("we are the client here");
                }

                @Override
                public boolean stopping() {
                    return false;
                }
            };

    /// Ends all loops and with them every connection that is left.
    @Override
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5_000);
    }
}
