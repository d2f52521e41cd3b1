package org.facteur.edge.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// An SMTP server in the clear that answers as it is told, and remembers all it heard.
final class LivelyPeer implements AutoCloseable {
    /// Says what to answer.
    @FunctionalInterface
    interface Manner {
        /// @param what the command line, or `.` for the end of a letter, or empty for the greeting
        /// @param session counted from 1
        /// @return the answer without its last CRLF; null hangs up, empty says nothing
        @org.jspecify.annotations.Nullable
        String answer(String what, int session);
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Manner manner;
    private final AtomicInteger sessions = new AtomicInteger();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> letters = new CopyOnWriteArrayList<>();

    LivelyPeer(Manner manner) throws IOException {
        this.manner = manner;
        Thread.ofVirtual().start(this::run);
    }

    /// Takes everything.
    static String kind(String what, String... capabilities) {
        if (what.isEmpty()) {
            return "220 lively";
        }
        if (what.startsWith("EHLO")) {
            StringBuilder answer = new StringBuilder("250-lively\r\n");
            for (String capability : capabilities) {
                answer.append("250-").append(capability).append("\r\n");
            }
            return answer + "250 HELP";
        }
        return what.equals("DATA") ? "354 go" : what.equals("QUIT") ? "221 bye" : "250 2.0.0 ok";
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /// Command lines of all sessions, in order.
    List<String> heard() {
        return List.copyOf(heard);
    }

    /// Whole letters, dots as they came.
    List<String> letters() {
        return List.copyOf(letters);
    }

    int sessions() {
        return sessions.get();
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
        int session = sessions.incrementAndGet();
        try (peer) {
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(
                                    peer.getInputStream(), StandardCharsets.ISO_8859_1));
            OutputStream out = peer.getOutputStream();
            boolean on = say(out, "", session);
            while (on) {
                String line = in.readLine();
                if (line == null) {
                    return;
                }
                heard.add(line);
                String answer = manner.answer(line, session);
                on = answer != null;
                if (answer != null && !answer.isEmpty()) {
                    out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
                }
                if (answer != null && answer.startsWith("354")) {
                    on = letter(in) && say(out, ".", session);
                }
            }
        } catch (IOException gone) {
            heard.add("(broken)");
        }
    }

    private boolean say(OutputStream out, String what, int session) throws IOException {
        String answer = manner.answer(what, session);
        if (answer == null) {
            return false;
        }
        out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
        return true;
    }

    private boolean letter(BufferedReader in) throws IOException {
        StringBuilder letter = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals(".")) {
                letters.add(letter.toString());
                return true;
            }
            letter.append(line).append("\r\n");
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
