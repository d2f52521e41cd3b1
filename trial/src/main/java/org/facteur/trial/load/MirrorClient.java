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
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// An IMAP client that spends next to nothing on what it reads: an answer is over when its last
/// line begins with the tag. One thread.
final class MirrorClient implements Closeable {
    private static final int PATIENCE_MILLIS = 600_000;
    private static final int TAIL = 4096;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] piece = new byte[128 << 10];
    private final byte[] tail = new byte[TAIL];
    private int tailLength;
    private long octets;
    private int number;

    /// @param tls whether the line is encrypted from the first octet; whoever answers is trusted
    MirrorClient(Endpoint server, boolean tls) throws IOException {
        Socket plain = new Socket();
        plain.setTcpNoDelay(true);
        plain.setSoTimeout(PATIENCE_MILLIS);
        plain.connect(new InetSocketAddress(server.host(), server.port()), PATIENCE_MILLIS);
        socket = tls ? encrypted(plain, server) : plain;
        in = socket.getInputStream();
        out = socket.getOutputStream();
        while (!lastLine().startsWith("* ")) {
            read(null);
        }
        tailLength = 0;
    }

    private static Socket encrypted(Socket plain, Endpoint server) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, null);
            return context.getSocketFactory()
                    .createSocket(plain, server.host(), server.port(), true);
        } catch (GeneralSecurityException missing) {
            throw new IOException(missing);
        }
    }

    /// Trusts whoever answers: these are servers started a moment ago on this machine.
    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    void login(String user, String password) throws IOException {
        run("LOGIN " + user + " " + password);
    }

    /// Octets read so far.
    long octets() {
        return octets;
    }

    /// Runs a command to its tagged answer.
    ///
    /// @return the time that took, in nanoseconds
    /// @throws IOException when the answer is not OK
    long run(String command) throws IOException {
        return run(command.getBytes(StandardCharsets.UTF_8), null);
    }

    /// Runs a command and keeps what is told.
    String answer(String command) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        run(command.getBytes(StandardCharsets.UTF_8), kept);
        return kept.toString(StandardCharsets.UTF_8);
    }

    /// Runs a command given as octets, with what goes before its last CRLF.
    long run(byte[] command, @Nullable ByteArrayOutputStream kept) throws IOException {
        String tag = "q" + ++number;
        byte[] head = (tag + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] line = new byte[head.length + command.length + 2];
        System.arraycopy(head, 0, line, 0, head.length);
        System.arraycopy(command, 0, line, head.length, command.length);
        line[line.length - 2] = '\r';
        line[line.length - 1] = '\n';
        tailLength = 0;
        long begun = System.nanoTime();
        out.write(line);
        String last = "";
        while (!last.startsWith(tag + " ")) {
            read(kept);
            last = lastLine();
        }
        long took = System.nanoTime() - begun;
        if (!last.startsWith("OK", tag.length() + 1)) {
            throw new IOException("answer " + last);
        }
        return took;
    }

    /// Sends a line without waiting for an answer.
    void send(String line) throws IOException {
        tailLength = 0;
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /// Reads until a line came that begins so, and contains a text; the last 4 kB are looked at.
    void await(String beginning, String containing) throws IOException {
        while (true) {
            String seen = new String(tail, 0, tailLength, StandardCharsets.UTF_8);
            for (String line : seen.split("\r\n", -1)) {
                if (line.startsWith(beginning) && line.contains(containing)) {
                    return;
                }
            }
            read(null);
        }
    }

    /// Lets what was read so far not count as an answer any more.
    void forget() {
        tailLength = 0;
    }

    private void read(@Nullable ByteArrayOutputStream kept) throws IOException {
        int count = in.read(piece);
        if (count < 0) {
            throw new EOFException("the server hung up");
        }
        octets += count;
        if (kept != null) {
            kept.write(piece, 0, count);
        }
        if (count >= TAIL) {
            System.arraycopy(piece, count - TAIL, tail, 0, TAIL);
            tailLength = TAIL;
            return;
        }
        int keep = Math.min(tailLength, TAIL - count);
        System.arraycopy(tail, tailLength - keep, tail, 0, keep);
        System.arraycopy(piece, 0, tail, keep, count);
        tailLength = keep + count;
    }

    /// The last whole line, when nothing follows it.
    private String lastLine() {
        if (tailLength < 2 || tail[tailLength - 1] != '\n') {
            return "";
        }
        int start = tailLength - 2;
        while (start > 0 && tail[start - 1] != '\n') {
            start--;
        }
        return new String(tail, start, tailLength - 2 - start, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
