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

/// One connection of a client: lines out, lines in. One thread.
final class Talker implements Closeable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int LONGEST_LINE = 1 << 20;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Talker(Endpoint to) throws IOException {
        this.socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(to.host(), to.port()), PATIENCE_MILLIS);
            this.in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
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
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0 || line.size() > LONGEST_LINE) {
                throw new EOFException("the server hung up");
            }
            if (octet != '\r') {
                line.write(octet);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /// Reads past so many octets.
    void skip(long octets) throws IOException {
        in.skipNBytes(octets);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
