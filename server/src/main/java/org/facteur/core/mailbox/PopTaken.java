package org.facteur.core.mailbox;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Transaction;
import org.facteur.store.layout.Format;
import org.facteur.store.layout.Layout;

/// Which letters one POP device has taken: its cursor. A bit per letter, in rows of 2,048; a device
/// that took nothing has no row. One thread.
final class PopTaken {
    private static final int FORMAT = 1;

    private final long credential;
    private final Map<Long, BitSet> runs = new HashMap<>();

    private PopTaken(long credential) {
        this.credential = credential;
    }

    /// All that a device has taken.
    static PopTaken read(ReadView view, long credential) {
        PopTaken taken = new PopTaken(credential);
        TablePages.forEach(
                view,
                Layout.popTaken(credential),
                row -> taken.runs.put(Layout.number(row.key(), 1), decode(row.value())));
        return taken;
    }

    /// Whether a device has taken one letter; reads that letter's row only.
    static boolean has(ReadView view, long credential, LetterId letter) {
        return view.find(Layout.popTaken(credential, runOf(letter)))
                .map(row -> decode(row).get(bitOf(letter)))
                .orElse(false);
    }

    /// Notes that a device has a letter.
    ///
    /// @return whether it did not before
    static boolean add(Transaction tx, long credential, LetterId letter) {
        var key = Layout.popTaken(credential, runOf(letter));
        BitSet bits = tx.find(key).map(PopTaken::decode).orElseGet(BitSet::new);
        if (bits.get(bitOf(letter))) {
            return false;
        }
        bits.set(bitOf(letter));
        tx.put(key, new Encoder(FORMAT).octets(bits.toByteArray()).toBytes());
        return true;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    long credential() {
        return credential;
    }

    boolean has(LetterId letter) {
        BitSet bits = runs.get(runOf(letter));
        return bits != null && bits.get(bitOf(letter));
    }

    private static long runOf(LetterId letter) {
        return letter.number() / Format.LETTER_RUN_LENGTH;
    }

    private static int bitOf(LetterId letter) {
        return (int) (letter.number() % Format.LETTER_RUN_LENGTH);
    }

    private static BitSet decode(byte[] row) {
        Decoder in = new Decoder(row, FORMAT);
        BitSet bits = BitSet.valueOf(in.octets());
        in.end();
        return bits;
    }
}
