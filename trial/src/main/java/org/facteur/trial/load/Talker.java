package org.facteur.trial.load;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// One connection of a client: lines out, lines in. One thread.
final class Talker implements Closeable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int LONGEST_LINE = 1 << 20;
    private static final byte[] DOT_END = {'\r', '\n', '.', '\r', '\n'};

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] read = new byte[16 * 1024];
    private int from;
    private int to;

    Talker(Endpoint to) throws IOException {
        this.socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(to.host(), to.port()), PATIENCE_MILLIS);
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }

    void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] octets) throws IOException {
        out.write(octets);
    }

    /// The next line without its end.
    ///
    /// @throws EOFException when the server has hung up
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (int octet = read(); octet != '\n'; octet = read()) {
            if (octet < 0 || line.size() > LONGEST_LINE) {
                throw new EOFException("the server hung up");
            }
            if (octet != '\r') {
                line.write(octet);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /// Reads past a text that ends with a line of one dot.
    ///
    /// @throws EOFException when the server has hung up
    void skipDotEnded() throws IOException {
        int seen = 2;
        while (seen < DOT_END.length) {
            if (from == to) {
                to = in.read(read);
                from = 0;
                if (to < 0) {
                    to = 0;
                    throw new EOFException("the server hung up");
                }
            }
            byte octet = read[from++];
            seen = octet == DOT_END[seen] ? seen + 1 : octet == '\r' ? 1 : 0;
        }
    }

    /// Reads past so many octets.
    void skip(long octets) throws IOException {
        int buffered = (int) Math.min(octets, to - from);
        from += buffered;
        in.skipNBytes(octets - buffered);
    }

    private int read() throws IOException {
        if (from == to) {
            to = Math.max(0, in.read(read));
            from = 0;
            if (to == 0) {
                return -1;
            }
        }
        return read[from++] & 0xff;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
