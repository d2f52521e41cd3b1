package org.facteur.trial.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// How long it takes from a letter's 250 to the untagged EXISTS of those who wait in IDLE.
record Watchers(Peer peer, Boxes boxes, int box) {
    private static final Duration CALM = Duration.ofSeconds(1);

    /// @param count how many wait on the one mailbox
    /// @param letters delivered one after the other
    /// @return the median over letters of when the last one was told
    MirrorTable.Measure measure(int count, int letters) throws IOException {
        List<MirrorClient> waiting = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                MirrorClient client = new MirrorClient(peer.doors().imap(), false);
                waiting.add(client);
                client.login(boxes.address(box), boxes.password());
                client.run("SELECT INBOX");
                client.send("i IDLE");
                client.await("+ ", "");
            }
            double[] millis = new double[letters];
            for (int i = 0; i < letters; i++) {
                Pause.of(CALM);
                millis[i] = deliver(threads, waiting, i);
            }
            Arrays.sort(millis);
            return new MirrorTable.Measure(millis[letters / 2], -1);
        } catch (ExecutionException failed) {
            throw new IOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } finally {
            for (MirrorClient client : waiting) {
                client.close();
            }
        }
    }

    private double deliver(ExecutorService threads, List<MirrorClient> waiting, int number)
            throws IOException, InterruptedException, ExecutionException {
        List<Callable<Long>> hear = new ArrayList<>();
        for (MirrorClient client : waiting) {
            hear.add(
                    () -> {
                        client.forget();
                        client.await("* ", " EXISTS");
                        return System.nanoTime();
                    });
        }
        List<Future<Long>> heard = new ArrayList<>();
        hear.forEach(each -> heard.add(threads.submit(each)));
        long accepted;
        try (SmtpClient sender = new SmtpClient(peer.doors().lmtp(), true)) {
            Pause.of(Duration.ofMillis(200));
            sender.deliver(List.of(boxes.address(box)), SampleLetter.stuffed(number, 10_000));
            accepted = System.nanoTime();
        }
        long last = accepted;
        for (Future<Long> each : heard) {
            last = Math.max(last, each.get());
        }
        return (last - accepted) / 1e6;
    }
}
