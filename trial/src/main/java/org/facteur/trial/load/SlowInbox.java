package org.facteur.trial.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// What programs say over a new line until somebody sees the latest letters of a large inbox, and
/// what that costs over a line of 64 kbit/s with 600 ms there and back.
enum SlowInbox {
    /// Flags of all, then the latest fifty letters whole, as isync does with `MaxMessages 50`.
    ISYNC(MirrorRow.SLOW_ISYNC) {
        @Override
        void speak(Line line, long letters) throws IOException {
            line.say("CAPABILITY");
            line.say("LIST \"\" \"*\"");
            line.say("SELECT INBOX");
            line.say("UID FETCH 1:* (UID FLAGS)");
            line.say("FETCH " + Math.max(1, letters - 49) + ":* (UID BODY.PEEK[])");
        }
    },

    /// Flags of all, then the headers of the latest two hundred, as Thunderbird does.
    THUNDERBIRD(MirrorRow.SLOW_THUNDERBIRD) {
        @Override
        void speak(Line line, long letters) throws IOException {
            line.say("CAPABILITY");
            line.say("NAMESPACE");
            line.say("LIST \"\" \"*\"");
            line.say("LSUB \"\" \"*\"");
            line.say("SELECT INBOX");
            line.say("UID FETCH 1:* (FLAGS)");
            line.say(
                    "FETCH "
                            + Math.max(1, letters - 199)
                            + ":* (UID RFC822.SIZE FLAGS BODY.PEEK[HEADER.FIELDS (From To Cc Bcc"
                            + " Subject Date Message-ID Priority X-Priority References Newsgroups"
                            + " In-Reply-To Content-Type Reply-To)])");
        }
    },

    /// What a program that knows the extensions says: compressed, in two breaths, and the latest
    /// fifty alone. Where that is not known, as it comes, by numbers and without previews.
    OURS(MirrorRow.SLOW_OURS) {
        @Override
        void speak(Line line, long letters) throws IOException {
            String known = line.say("CAPABILITY");
            boolean partial = known.contains(" PARTIAL");
            if (known.contains(" COMPRESS=DEFLATE")) {
                line.compress();
            }
            String what = partial ? "(UID FLAGS ENVELOPE PREVIEW)" : "(UID FLAGS ENVELOPE)";
            String which =
                    partial
                            ? "UID FETCH 1:* " + what + " (PARTIAL -1:-50)"
                            : "FETCH " + Math.max(1, letters - 49) + ":* " + what;
            line.say(List.of("LIST \"\" \"*\"", "SELECT INBOX", which));
        }
    };

    private static final long BITS_PER_SECOND = 64_000;
    private static final Duration TRIP = Duration.ofMillis(600);

    private final MirrorRow row;

    SlowInbox(MirrorRow row) {
        this.row = row;
    }

    /// Where it is reported.
    MirrorRow row() {
        return row;
    }

    abstract void speak(Line line, long letters) throws IOException;

    /// What it came to.
    record Cost(long octets, Duration time) {}

    /// @param letters in the inbox
    Cost measure(Endpoint server, String user, String password, long letters) throws IOException {
        try (CountedLine counted = new CountedLine(server)) {
            try (Line line = new Line(counted.end())) {
                line.say("LOGIN " + user + " " + password);
                speak(line, letters);
            }
            return new Cost(counted.octets(), counted.over(BITS_PER_SECOND, TRIP));
        }
    }

    /// A client's end of a line, compressed when it asked for that. One thread.
    static final class Line implements Closeable {
        private final Socket socket;
        private InputStream in;
        private OutputStream out;
        private int number;

        Line(Endpoint server) throws IOException {
            socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(600_000);
            socket.connect(new InetSocketAddress(server.host(), server.port()));
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
            line(new ByteArrayOutputStream());
        }

        String say(String command) throws IOException {
            return say(List.of(command));
        }

        /// Says commands in one breath.
        ///
        /// @return the lines that were answered, the last four thousand octets of them
        String say(List<String> commands) throws IOException {
            StringBuilder all = new StringBuilder();
            for (String command : commands) {
                all.append('s').append(++number).append(' ').append(command).append("\r\n");
            }
            out.write(all.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
            String last = "s" + number + " ";
            StringBuilder heard = new StringBuilder();
            String line = "";
            while (!line.startsWith(last)) {
                ByteArrayOutputStream octets = new ByteArrayOutputStream(200);
                line(octets);
                line = octets.toString(StandardCharsets.UTF_8);
                if (heard.length() < 4_000) {
                    heard.append(line).append('\n');
                }
                if (line.startsWith("s") && !line.contains(" OK")) {
                    throw new IOException("answer " + line);
                }
            }
            return heard.toString();
        }

        private void line(ByteArrayOutputStream line) throws IOException {
            for (int octet = in.read(); octet != '\n'; octet = in.read()) {
                if (octet < 0) {
                    throw new EOFException("the server hung up");
                }
                line.write(octet);
            }
            String text = line.toString(StandardCharsets.ISO_8859_1);
            if (text.endsWith("}\r")) {
                in.skipNBytes(
                        Long.parseLong(text, text.lastIndexOf('{') + 1, text.length() - 2, 10));
                line(line);
            }
        }

        void compress() throws IOException {
            say("COMPRESS DEFLATE");
            in =
                    new BufferedInputStream(
                            new InflaterInputStream(socket.getInputStream(), new Inflater(true)));
            out =
                    new DeflaterOutputStream(
                            socket.getOutputStream(),
                            new Deflater(Deflater.DEFAULT_COMPRESSION, true),
                            true);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
