package org.facteur.core.mailbox;

import java.util.Objects;
import org.facteur.store.blob.BlobId;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;

/// A letter without its place: immutable from arrival to its last expunge.
///
/// The octets a reader sees are `prefix`, then the blob. Offsets in the index count from the blob's
/// first octet.
///
/// @param prefix trace headers added on arrival, each ended by CRLF; belongs to the record
/// @param blobBytes length of the blob
/// @param listing what lists need, as `wire.mime` encodes it: summary, ENVELOPE, BODYSTRUCTURE
@SuppressWarnings("ArrayRecordComponent")
public record Letter(
        LetterId id, ThreadId thread, BlobId blob, long blobBytes, byte[] prefix, Held listing) {
    private static final int FORMAT = 1;

    public Letter {
        Objects.requireNonNull(id);
        Objects.requireNonNull(thread);
        Objects.requireNonNull(blob);
        Objects.requireNonNull(prefix);
        Objects.requireNonNull(listing);
    }

    /// RFC822.SIZE.
    public long sizeBytes() {
        return prefix.length + blobBytes;
    }

    byte[] encode() {
        Encoder out = new Encoder(FORMAT);
        out.number(thread.number()).raw(blob.toBytes()).number(blobBytes).octets(prefix);
        listing.encode(out);
        return out.toBytes();
    }

    static Letter decode(LetterId id, byte[] octets) {
        Decoder in = new Decoder(octets, FORMAT);
        ThreadId thread = new ThreadId(in.number());
        BlobId blob = new BlobId(in.raw(BlobId.BYTES));
        Letter letter = new Letter(id, thread, blob, in.number(), in.octets(), Held.decode(in));
        in.end();
        return letter;
    }

    /// Octets that are in the row, or, when they would not fit, in a blob of their own.
    public sealed interface Held {
        /// The longest octets kept in a row.
        int INLINE_BYTES = 48 * 1024;

        @SuppressWarnings("ArrayRecordComponent")
        record Inline(byte[] octets) implements Held {}

        record Apart(BlobId blob, long bytes) implements Held {}

        private void encode(Encoder out) {
            switch (this) {
                case Inline inline -> out.flag(false).octets(inline.octets());
                case Apart apart ->
                        out.flag(true).raw(apart.blob().toBytes()).number(apart.bytes());
            }
        }

        /// A row that holds nothing else.
        private byte[] encode() {
            Encoder out = new Encoder(FORMAT);
            encode(out);
            return out.toBytes();
        }

        /// The row made of held octets alone.
        static byte[] encodeRow(Held held) {
            return held.encode();
        }

        static Held decodeRow(byte[] row) {
            Decoder in = new Decoder(row, FORMAT);
            Held held = decode(in);
            in.end();
            return held;
        }

        private static Held decode(Decoder in) {
            return in.flag()
                    ? new Apart(new BlobId(in.raw(BlobId.BYTES)), in.number())
                    : new Inline(in.octets());
        }
    }
}
