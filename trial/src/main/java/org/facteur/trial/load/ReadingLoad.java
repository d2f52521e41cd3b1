package org.facteur.trial.load;

import java.io.IOException;
import java.time.Duration;

/// Reads boxes from many clients for some time, each client its own box in turn.
public record ReadingLoad(Endpoint server, Boxes boxes, int clients, Duration time) {
    private static final long WINDOW = 50;

    /// What one client does again and again.
    public enum Act {
        /// Log in by IMAP, SELECT, log out.
        LOGIN,
        /// FETCH of fifty envelopes.
        WINDOW,
        /// APPEND of a letter of 10 kB by IMAP.
        APPEND,
        /// RETR of a letter by POP3.
        RETRIEVE
    }

    /// @return acts in a second
    /// @throws IOException when one fails; boxes must hold fifty letters
    public double run(Act act) throws IOException {
        long begun = System.nanoTime();
        long end = begun + time.toNanos();
        long acts =
                Crowd.run(
                        clients,
                        client ->
                                switch (act) {
                                    case LOGIN -> login(client, end);
                                    case WINDOW -> window(client, end);
                                    case APPEND -> append(client, end);
                                    case RETRIEVE -> retrieve(client, end);
                                });
        return acts / ((System.nanoTime() - begun) / 1e9);
    }

    private ImapClient imap(int client) throws IOException {
        return new ImapClient(server, boxes.address(client), boxes.password());
    }

    private long login(int client, long end) throws IOException {
        long done = 0;
        while (System.nanoTime() < end) {
            try (ImapClient reader = imap(client)) {
                reader.select();
                done++;
            }
        }
        return done;
    }

    private long window(int client, long end) throws IOException {
        long done = 0;
        try (ImapClient reader = imap(client)) {
            reader.select();
            for (; System.nanoTime() < end; done++) {
                reader.window(1, WINDOW);
            }
        }
        return done;
    }

    private long append(int client, long end) throws IOException {
        long done = 0;
        try (ImapClient reader = imap(client)) {
            for (; System.nanoTime() < end; done++) {
                reader.append(SampleLetter.make(done, 10_000));
            }
        }
        return done;
    }

    /// A box is one POP3 client's at a time, so there must not be more clients than boxes.
    private long retrieve(int client, long end) throws IOException {
        long done = 0;
        try (PopClient reader = new PopClient(server, boxes.address(client), boxes.password())) {
            for (; System.nanoTime() < end; done++) {
                reader.retrieve(1 + done % WINDOW);
            }
        }
        return done;
    }
}
