package org.facteur.net.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.facteur.base.fault.Refusal;

/// A request's body, bounded in length and in patience: who sends fewer octets a second than asked,
/// ten seconds after it began, is given up. One thread.
final class BodyStream extends InputStream {
    private static final long GRACE_SECONDS = 10;

    private final InputStream in;
    private final long most;
    private final long bytesPerSecond;
    private final long begun = System.nanoTime();
    private long taken;

    BodyStream(InputStream in, long most, long bytesPerSecond) {
        this.in = in;
        this.most = most;
        this.bytesPerSecond = bytesPerSecond;
    }

    static Refusal tooLarge() {
        return new Refusal(
                Refusal.Reason.TOO_LARGE,
                "This is larger than is accepted here.",
                "C'est plus grand que ce qui est accepté ici.");
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count > 0) {
            taken += count;
            if (taken > most) {
                throw tooLarge();
            }
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
            if (seconds > GRACE_SECONDS && taken / seconds < bytesPerSecond) {
                throw new IOException("the body comes too slowly");
            }
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
