package org.facteur.main;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.facteur.base.word.Language;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The local socket by which commands reach the running server. Who may open the file may command:
/// it lies in the data directory, which only its owner can enter.
///
/// The caller sends its language, directory, arguments and input; the server answers with frames:
/// octets for standard output or error, and last the exit status.
final class ControlSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
    private static final int VERSION = 1;
    private static final int OUT = 1;
    private static final int ERR = 2;
    private static final int EXIT = 3;
    private static final int MOST_ARGUMENTS = 2_000;
    private static final int MOST_INPUT = 1 << 20;
    private static final int PIECE = 32 * 1024;

    private final ServerSocketChannel server;
    private final Path path;

    /// Runs a command line inside the server.
    @FunctionalInterface
    interface Runner {
        int run(List<String> arguments, Terminal terminal);
    }

    private ControlSocket(ServerSocketChannel server, Path path) {
        this.server = server;
        this.path = path;
    }

    static Path pathIn(Path data) {
        return data.resolve("control.sock");
    }

    /// Begins to listen in a data directory this process holds.
    static ControlSocket listen(Path data, Runner runner) throws IOException {
        Path path = pathIn(data);
        Files.deleteIfExists(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        ControlSocket socket = new ControlSocket(server, path);
        Thread.ofPlatform().daemon().name("control").start(() -> socket.accept(runner));
        return socket;
    }

    private void accept(Runner runner) {
        while (server.isOpen()) {
            try {
                SocketChannel caller = server.accept();
                Thread.ofVirtual().name("control").start(() -> answer(caller, runner));
            } catch (AsynchronousCloseException _) {
                return;
            } catch (IOException broken) {
                LOG.error("the control socket broke", broken);
                return;
            }
        }
    }

    private static void answer(SocketChannel caller, Runner runner) {
        try (caller;
                DataInputStream in = new DataInputStream(Channels.newInputStream(caller));
                DataOutputStream out = new DataOutputStream(Channels.newOutputStream(caller))) {
            if (in.readInt() != VERSION) {
                return;
            }
            Language language = Language.of(in.readUTF());
            Path directory = Path.of(in.readUTF());
            int count = in.readInt();
            if (count < 0 || count > MOST_ARGUMENTS) {
                return;
            }
            List<String> arguments = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                arguments.add(new String(octets(in), StandardCharsets.UTF_8));
            }
            byte[] input = octets(in);
            Terminal terminal =
                    new Terminal(
                            new PrintStream(new Frames(out, OUT), true, StandardCharsets.UTF_8),
                            new PrintStream(new Frames(out, ERR), true, StandardCharsets.UTF_8),
                            new ByteArrayInputStream(input),
                            language,
                            directory);
            int status = runner.run(arguments, terminal);
            synchronized (out) {
                out.writeByte(EXIT);
                out.writeInt(status);
                out.flush();
            }
        } catch (IOException gone) {
            LOG.debug("a caller left early: {}", gone.getMessage());
        }
    }

    private static byte[] octets(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MOST_INPUT) {
            throw new IOException("too long");
        }
        byte[] octets = new byte[length];
        in.readFully(octets);
        return octets;
    }

    /// Has the running server do a command.
    ///
    /// @param readInput whether the command wants what is typed or piped in
    /// @return its exit status; empty when no server runs on that data
    static OptionalInt call(Path data, List<String> arguments, Terminal terminal, boolean readInput)
            throws IOException {
        Path path = pathIn(data);
        if (!Files.exists(path)) {
            return OptionalInt.empty();
        }
        try (SocketChannel server = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            try {
                server.connect(UnixDomainSocketAddress.of(path));
            } catch (IOException _) {
                return OptionalInt.empty();
            }
            DataOutputStream out = new DataOutputStream(Channels.newOutputStream(server));
            out.writeInt(VERSION);
            out.writeUTF(terminal.language().tag());
            out.writeUTF(terminal.directory().toString());
            out.writeInt(arguments.size());
            for (String argument : arguments) {
                write(out, argument.getBytes(StandardCharsets.UTF_8));
            }
            write(out, readInput ? terminal.in().readNBytes(MOST_INPUT) : new byte[0]);
            out.flush();
            return OptionalInt.of(
                    relay(new DataInputStream(Channels.newInputStream(server)), terminal));
        }
    }

    private static void write(DataOutputStream out, byte[] octets) throws IOException {
        out.writeInt(octets.length);
        out.write(octets);
    }

    private static int relay(DataInputStream in, Terminal terminal) throws IOException {
        while (true) {
            int kind = in.readUnsignedByte();
            if (kind == EXIT) {
                return in.readInt();
            }
            byte[] octets = octets(in);
            PrintStream to = kind == OUT ? terminal.out() : terminal.err();
            to.write(octets, 0, octets.length);
            to.flush();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(path);
    }

    /// Writes what a command says as frames; both streams share one line.
    private static final class Frames extends OutputStream {
        private final DataOutputStream out;
        private final int kind;

        Frames(DataOutputStream out, int kind) {
            this.out = out;
            this.kind = kind;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            synchronized (out) {
                for (int at = 0; at < length; at += PIECE) {
                    int some = Math.min(PIECE, length - at);
                    out.writeByte(kind);
                    out.writeInt(some);
                    out.write(octets, offset + at, some);
                }
                out.flush();
            }
        }

        @Override
        public void flush() throws IOException {
            synchronized (out) {
                out.flush();
            }
        }

        /// Lets the stream that wraps this end without ending the line.
        @Override
        public void close() {}
    }

    /// Reads nothing: for commands that want no input.
    static InputStream noInput() {
        return InputStream.nullInputStream();
    }
}
