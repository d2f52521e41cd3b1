package org.facteur.trial.load;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads boxes by IMAP. One thread.
final class ImapClient implements Closeable {
    private final Talker talker;
    private int number;

    ImapClient(Endpoint server, String user, String password) throws IOException {
        this.talker = new Talker(server);
        try {
            talker.line();
            command("LOGIN " + user + " " + password, null);
        } catch (IOException | RuntimeException failed) {
            talker.close();
            throw failed;
        }
    }

    /// How many letters INBOX holds.
    long letters() throws IOException {
        String line = command("STATUS INBOX (MESSAGES)", "* STATUS ");
        int start = line.lastIndexOf("MESSAGES ");
        int end = line.indexOf(')', start);
        if (start < 0 || end < 0) {
            throw new IOException("no STATUS in " + line);
        }
        return Long.parseLong(line, start + "MESSAGES ".length(), end, 10);
    }

    void select() throws IOException {
        command("SELECT INBOX", null);
    }

    /// Fetches what a list of letters shows.
    ///
    /// @param first number of the first letter
    /// @param last number of the last one
    void window(long first, long last) throws IOException {
        command("FETCH " + first + ":" + last + " (UID FLAGS INTERNALDATE ENVELOPE)", null);
    }

    void append(byte[] letter) throws IOException {
        String tag = "a" + ++number;
        talker.send(tag + " APPEND INBOX {" + letter.length + "}\r\n");
        String ready = talker.line();
        if (!ready.startsWith("+")) {
            throw new IOException("APPEND: " + ready);
        }
        talker.send(letter);
        talker.send("\r\n");
        finish(tag, null);
    }

    private String command(String command, @Nullable String wanted) throws IOException {
        String tag = "a" + ++number;
        talker.send(tag + " " + command + "\r\n");
        return finish(tag, wanted);
    }

    /// Reads to the tagged answer; the line that begins as wanted, or else the answer.
    private String finish(String tag, @Nullable String wanted) throws IOException {
        String found = "";
        while (true) {
            String line = talker.line();
            if (wanted != null && line.startsWith(wanted)) {
                found = line;
            }
            if (line.endsWith("}")) {
                talker.skip(Long.parseLong(line, line.lastIndexOf('{') + 1, line.length() - 1, 10));
            } else if (line.startsWith(tag + " ")) {
                if (!line.startsWith("OK", tag.length() + 1)) {
                    throw new IOException("answer " + line);
                }
                return wanted == null ? line : found;
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (talker) {
            command("LOGOUT", null);
        }
    }
}
