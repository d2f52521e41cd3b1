package org.facteur.core.trust;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.facteur.base.fault.Busy;
import org.facteur.wire.auth.DnsLookup;

/// Answers for as long as there is time; after that nobody could say. For one letter; any thread.
final class BoundedLookup implements DnsLookup {
    private final DnsLookup names;
    private final long deadlineNanos;

    BoundedLookup(DnsLookup names, Duration time) {
        this.names = names;
        this.deadlineNanos = System.nanoTime() + time.toNanos();
    }

    @Override
    public Answer ask(Question question) {
        long left = deadlineNanos - System.nanoTime();
        if (left <= 0) {
            return new Failed();
        }
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Thread.startVirtualThread(
                () -> {
                    try {
                        answer.complete(names.ask(question));
                    } catch (RuntimeException broken) {
                        answer.completeExceptionally(broken);
                    }
                });
        try {
            return answer.get(left, TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return new Failed();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Busy("the server is stopping", stopped);
        } catch (ExecutionException broken) {
            throw new IllegalStateException("a question to the DNS broke", broken);
        }
    }
}
