package org.facteur.main;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.facteur.net.listen.Network;
import org.facteur.net.listen.OutgoingConnection;
import org.facteur.net.tls.ClientContexts;

/// One side of a protocol conversation as the demo holds it: a line said, an answer expected. One
/// thread.
final class DemoTalk implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LONGEST_LINE = 64 * 1024;

    private final OutgoingConnection connection;

    private DemoTalk(OutgoingConnection connection) {
        this.connection = connection;
    }

    static DemoTalk connect(Network network, InetSocketAddress address) throws IOException {
        DemoTalk talk = new DemoTalk(network.connect(address, PATIENCE));
        talk.connection.deadline(PATIENCE);
        return talk;
    }

    void startTls() throws IOException {
        connection.startTlsAsClient(new ClientContexts().opportunistic("localhost"));
    }

    void say(String line) throws IOException {
        connection.output().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        connection.flush();
    }

    /// Reads lines until one begins so.
    ///
    /// @throws IOException when the other side says no, or ends
    String expect(String beginning) throws IOException {
        while (true) {
            byte[] octets = connection.input().readLine(LONGEST_LINE);
            if (octets == null) {
                throw new IOException("the server ended the conversation");
            }
            String line = new String(octets, StandardCharsets.UTF_8);
            if (line.startsWith(beginning)) {
                return line;
            }
            if (refuses(line)) {
                throw new IOException("expected " + beginning + ", got: " + line);
            }
        }
    }

    private static boolean refuses(String line) {
        boolean smtp =
                line.length() > 3
                        && (line.charAt(0) == '4' || line.charAt(0) == '5')
                        && line.chars().limit(3).allMatch(c -> c >= '0' && c <= '9');
        return smtp
                || line.startsWith("-ERR")
                || line.contains(" NO ")
                || line.contains(" BAD ")
                || line.startsWith("* BYE");
    }

    String ask(String line, String beginning) throws IOException {
        say(line);
        return expect(beginning);
    }

    @Override
    public void close() {
        connection.close();
    }
}
