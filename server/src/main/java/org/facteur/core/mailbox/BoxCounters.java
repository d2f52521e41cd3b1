package org.facteur.core.mailbox;

import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.ReadView;
import org.facteur.store.layout.Layout;

/// The numbers an account gives out, and the sums its quota is measured against.
///
/// @param nextMailbox also counts what is hidden
/// @param letters entries, so that a copy counts as a letter
/// @param bytes sizes of entries, prefixes included
record BoxCounters(
        long nextLetter, long nextMailbox, long nextUidValidity, long letters, long bytes) {
    static final Key KEY = Layout.counters("box");

    private static final int FORMAT = 1;

    static BoxCounters read(ReadView view) {
        return view.find(KEY).map(BoxCounters::decode).orElse(new BoxCounters(1, 1, 1, 0, 0));
    }

    byte[] encode() {
        Encoder out = new Encoder(FORMAT);
        out.number(nextLetter).number(nextMailbox).number(nextUidValidity);
        return out.number(letters).number(bytes).toBytes();
    }

    private static BoxCounters decode(byte[] octets) {
        Decoder in = new Decoder(octets, FORMAT);
        BoxCounters counters =
                new BoxCounters(in.number(), in.number(), in.number(), in.number(), in.number());
        in.end();
        return counters;
    }

    BoxCounters letterTaken() {
        return new BoxCounters(nextLetter + 1, nextMailbox, nextUidValidity, letters, bytes);
    }

    /// @param seconds the clock, so that an account made again does not repeat old numbers
    BoxCounters mailboxTaken(long seconds) {
        return new BoxCounters(
                nextLetter, nextMailbox + 1, uidValidity(seconds) + 1, letters, bytes);
    }

    /// The UIDVALIDITY of the next mailbox.
    long uidValidity(long seconds) {
        return Math.max(nextUidValidity, Math.clamp(seconds, 1, 0xffff_0000L));
    }

    BoxCounters plus(Entry entry) {
        return new BoxCounters(
                nextLetter, nextMailbox, nextUidValidity, letters + 1, bytes + entry.sizeBytes());
    }

    BoxCounters minus(Entry entry) {
        return new BoxCounters(
                nextLetter, nextMailbox, nextUidValidity, letters - 1, bytes - entry.sizeBytes());
    }
}
