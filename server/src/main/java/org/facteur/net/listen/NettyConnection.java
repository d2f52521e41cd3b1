package org.facteur.net.listen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.facteur.wire.text.LineReader;
import org.jspecify.annotations.Nullable;

/// A Netty channel as blocking code sees it.
final class NettyConnection implements OutgoingConnection {
    /// Written octets are kept up to this many before they are sent.
    private static final int OUTPUT_BYTES = 16 * 1024;

    private static final Duration HANDSHAKE = Duration.ofSeconds(30);

    /// Until a handler says otherwise.
    private static final Duration FIRST_DEADLINE = Duration.ofSeconds(60);

    private final String id;
    private final Channel channel;
    private final InetSocketAddress remote;
    private final Inbox inbox;
    private final Surroundings surroundings;
    private final Output output = new Output();
    private LineReader input;
    private Deadline deadline = Deadline.in(FIRST_DEADLINE);
    private boolean encrypted;

    /// What a connection knows of the listener or dialler it belongs to.
    interface Surroundings {
        /// Whether a line in the clear may become encrypted.
        boolean offersTls();

        /// What encrypts a line as a server.
        ///
        /// @throws IllegalStateException where that is not offered
        ChannelHandler serverTls();

        boolean stopping();
    }

    /// @param remote who is there, which the channel alone does not know behind a proxy
    NettyConnection(
            String id,
            Channel channel,
            InetSocketAddress remote,
            Inbox inbox,
            Surroundings surroundings) {
        this.id = id;
        this.channel = channel;
        this.remote = remote;
        this.inbox = inbox;
        this.surroundings = surroundings;
        this.input = newInput();
    }

    private LineReader newInput() {
        return new LineReader(
                (target, offset, length) -> inbox.take(target, offset, length, deadline));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public InetSocketAddress local() {
        return channel.localAddress() instanceof InetSocketAddress local
                ? local
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    @Override
    public Optional<TlsSession> tls() {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        if (!encrypted || handler == null) {
            return Optional.empty();
        }
        SSLSession session = handler.engine().getSession();
        return Optional.of(
                new TlsSession(
                        session.getProtocol(),
                        session.getCipherSuite(),
                        Optional.ofNullable(inbox.serverName())));
    }

    @Override
    public List<X509Certificate> peerCertificates() {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        if (!encrypted || handler == null) {
            return List.of();
        }
        try {
            List<X509Certificate> chain = new ArrayList<>();
            for (Certificate each : handler.engine().getSession().getPeerCertificates()) {
                if (each instanceof X509Certificate certificate) {
                    chain.add(certificate);
                }
            }
            return List.copyOf(chain);
        } catch (SSLPeerUnverifiedException nothingShown) {
            return List.of();
        }
    }

    @Override
    public boolean disturbed() {
        return input.buffered() > 0 || !inbox.empty() || inbox.gone();
    }

    @Override
    public LineReader input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public void flush() throws IOException {
        output.flush();
    }

    @Override
    public Awaited await(Duration timeout) throws IOException {
        if (input.buffered() > 0) {
            return Awaited.INPUT;
        }
        output.flush();
        input.rest();
        return inbox.awaitNews(Deadline.in(timeout));
    }

    @Override
    public void wake() {
        inbox.wake();
    }

    @Override
    public void deadline(Duration total) {
        deadline = Deadline.in(total);
    }

    @Override
    public void pause(Duration time) throws IOException {
        output.flush();
        inbox.pause(Deadline.in(time));
    }

    @Override
    public boolean canStartTls() {
        return !encrypted && surroundings.offersTls();
    }

    @Override
    public void startTls(byte[] goAhead) throws IOException {
        if (!canStartTls()) {
            throw new IllegalStateException("TLS cannot begin here");
        }
        output.write(goAhead, 0, goAhead.length);
        beginTls(surroundings.serverTls(), true);
    }

    @Override
    public void startTlsAsClient(ClientTls tls) throws IOException {
        if (encrypted) {
            throw new IllegalStateException("TLS has begun");
        }
        beginTls(tls.handler(channel.alloc()), false);
    }

    /// Octets of the peer that arrived before this moment were sent by somebody who did not wait
    /// for the answer: reading stops first, then the buffers must be empty, then the answer goes
    /// out.
    private void beginTls(ChannelHandler tls, boolean answering) throws IOException {
        if (answering) {
            onLoop(() -> channel.config().setAutoRead(false));
        }
        if (input.buffered() > 0 || !inbox.empty()) {
            abort();
            throw new ConnectionEnded("octets before TLS");
        }
        output.flush();
        onLoop(
                () -> {
                    channel.pipeline().addFirst("tls", tls);
                    channel.config().setAutoRead(true);
                });
        if (!inbox.empty() && answering) {
            abort();
            throw new ConnectionEnded("octets before TLS");
        }
        input = newInput();
        awaitHandshake();
    }

    /// Waits for the handshake of a line that is encrypted from its first octet.
    void awaitHandshake() throws IOException {
        if (!inbox.awaitHandshake(Deadline.in(HANDSHAKE))) {
            abort();
            throw new ConnectionEnded("the TLS handshake failed");
        }
        encrypted = true;
    }

    private void onLoop(Runnable work) throws IOException {
        try {
            channel.eventLoop().submit(work).get(HANDSHAKE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ConnectionEnded("the server is stopping");
        } catch (ExecutionException | TimeoutException broken) {
            throw new IOException("the line broke", broken);
        }
    }

    @Override
    public boolean stopping() {
        return surroundings.stopping();
    }

    @Override
    public void abort() {
        inbox.end(new ConnectionEnded("ended from our side"));
        channel.close();
    }

    @Override
    public void close() {
        try {
            output.flush();
        } catch (IOException gone) {
            // The peer left first: there is nobody to send to.
            channel.close();
        }
        output.release();
        inbox.release();
        if (!channel.isOpen() || channel.eventLoop().isShuttingDown()) {
            return;
        }
        // The empty write ends after all before it, so that the last answer is sent before the end.
        channel.writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER)
                .addListener(ChannelFutureListener.CLOSE);
    }

    /// Collects octets for the peer. One thread.
    private final class Output extends OutputStream {
        private @Nullable ByteBuf buffer;

        @Override
        public void write(int octet) throws IOException {
            room().writeByte(octet);
            sendIfFull();
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            int done = 0;
            while (done < length) {
                ByteBuf to = room();
                int some = Math.min(length - done, OUTPUT_BYTES - to.readableBytes());
                to.writeBytes(octets, offset + done, some);
                done += some;
                sendIfFull();
            }
        }

        @Override
        public void flush() throws IOException {
            ByteBuf full = buffer;
            if (full == null) {
                return;
            }
            buffer = null;
            if (inbox.gone()) {
                full.release();
                inbox.awaitWritable(deadline);
                return;
            }
            channel.writeAndFlush(full);
            inbox.awaitWritable(deadline);
        }

        private ByteBuf room() {
            ByteBuf known = buffer;
            if (known == null) {
                known = channel.alloc().buffer(512, OUTPUT_BYTES);
                buffer = known;
            }
            return known;
        }

        private void sendIfFull() throws IOException {
            ByteBuf known = buffer;
            if (known != null && known.readableBytes() >= OUTPUT_BYTES) {
                flush();
            }
        }

        private void release() {
            ByteBuf left = buffer;
            if (left != null) {
                buffer = null;
                left.release();
            }
        }
    }
}
