package org.facteur.store.kv;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.layout.Layout;

/// Which transaction made a version: the row of [org.facteur.store.layout.Table#META] for the
/// newest, and those of [org.facteur.store.layout.Table#TRANSACTIONS], a ring of the last [#RING]
/// versions, by which a lost answer is settled. Engines write them with each batch.
public record TransactionMark(long version, TxId txId) {
    /// How many versions back an unknown outcome can be settled.
    public static final int RING = 64;

    private static final int FORMAT = 1;

    public TransactionMark {
        if (version < 1) {
            throw new IllegalArgumentException("version " + version);
        }
        Objects.requireNonNull(txId);
    }

    /// The mark a batch leaves.
    public static TransactionMark of(Batch batch) {
        return new TransactionMark(batch.expectedVersion() + 1, batch.txId());
    }

    /// Where the ring holds a version.
    public static Key slot(long version) {
        return Layout.transaction(version % RING);
    }

    /// The rows an engine adds to a batch.
    public List<Batch.Write> rows() {
        byte[] encoded = encode();
        return List.of(
                new Batch.Write(Layout.meta(), encoded),
                new Batch.Write(slot(version), encoded.clone()));
    }

    /// The mark of the newest version in a view, or none when nobody has written.
    public static Optional<TransactionMark> newest(ReadView view) {
        return view.find(Layout.meta()).map(TransactionMark::decode);
    }

    /// What a view says of a batch.
    ///
    /// @throws StoreFault UNKNOWN_OUTCOME when the ring has gone round since
    public static Engine.Outcome settle(ReadView view, Batch batch) {
        long wanted = batch.expectedVersion() + 1;
        Optional<TransactionMark> mark = view.find(slot(wanted)).map(TransactionMark::decode);
        if (mark.isEmpty() || mark.get().version < wanted) {
            return Engine.Outcome.ABSENT;
        }
        if (mark.get().version > wanted) {
            throw new StoreFault(
                    StoreFault.Kind.UNKNOWN_OUTCOME,
                    "version " + wanted + " of " + batch.partition() + " is too long ago");
        }
        return mark.get().txId.equals(batch.txId())
                ? Engine.Outcome.COMMITTED
                : Engine.Outcome.ABSENT;
    }

    public byte[] encode() {
        return new Encoder(FORMAT).number(version).bits(txId.high()).bits(txId.low()).toBytes();
    }

    /// @throws StoreFault CORRUPT for octets that [#encode] never made
    public static TransactionMark decode(byte[] octets) {
        Decoder in = new Decoder(octets, FORMAT);
        long version = in.number();
        TxId txId = new TxId(in.bits(), in.bits());
        in.end();
        if (version < 1) {
            throw new StoreFault(StoreFault.Kind.CORRUPT, "mark of version " + version);
        }
        return new TransactionMark(version, txId);
    }
}
