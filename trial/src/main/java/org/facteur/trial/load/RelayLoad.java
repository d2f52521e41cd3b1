package org.facteur.trial.load;

import java.io.IOException;
import java.time.Duration;

/// Hands letters to a server that is to relay them, and waits until the next server has all.
///
/// @param sink where the address of `to` leads
record RelayLoad(Endpoint server, String to, Sink sink, int clients, int octets) {
    private static final int LETTERS_PER_CONNECTION = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long POLL_MILLIS = 5;

    /// What was reached.
    ///
    /// @param all until the sink had the last letter
    record Result(long letters, Duration all) {
        double perSecond() {
            return letters / (all.toNanos() / 1e9);
        }
    }

    Result run(Duration time) throws IOException {
        long before = sink.letters();
        long begun = System.nanoTime();
        long end = begun + time.toNanos();
        long letters = Crowd.run(clients, client -> client(client, end));
        while (sink.letters() - before < letters) {
            if (System.nanoTime() > end + PATIENCE.toNanos()) {
                throw new IOException(
                        sink.letters() - before + " of " + letters + " letters were relayed");
            }
            Pause.of(Duration.ofMillis(POLL_MILLIS));
        }
        return new Result(letters, Duration.ofNanos(System.nanoTime() - begun));
    }

    private long client(int client, long end) throws IOException {
        long done = 0;
        while (System.nanoTime() < end) {
            try (SmtpClient sender = new SmtpClient(server, false)) {
                for (int i = 0; i < LETTERS_PER_CONNECTION && System.nanoTime() < end; i++) {
                    sender.deliver(to, SampleLetter.stuffed(client * 1_000_000L + done, octets));
                    done++;
                }
            }
        }
        return done;
    }
}
