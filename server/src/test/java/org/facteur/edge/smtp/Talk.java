package org.facteur.edge.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// The other side of a conversation, octet for octet.
final class Talk implements AutoCloseable {
    private Socket socket;

    private Talk(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
    }

    static Talk with(InetSocketAddress address) throws IOException {
        return new Talk(new Socket(address.getAddress(), address.getPort()));
    }

    /// A conversation whose greeting and EHLO are behind it.
    static Talk greeted(InetSocketAddress address) throws IOException {
        Talk talk = with(address);
        talk.expect("220");
        talk.say("EHLO client.example", "250");
        return talk;
    }

    Talk send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return this;
    }

    /// One line out, one reply in that begins so.
    String say(String line, String expected) throws IOException {
        send(line + "\r\n");
        return expect(expected);
    }

    /// One whole reply that begins so.
    String expect(String expected) throws IOException {
        String reply = reply();
        assertThat(reply).startsWith(expected);
        return reply;
    }

    String reply() throws IOException {
        StringBuilder whole = new StringBuilder();
        while (true) {
            String line = line();
            StrictReplies.check(line);
            whole.append(line);
            if (line.length() < 4 || line.charAt(3) != '-') {
                return whole.toString();
            }
            whole.append('\n');
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                return line.toString(StandardCharsets.UTF_8);
            }
            if (octet == '\n') {
                String text = line.toString(StandardCharsets.UTF_8);
                assertThat(text).endsWith("\r");
                return text.substring(0, text.length() - 1);
            }
            line.write(octet);
        }
    }

    void expectEnd() throws IOException {
        int octet;
        try {
            octet = socket.getInputStream().read();
        } catch (java.net.SocketException reset) {
            return;
        }
        assertThat(octet).isEqualTo(-1);
    }

    void beginTls() throws Exception {
        X509TrustManager anybody =
                new X509TrustManager() {
                    @Override
                    public void checkClientTrusted(X509Certificate[] chain, String type) {}

                    @Override
                    public void checkServerTrusted(X509Certificate[] chain, String type) {}

                    @Override
                    public X509Certificate[] getAcceptedIssuers() {
                        return new X509Certificate[0];
                    }
                };
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {anybody}, null);
        SSLSocket encrypted =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(socket, "mail.example.org", socket.getPort(), true);
        encrypted.startHandshake();
        socket = encrypted;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
