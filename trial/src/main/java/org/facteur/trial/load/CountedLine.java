package org.facteur.trial.load;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A line to a server for one client, which counts what goes over it: the octets each way, and how
/// often the client speaks after it has heard something. From these follows how long the same would
/// take over a line that is slow and far away.
final class CountedLine implements Closeable {
    private static final int PIECE = 64 << 10;

    private final ServerSocket listener;
    private final Endpoint server;
    private final AtomicLong up = new AtomicLong();
    private final AtomicLong down = new AtomicLong();
    private final AtomicLong turns = new AtomicLong();
    private volatile boolean heard = true;

    CountedLine(Endpoint server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("counted-line").start(this::carry);
    }

    /// Where the client connects.
    Endpoint end() {
        return new Endpoint(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
    }

    private void carry() {
        try (Socket client = listener.accept();
                Socket target = new Socket()) {
            client.setTcpNoDelay(true);
            target.setTcpNoDelay(true);
            target.connect(new InetSocketAddress(server.host(), server.port()));
            Thread back =
                    Thread.ofVirtual()
                            .name("counted-line-back")
                            .start(() -> quietly(() -> copy(target, client, false)));
            quietly(() -> copy(client, target, true));
            target.shutdownOutput();
            back.join();
        } catch (IOException _) {
            // The client sees its line end.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Copying {
        void run() throws IOException;
    }

    private static void quietly(Copying copying) {
        try {
            copying.run();
        } catch (IOException _) {
            // One end has closed.
        }
    }

    private void copy(Socket from, Socket to, boolean upwards) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] piece = new byte[PIECE];
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            if (upwards) {
                up.addAndGet(read);
                if (heard) {
                    heard = false;
                    turns.incrementAndGet();
                }
            } else {
                down.addAndGet(read);
                heard = true;
            }
            out.write(piece, 0, read);
        }
    }

    /// Octets both ways.
    long octets() {
        return up.get() + down.get();
    }

    /// How long this would take over a slow line.
    ///
    /// @param trip there and back
    Duration over(long bitsPerSecond, Duration trip) {
        double octetSeconds = octets() * 8.0 / bitsPerSecond;
        // One more for the line itself to be opened.
        double tripSeconds = (turns.get() + 1) * trip.toMillis() / 1000.0;
        return Duration.ofMillis(Math.round((octetSeconds + tripSeconds) * 1000));
    }

    @Override
    public void close() throws IOException {
        try {
            listener.close();
        } catch (SocketException _) {
            // Closed already.
        }
    }
}
