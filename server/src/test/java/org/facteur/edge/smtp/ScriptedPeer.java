package org.facteur.edge.smtp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facteur.net.listen.Connection;
import org.facteur.wire.text.LineReader;

/// A peer that says what it was told to say, then leaves or falls silent; what it hears is kept.
/// Time does not pass.
final class ScriptedPeer implements Connection {
    private final byte[] script;
    private final boolean silent;
    private final int piece;
    private final List<Duration> pauses = new ArrayList<>();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final LineReader input = new LineReader(this::read);
    private boolean patient = true;
    private int at;

    /// @param piece how many octets arrive together
    /// @param silent whether it stays when it has said all
    ScriptedPeer(byte[] script, int piece, boolean silent) {
        this.script = script;
        this.piece = piece;
        this.silent = silent;
    }

    /// It speaks before it is greeted.
    ScriptedPeer hasty() {
        patient = false;
        return this;
    }

    private int read(byte[] target, int offset, int length) {
        int count = Math.min(Math.min(piece, length), script.length - at);
        if (count == 0) {
            return -1;
        }
        System.arraycopy(script, at, target, offset, count);
        at += count;
        return count;
    }

    /// All that was said to it.
    String heard() {
        return heard.toString(StandardCharsets.ISO_8859_1);
    }

    /// The answers that were held back, and for how long.
    List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    static String heard(SmtpSettings settings, SmtpServices services, ScriptedPeer peer)
            throws IOException {
        new SmtpServer(settings, services, () -> false).run(peer);
        return peer.heard();
    }

    @Override
    public Awaited await(Duration timeout) {
        if (timeout.isZero() && patient) {
            return Awaited.TIMEOUT;
        }
        return silent && at == script.length && input.buffered() == 0
                ? Awaited.TIMEOUT
                : Awaited.INPUT;
    }

    @Override
    public String id() {
        return "script";
    }

    @Override
    public InetSocketAddress remote() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    }

    @Override
    public InetSocketAddress local() {
        return remote();
    }

    @Override
    public Optional<TlsSession> tls() {
        return Optional.empty();
    }

    @Override
    public LineReader input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return heard;
    }

    @Override
    public void flush() {}

    @Override
    public void wake() {}

    @Override
    public void deadline(Duration total) {}

    @Override
    public void pause(Duration time) {
        pauses.add(time);
    }

    @Override
    public void startTls(byte[] goAhead) throws IOException {
        throw new IOException("no TLS here");
    }

    @Override
    public void compress(byte[] goAhead) {
        throw new UnsupportedOperationException("a script is not compressed");
    }

    @Override
    public boolean compressed() {
        return false;
    }

    @Override
    public boolean canStartTls() {
        return false;
    }

    @Override
    public boolean stopping() {
        return false;
    }

    @Override
    public void abort() {}

    @Override
    public void close() {}
}
