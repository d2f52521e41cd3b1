package org.facteur.base.forks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.facteur.base.fault.Busy;

/// Does several things side by side and waits for all of them.
public final class Forks {
    private Forks() {}

    /// Runs every task to its end on a virtual thread of its own and returns the results in order.
    /// One task runs on the caller's thread.
    ///
    /// @param most how many run at a time
    /// @throws Busy when the caller is interrupted; tasks that run are then interrupted too
    public static <T> List<T> all(List<Callable<T>> tasks, int most) {
        if (tasks.size() == 1) {
            return List.of(call(tasks.getFirst()));
        }
        Semaphore places = new Semaphore(most);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = new ArrayList<>(tasks.size());
            for (Callable<T> task : tasks) {
                places.acquire();
                running.add(
                        threads.submit(
                                () -> {
                                    try {
                                        return task.call();
                                    } finally {
                                        places.release();
                                    }
                                }));
            }
            List<T> results = new ArrayList<>(tasks.size());
            for (Future<T> each : running) {
                results.add(each.get());
            }
            return results;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Busy("the server is stopping", stopped);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw rethrown(cause == null ? failed : cause);
        }
    }

    private static <T> T call(Callable<T> task) {
        try {
            return task.call();
        } catch (Exception failed) {
            throw rethrown(failed);
        }
    }

    private static RuntimeException rethrown(Throwable cause) {
        return switch (cause) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> new IllegalStateException("a fork failed", cause);
        };
    }
}
