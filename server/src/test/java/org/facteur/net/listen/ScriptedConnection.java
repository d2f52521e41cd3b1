package org.facteur.net.listen;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.facteur.wire.text.LineReader;

/// A peer that says what it was told to say and leaves; what it hears is kept. Time does not pass.
public final class ScriptedConnection implements Connection {
    private final byte[] script;
    private int at;
    private final LineReader input = new LineReader(this::read);
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    public ScriptedConnection(byte[] script) {
        this.script = script;
    }

    private int read(byte[] target, int offset, int length) {
        int count = Math.min(length, script.length - at);
        if (count == 0) {
            return -1;
        }
        System.arraycopy(script, at, target, offset, count);
        at += count;
        return count;
    }

    public byte[] heard() {
        return heard.toByteArray();
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
        return Optional.of(new TlsSession("TLSv1.3", "none", Optional.empty()));
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
    public Awaited await(Duration timeout) {
        return Awaited.INPUT;
    }

    @Override
    public void wake() {}

    @Override
    public void deadline(Duration total) {}

    @Override
    public void pause(Duration time) {}

    @Override
    public void startTls(byte[] goAhead) {
        throw new IllegalStateException("the line is encrypted");
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
