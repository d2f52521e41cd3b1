package org.facteur.trial.talk;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// One connection of a transcript. One thread.
public final class TalkLine implements AutoCloseable {
    /// Far more than any answer takes: reached only when the server says nothing.
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private @Nullable StrictAnswers strict;
    private Socket socket;
    private InputStream in;

    public TalkLine(int port, boolean encrypted) throws IOException {
        socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) SILENCE.toMillis());
        in = new BufferedInputStream(socket.getInputStream());
        if (encrypted) {
            startTls();
        }
    }

    /// Reads all that comes by the strict grammar of IMAP too.
    void readStrictly() {
        strict = new StrictAnswers();
    }

    public void startTls() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            SSLSocket encrypted =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(socket, "localhost", socket.getPort(), true);
            encrypted.startHandshake();
            socket = encrypted;
            in = new BufferedInputStream(encrypted.getInputStream());
        } catch (GeneralSecurityException missing) {
            throw new IOException("no TLS here", missing);
        }
    }

    /// Sends a line, CRLF added.
    public void say(String line) throws IOException {
        send(line + "\r\n");
    }

    /// Keeps text back until the next is sent: both go in one write.
    void hold(String text) {
        held.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(String text) throws IOException {
        hold(text);
        byte[] all = held.toByteArray();
        held.reset();
        socket.getOutputStream().write(all);
        socket.getOutputStream().flush();
    }

    /// The next line without its CRLF; null when the server has ended the connection.
    public @Nullable String read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int octet;
            try {
                octet = in.read();
            } catch (java.net.SocketException reset) {
                return null;
            }
            StrictAnswers reader = strict;
            if (octet >= 0 && reader != null) {
                reader.take(octet);
            }
            if (octet < 0) {
                return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
            }
            if (octet == '\n') {
                String text = line.toString(StandardCharsets.UTF_8);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(octet);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /// The test's server vouches for itself.
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
