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
/// @param hiddenLetters those of them that lie in hidden mailboxes
/// @param hiddenBytes the sizes of these
record BoxCounters(
        long nextLetter,
        long nextMailbox,
        long nextUidValidity,
        long letters,
        long bytes,
        long hiddenLetters,
        long hiddenBytes) {
    static final Key KEY = Layout.counters("box");

    static final BoxCounters NONE = new BoxCounters(1, 1, 1, 0, 0, 0, 0);

    /// 2: with what is hidden.
    private static final int FORMAT = 2;

    static BoxCounters read(ReadView view) {
        return view.find(KEY).map(BoxCounters::decode).orElse(NONE);
    }

    byte[] encode() {
        Encoder out = new Encoder(FORMAT);
        out.number(nextLetter).number(nextMailbox).number(nextUidValidity);
        out.number(letters).number(bytes);
        return out.number(hiddenLetters).number(hiddenBytes).toBytes();
    }

    private static BoxCounters decode(byte[] octets) {
        Decoder in = new Decoder(octets, FORMAT);
        boolean hides = in.formatVersion() >= 2;
        BoxCounters counters =
                new BoxCounters(
                        in.number(),
                        in.number(),
                        in.number(),
                        in.number(),
                        in.number(),
                        hides ? in.number() : 0,
                        hides ? in.number() : 0);
        in.end();
        return counters;
    }

    BoxCounters letterTaken() {
        return new BoxCounters(
                nextLetter + 1,
                nextMailbox,
                nextUidValidity,
                letters,
                bytes,
                hiddenLetters,
                hiddenBytes);
    }

    /// @param seconds the clock, so that an account made again does not repeat old numbers
    BoxCounters mailboxTaken(long seconds) {
        return new BoxCounters(
                nextLetter,
                nextMailbox + 1,
                uidValidity(seconds) + 1,
                letters,
                bytes,
                hiddenLetters,
                hiddenBytes);
    }

    /// The UIDVALIDITY of the next mailbox.
    long uidValidity(long seconds) {
        return Math.max(nextUidValidity, Math.clamp(seconds, 1, 0xffff_0000L));
    }

    /// @param hidden whether the mailbox it came into is
    BoxCounters plus(Entry entry, boolean hidden) {
        return with(1, entry.sizeBytes(), hidden);
    }

    BoxCounters minus(Entry entry, boolean hidden) {
        return with(-1, -entry.sizeBytes(), hidden);
    }

    private BoxCounters with(int more, long moreBytes, boolean hidden) {
        return new BoxCounters(
                nextLetter,
                nextMailbox,
                nextUidValidity,
                letters + more,
                bytes + moreBytes,
                hidden ? Math.max(0, hiddenLetters + more) : hiddenLetters,
                hidden ? Math.max(0, hiddenBytes + moreBytes) : hiddenBytes);
    }

    /// Letters that count against a quota: what is hidden does so only past the quota itself.
    long chargedLetters(long quotaLetters) {
        return letters - Math.min(hiddenLetters, quotaLetters);
    }

    /// Octets that count against a quota.
    long chargedBytes(long quotaBytes) {
        return bytes - Math.min(hiddenBytes, quotaBytes);
    }
}
