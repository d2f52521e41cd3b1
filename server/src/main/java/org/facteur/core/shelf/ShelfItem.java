package org.facteur.core.shelf;

import java.time.Instant;
import java.util.Objects;
import org.facteur.store.blob.BlobId;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.jspecify.annotations.Nullable;

/// One item.
///
/// @param number in its account and kind; never given again
/// @param created the account's version that shows it first
/// @param changed the version that changed it last
/// @param made when it was made
/// @param blob octets it holds; null for none
/// @param content what it says; belongs to the record
@SuppressWarnings("ArrayRecordComponent")
public record ShelfItem(
        long number,
        long created,
        long changed,
        Instant made,
        @Nullable BlobId blob,
        byte[] content) {
    private static final int FORMAT = 1;

    public ShelfItem {
        Objects.requireNonNull(made);
        Objects.requireNonNull(content);
    }

    byte[] encode() {
        Encoder out = new Encoder(FORMAT).flag(true).number(created).number(changed);
        out.signed(made.toEpochMilli()).flag(blob != null);
        if (blob != null) {
            out.raw(blob.toBytes());
        }
        return out.octets(content).toBytes();
    }

    /// The row of an item that was removed.
    static byte[] tombstone(long created, long removed) {
        return new Encoder(FORMAT).flag(false).number(created).number(removed).toBytes();
    }

    /// A row: an item, or what is left of one.
    ///
    /// @param item null for a tombstone
    record Row(long created, long changed, @Nullable ShelfItem item) {
        static Row decode(long number, byte[] octets) {
            Decoder in = new Decoder(octets, FORMAT);
            boolean there = in.flag();
            long created = in.number();
            long changed = in.number();
            if (!there) {
                in.end();
                return new Row(created, changed, null);
            }
            Instant made = Instant.ofEpochMilli(in.signed());
            BlobId blob = in.flag() ? new BlobId(in.raw(BlobId.BYTES)) : null;
            byte[] content = in.octets();
            in.end();
            return new Row(
                    created, changed, new ShelfItem(number, created, changed, made, blob, content));
        }
    }
}
