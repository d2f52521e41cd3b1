package org.facteur.trial.load;

import java.io.Closeable;
import java.io.IOException;

/// Fetches letters by POP3. One thread.
final class PopClient implements Closeable {
    private final Talker talker;

    PopClient(Endpoint server, String user, String password) throws IOException {
        this.talker = new Talker(server);
        try {
            ok();
            talker.send("USER " + user + "\r\n");
            ok();
            talker.send("PASS " + password + "\r\n");
            ok();
        } catch (IOException | RuntimeException failed) {
            talker.close();
            throw failed;
        }
    }

    /// Fetches one letter and forgets it.
    void retrieve(long number) throws IOException {
        talker.send("RETR " + number + "\r\n");
        ok();
        talker.skipDotEnded();
    }

    private void ok() throws IOException {
        String line = talker.line();
        if (!line.startsWith("+OK")) {
            throw new IOException("answer " + line);
        }
    }

    @Override
    public void close() throws IOException {
        try (talker) {
            talker.send("QUIT\r\n");
            ok();
        }
    }
}
