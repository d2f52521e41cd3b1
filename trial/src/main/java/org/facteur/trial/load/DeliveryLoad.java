package org.facteur.trial.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Delivers letters from many clients, each to the boxes in turn, and waits until all are visible.
///
/// @param imap where visibility is looked for
public record DeliveryLoad(Endpoint server, boolean lmtp, Endpoint imap, Boxes boxes, Size size) {
    /// Letters of one connection; then the client connects anew, as real senders do.
    private static final int LETTERS_PER_CONNECTION = 100;

    private static final long POLL_MILLIS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// How much is sent.
    ///
    /// @param clients at a time
    /// @param octets of one letter
    /// @param most letters of all clients together; the run ends when they are sent
    /// @param time after which no further letter is begun
    /// @param boxesEach how many boxes each letter is for
    public record Size(int clients, int octets, long most, Duration time, int boxesEach) {
        public Size {
            if (clients < 1 || octets < 1 || most < 1 || !time.isPositive() || boxesEach < 1) {
                throw new IllegalArgumentException("nothing to send");
            }
        }

        /// With each letter for so many boxes.
        public static Size lasting(int clients, int octets, Duration time, int boxesEach) {
            return new Size(clients, octets, Long.MAX_VALUE, time, boxesEach);
        }

        public static Size lasting(int clients, int octets, Duration time) {
            return lasting(clients, octets, time, 1);
        }
    }

    /// This one with so many letters at most.
    public DeliveryLoad limited(long most) {
        return new DeliveryLoad(
                server,
                lmtp,
                imap,
                boxes,
                new Size(size.clients, size.octets, most, size.time, size.boxesEach));
    }

    /// What was reached.
    ///
    /// @param letters accepted
    /// @param accepted time until the last was accepted
    /// @param visible time until the last was visible in its box
    public record Result(long letters, Duration accepted, Duration visible) {
        public double acceptedPerSecond() {
            return letters / (accepted.toNanos() / 1e9);
        }

        public double visiblePerSecond() {
            return letters / (visible.toNanos() / 1e9);
        }
    }

    /// Runs to the end.
    ///
    /// @throws IOException when a letter is refused, or not visible after three minutes
    public Result run() throws IOException {
        List<ImapClient> readers = new ArrayList<>();
        try {
            for (String address : boxes.addresses()) {
                readers.add(new ImapClient(imap, address, boxes.password()));
            }
            long before = visible(readers);
            long begun = System.nanoTime();
            long end = begun + size.time().toNanos();
            AtomicLong numbers = new AtomicLong();
            long letters = Crowd.run(size.clients(), client -> client(client, numbers, end));
            Duration accepted = Duration.ofNanos(System.nanoTime() - begun);
            awaitVisible(readers, before + letters * size.boxesEach());
            return new Result(letters, accepted, Duration.ofNanos(System.nanoTime() - begun));
        } finally {
            for (ImapClient reader : readers) {
                reader.close();
            }
        }
    }

    private long client(int client, AtomicLong numbers, long end) throws IOException {
        long done = 0;
        boolean more = true;
        while (more) {
            try (SmtpClient sender = new SmtpClient(server, lmtp)) {
                for (int i = 0; more && i < LETTERS_PER_CONNECTION; i++) {
                    long number = numbers.getAndIncrement();
                    more = number < size.most() && System.nanoTime() < end;
                    if (more) {
                        sender.deliver(
                                recipients(client + done),
                                SampleLetter.stuffed(number, size.octets()));
                        done++;
                    }
                }
            }
        }
        return done;
    }

    private List<String> recipients(long first) {
        List<String> to = new ArrayList<>(size.boxesEach());
        for (int i = 0; i < size.boxesEach(); i++) {
            to.add(boxes.address(first + i));
        }
        return to;
    }

    private static long visible(List<ImapClient> readers) throws IOException {
        long letters = 0;
        for (ImapClient reader : readers) {
            letters += reader.letters();
        }
        return letters;
    }

    private static void awaitVisible(List<ImapClient> readers, long wanted) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (long seen = visible(readers); seen < wanted; seen = visible(readers)) {
            if (System.nanoTime() > end) {
                throw new IOException(seen + " of " + wanted + " letters are visible");
            }
            Pause.of(Duration.ofMillis(POLL_MILLIS));
        }
    }
}
