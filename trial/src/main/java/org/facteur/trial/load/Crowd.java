package org.facteur.trial.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Many clients at once, each on a virtual thread.
final class Crowd {
    private Crowd() {}

    /// What one client does.
    @FunctionalInterface
    interface Client {
        /// @param number from 0
        /// @return how many things it got done
        long run(int number) throws IOException;
    }

    /// Runs them all to their ends.
    ///
    /// @return how many things all got done
    /// @throws IOException when one failed
    static long run(int clients, Client client) throws IOException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> running = new ArrayList<>();
            for (int number = 0; number < clients; number++) {
                int mine = number;
                running.add(threads.submit(() -> client.run(mine)));
            }
            long done = 0;
            for (Future<Long> one : running) {
                done += one.get();
            }
            return done;
        } catch (ExecutionException failed) {
            throw new IOException("a client failed: " + failed.getCause(), failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }
}
