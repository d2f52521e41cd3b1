package org.facteur.edge.relay;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;
import java.util.Optional;
import org.facteur.core.queue.Queue;
import org.facteur.core.queue.QueueItem;
import org.facteur.store.blob.Blob;
import org.facteur.wire.mime.IndexLimits;
import org.facteur.wire.mime.LetterIndexer;
import org.facteur.wire.mime.SevenBitPlan;
import org.facteur.wire.mime.SevenBitPlan.Segment;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.QuotedPrintable;
import org.facteur.wire.text.SyntaxFault;

/// A letter in 7-bit lines, for servers that take no others. Made while it is read; one thread.
final class Recoded extends InputStream {
    private static final int PIECE = 64 * 1024;

    /// Octets that fill whole lines of base64: 57 make one of 76 characters.
    private static final int BASE64_PIECE = 57 * 512;

    private static final byte[] CRLF = "\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Blob blob;
    private final Iterator<Segment> segments;
    private InputStream current;
    private long from;
    private long to;

    private Recoded(Blob blob, byte[] prefix, SevenBitPlan plan) {
        this.blob = blob;
        this.segments = plan.segments().iterator();
        this.current = new ByteArrayInputStream(prefix);
    }

    /// How a queued letter would be recoded; empty when it cannot be.
    static Optional<SevenBitPlan> plan(Queue queue, QueueItem item) {
        try (Blob blob = queue.open(item);
                InputStream in = blob.open(0, blob.size())) {
            LetterIndexer indexer = new LetterIndexer(IndexLimits.STANDARD);
            byte[] piece = new byte[PIECE];
            for (int some = in.read(piece); some >= 0; some = in.read(piece)) {
                indexer.feed(piece, 0, some);
            }
            return SevenBitPlan.of(
                    indexer.finish().anatomy(),
                    (at, target, length) -> fill(blob, at, target, length));
        } catch (SyntaxFault malformed) {
            return Optional.empty();
        } catch (IOException impossible) {
            throw new UncheckedIOException("blobs do no I/O of this kind", impossible);
        }
    }

    private static void fill(Blob blob, long at, byte[] target, int length) {
        blob.read(at, target, 0, length);
    }

    static InputStream open(Queue queue, QueueItem item, SevenBitPlan plan) {
        return new Recoded(queue.open(item), item.letter().prefix(), plan);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (true) {
            int some = current.read(target, offset, length);
            if (some >= 0) {
                return some;
            }
            if (from < to) {
                current = based();
            } else if (segments.hasNext()) {
                current = begin(segments.next());
            } else {
                return -1;
            }
        }
    }

    private InputStream begin(Segment segment) {
        return switch (segment) {
            case Segment.Copied(long start, long end) -> blob.open(start, end - start);
            case Segment.Written(var octets) -> new ByteArrayInputStream(octets.toArray());
            case Segment.Quoted(long start, long end) -> {
                byte[] text = new byte[(int) (end - start)];
                fill(blob, start, text, text.length);
                OctetBuffer out = new OctetBuffer(Integer.MAX_VALUE - 16);
                QuotedPrintable.encode(text, out);
                yield new ByteArrayInputStream(out.toArray());
            }
            case Segment.Based(long start, long end) -> {
                from = start;
                to = end;
                yield InputStream.nullInputStream();
            }
        };
    }

    /// The next lines of a part in base64.
    private InputStream based() {
        byte[] piece = new byte[(int) Math.min(BASE64_PIECE, to - from)];
        fill(blob, from, piece, piece.length);
        from += piece.length;
        byte[] lines = Base64.getMimeEncoder(76, CRLF).encode(piece);
        byte[] whole = java.util.Arrays.copyOf(lines, lines.length + (from < to ? 2 : 0));
        if (from < to) {
            System.arraycopy(CRLF, 0, whole, lines.length, CRLF.length);
        }
        return new ByteArrayInputStream(whole);
    }

    @Override
    public void close() throws IOException {
        try (blob) {
            current.close();
        }
    }
}
