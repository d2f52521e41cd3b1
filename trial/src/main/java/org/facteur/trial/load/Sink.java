package org.facteur.trial.load;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/// A mail server that takes every letter, forgets it and counts: what letters are relayed to.
final class Sink implements Closeable {
    private static final int BACKLOG = 500;

    private final ServerSocket server =
            new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    private final AtomicLong letters = new AtomicLong();

    Sink() throws IOException {
        Thread.ofVirtual().name("sink").start(this::run);
    }

    int port() {
        return server.getLocalPort();
    }

    /// Letters taken so far.
    long letters() {
        return letters.get();
    }

    private void run() {
        while (!server.isClosed()) {
            try {
                Socket peer = server.accept();
                Thread.ofVirtual().start(() -> talk(peer));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket peer) {
        try (peer) {
            peer.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(peer.getInputStream(), 64 * 1024);
            OutputStream out = peer.getOutputStream();
            say(out, "220 sink");
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                String verb = line.substring(0, Math.min(4, line.length()));
                switch (verb) {
                    case "EHLO" -> say(out, "250-sink\r\n250-PIPELINING\r\n250 8BITMIME");
                    case "DATA" -> {
                        say(out, "354 go");
                        swallow(in);
                        letters.incrementAndGet();
                        say(out, "250 2.0.0 taken");
                    }
                    case "QUIT" -> {
                        say(out, "221 bye");
                        return;
                    }
                    default -> say(out, "250 2.0.0 ok");
                }
            }
        } catch (IOException gone) {
            // The other side has left.
        }
    }

    private static void say(OutputStream out, String reply) throws IOException {
        out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /// One line without its end; empty when the peer has left.
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n') {
                return line.toString();
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return "";
    }

    /// Octets up to the dot that ends a letter.
    private static void swallow(InputStream in) throws IOException {
        int matched = 2;
        String end = "\r\n.\r\n";
        while (matched < end.length()) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("the letter has no end");
            }
            if (octet == end.charAt(matched)) {
                matched++;
            } else {
                matched = octet == '\r' ? 1 : 0;
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
