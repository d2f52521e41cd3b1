package org.facteur.main;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.facteur.base.fault.Busy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A part of a start that is made on a thread of its own while others are made too. It is closed
/// with this, unless somebody took it. For one thread at a time.
final class Ahead<T extends AutoCloseable> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ahead.class);

    private final FutureTask<T> making;
    private boolean kept;

    private Ahead(FutureTask<T> making) {
        this.making = making;
    }

    /// Begins at once.
    static <T extends AutoCloseable> Ahead<T> begin(String thread, Callable<T> make) {
        FutureTask<T> making = new FutureTask<>(make);
        Thread.ofPlatform().daemon().name(thread).start(making);
        return new Ahead<>(making);
    }

    private T await() throws IOException {
        try {
            return making.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Busy("the server is stopping", stopped);
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case IOException io -> throw io;
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException("a start failed", failed);
            }
        }
    }

    /// What was made, as soon as it is; the caller's to close from here on.
    ///
    /// @throws IOException when it could not be made, as any unchecked fault of its making
    T take() throws IOException {
        T made = await();
        kept = true;
        return made;
    }

    /// What could not be made needs no closing; whoever awaited it was told.
    @Override
    public void close() {
        if (kept) {
            return;
        }
        try {
            making.get().close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failed) {
            LOG.debug("a part of the start was not made", failed);
        } catch (Exception failed) {
            LOG.warn("a part of the start could not be closed", failed);
        }
    }
}
