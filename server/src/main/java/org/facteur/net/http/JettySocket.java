package org.facteur.net.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A WebSocket of Jetty's as a line that is read: one message is asked for when one is wanted, so
/// that who sends faster than is read waits. Public because Jetty calls it by reflection.
public final class JettySocket implements Session.Listener, SocketLine {
    private static final Logger LOG = LoggerFactory.getLogger(JettySocket.class);
    private static final Duration SENDING = Duration.ofSeconds(30);
    private static final int ENDED = 1000;
    private static final int NOT_TEXT = 1003;
    private static final int FAILED = 1011;

    private final SocketHandler handler;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<String> messages = new ArrayDeque<>(1);
    private final ReentrantLock sending = new ReentrantLock();
    private volatile @Nullable Session session;
    private boolean asked;
    private boolean ended;

    JettySocket(SocketHandler handler) {
        this.handler = handler;
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
        Thread.ofVirtual().name("websocket").start(() -> run(opened));
    }

    private void run(Session opened) {
        try {
            handler.run(this);
            close(ENDED, "");
        } catch (IOException left) {
            opened.disconnect();
        } catch (RuntimeException bug) {
            LOG.error("a WebSocket failed", bug);
            close(FAILED, "failed");
        }
    }

    @Override
    public void onWebSocketText(String message) {
        lock.lock();
        try {
            asked = false;
            messages.add(message);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onWebSocketBinary(java.nio.ByteBuffer payload, Callback callback) {
        callback.succeed();
        close(NOT_TEXT, "text only");
        end();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        end();
    }

    @Override
    public void onWebSocketClose(int code, @Nullable String reason, Callback callback) {
        end();
        callback.succeed();
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<String> receive(Duration patience) throws IOException {
        Session line = session;
        long left = patience.toNanos();
        lock.lock();
        try {
            if (messages.isEmpty() && !asked && !ended && line != null) {
                asked = true;
                line.demand();
            }
            while (messages.isEmpty()) {
                if (ended) {
                    throw new IOException("the client has left");
                }
                if (left <= 0) {
                    return Optional.empty();
                }
                left = changed.awaitNanos(left);
            }
            return Optional.of(messages.remove());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IOException("the server stops");
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void send(String message) throws IOException {
        Session line = session;
        if (line == null) {
            throw new IOException("the line is not open");
        }
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        sending.lock();
        try {
            line.sendText(
                    message, Callback.from(() -> done.complete(true), done::completeExceptionally));
            done.get(SENDING.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IOException("the client has left", failed);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IOException("the server stops");
        } finally {
            sending.unlock();
        }
    }

    @Override
    public void close(int code, String reason) {
        Session line = session;
        if (line != null && line.isOpen()) {
            line.close(code, reason, Callback.NOOP);
        }
    }
}
