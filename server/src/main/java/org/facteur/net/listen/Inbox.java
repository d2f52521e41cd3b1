package org.facteur.net.listen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SniCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Where the event loop leaves octets and events for the connection's thread. The only meeting
/// point of both; the lock is held for a few instructions at a time.
final class Inbox extends ChannelInboundHandlerAdapter {
    /// Above this nothing more is read from the network until the thread has caught up.
    private static final int HIGH_WATER = 64 * 1024;

    private static final int LOW_WATER = 16 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final ArrayDeque<ByteBuf> arrived = new ArrayDeque<>(4);
    private final Channel channel;
    private int waiting;
    private boolean woken;
    private boolean ended;
    private boolean held;
    private @Nullable IOException broken;
    private @Nullable Boolean handshake;
    private @Nullable String serverName;

    Inbox(Channel channel) {
        this.channel = channel;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf octets = (ByteBuf) message;
        lock.lock();
        try {
            if (ended || !octets.isReadable()) {
                octets.release();
                return;
            }
            arrived.add(octets);
            waiting += octets.readableBytes();
            if (waiting > HIGH_WATER) {
                held = true;
                channel.config().setAutoRead(false);
            }
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(cause instanceof IOException io ? io : new IOException("the line broke", cause));
        context.close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        signal();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        lock.lock();
        try {
            if (event instanceof SniCompletionEvent sni) {
                serverName = sni.hostname();
            } else if (event instanceof SslHandshakeCompletionEvent done) {
                handshake = done.isSuccess();
                news.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    void end(@Nullable IOException why) {
        lock.lock();
        try {
            ended = true;
            if (broken == null) {
                broken = why;
            }
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Takes up to `length` octets, waiting for the first one.
    ///
    /// @return -1 at the end
    int take(byte[] target, int offset, int length, Deadline deadline) throws IOException {
        lock.lock();
        try {
            while (arrived.isEmpty()) {
                if (ended) {
                    throwIfBroken();
                    return -1;
                }
                await(deadline);
            }
            int taken = 0;
            while (taken < length && !arrived.isEmpty()) {
                ByteBuf first = arrived.peek();
                int some = Math.min(length - taken, first.readableBytes());
                first.readBytes(target, offset + taken, some);
                taken += some;
                if (!first.isReadable()) {
                    arrived.remove().release();
                }
            }
            waiting -= taken;
            if (held && waiting < LOW_WATER) {
                held = false;
                channel.config().setAutoRead(true);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for octets, the end, a wake-up or the time.
    Connection.Awaited awaitNews(Deadline deadline) {
        lock.lock();
        try {
            while (true) {
                if (!arrived.isEmpty() || ended) {
                    return Connection.Awaited.INPUT;
                }
                if (woken) {
                    woken = false;
                    return Connection.Awaited.WOKEN;
                }
                try {
                    await(deadline);
                } catch (DeadlinePassed over) {
                    return Connection.Awaited.TIMEOUT;
                } catch (IOException stopped) {
                    return Connection.Awaited.INPUT;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the time is over or the peer has gone.
    void pause(Deadline deadline) throws IOException {
        lock.lock();
        try {
            while (!ended) {
                await(deadline);
            }
        } catch (DeadlinePassed over) {
            return;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until more can be sent. A peer that has gone but left words gets no fault: the next
    /// read shows them (a 221 after QUIT, a 421 before the command).
    void awaitWritable(Deadline deadline) throws IOException {
        lock.lock();
        try {
            while (!channel.isWritable()) {
                if (ended && !arrived.isEmpty()) {
                    return;
                }
                if (ended) {
                    throwIfBroken();
                    throw new ConnectionEnded("the peer has gone");
                }
                await(deadline);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the handshake that was begun.
    ///
    /// @return whether it succeeded
    boolean awaitHandshake(Deadline deadline) throws IOException {
        lock.lock();
        try {
            while (handshake == null) {
                if (ended) {
                    return false;
                }
                await(deadline);
            }
            return handshake;
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        lock.lock();
        try {
            woken = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        lock.lock();
        try {
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean empty() {
        lock.lock();
        try {
            return arrived.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    boolean gone() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    @Nullable String serverName() {
        lock.lock();
        try {
            return serverName;
        } finally {
            lock.unlock();
        }
    }

    /// Gives back what was never read. Once, at the end.
    void release() {
        lock.lock();
        try {
            ended = true;
            arrived.forEach(ByteBuf::release);
            arrived.clear();
        } finally {
            lock.unlock();
        }
    }

    private void await(Deadline deadline) throws IOException {
        long nanos = deadline.nanosLeft();
        if (nanos <= 0) {
            throw new DeadlinePassed();
        }
        try {
            news.awaitNanos(nanos);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ConnectionEnded("the server is stopping");
        }
    }

    private void throwIfBroken() throws IOException {
        if (broken != null) {
            throw broken;
        }
    }
}
