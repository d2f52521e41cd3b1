package org.facteur.core.mailbox;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.layout.Format;

/// The entries of a run, a column for each thing that is known of them. Immutable.
final class EntryColumns implements EntryRun.Form {
    private static final int FORMAT = 1;

    private final long[] uids;
    private final long[] letters;
    private final long[] keywords;
    private final long[] modSeqs;
    private final long[] times;
    private final long[] sizes;

    private EntryColumns(int length) {
        uids = new long[length];
        letters = new long[length];
        keywords = new long[length];
        modSeqs = new long[length];
        times = new long[length];
        sizes = new long[length];
    }

    /// @param entries in ascending order of UID, all of one run
    static EntryColumns of(List<Entry> entries) {
        EntryColumns run = new EntryColumns(entries.size());
        for (int i = 0; i < run.uids.length; i++) {
            Entry entry = entries.get(i);
            run.uids[i] = entry.uid();
            run.letters[i] = entry.letter().number();
            run.keywords[i] = entry.keywords();
            run.modSeqs[i] = entry.modSeq();
            run.times[i] = pack(entry.received().getEpochSecond(), entry.saved().getEpochSecond());
            run.sizes[i] = entry.sizeBytes();
        }
        return run;
    }

    private EntryColumns(EntryColumns same, long[] keywords, long[] modSeqs) {
        this.uids = same.uids;
        this.letters = same.letters;
        this.times = same.times;
        this.sizes = same.sizes;
        this.keywords = keywords;
        this.modSeqs = modSeqs;
    }

    /// As [EntryRun#marked].
    EntryColumns marked(long[] newKeywords, long modSeq) {
        long[] newModSeqs = modSeqs.clone();
        for (int i = 0; i < newKeywords.length; i++) {
            if (newKeywords[i] != keywords[i]) {
                newModSeqs[i] = modSeq;
            }
        }
        return new EntryColumns(this, newKeywords, newModSeqs);
    }

    long[] allKeywords() {
        return keywords.clone();
    }

    byte[] encode() {
        Encoder out = new Encoder(FORMAT);
        out.number(uids.length);
        long uid = 0;
        long letter = 0;
        long modSeq = 0;
        long received = 0;
        for (int i = 0; i < uids.length; i++) {
            out.number(uids[i] - uid);
            out.signed(letters[i] - letter);
            out.bits(keywords[i]);
            out.signed(modSeqs[i] - modSeq);
            out.signed(received(i) - received);
            out.signed(saved(i) - received(i));
            out.number(sizes[i]);
            uid = uids[i];
            letter = letters[i];
            modSeq = modSeqs[i];
            received = received(i);
        }
        return out.toBytes();
    }

    static EntryColumns decode(byte[] octets) {
        Decoder in = new Decoder(octets, FORMAT);
        EntryColumns run = new EntryColumns(Math.min(in.count(), Format.RUN_LENGTH));
        long uid = 0;
        long letter = 0;
        long modSeq = 0;
        long received = 0;
        for (int i = 0; i < run.uids.length; i++) {
            uid += in.number();
            letter += in.signed();
            run.uids[i] = uid;
            run.letters[i] = letter;
            run.keywords[i] = in.bits();
            modSeq += in.signed();
            run.modSeqs[i] = modSeq;
            received += in.signed();
            run.times[i] = pack(received, received + in.signed());
            run.sizes[i] = in.number();
        }
        in.end();
        return run;
    }

    /// Two instants in one number: seconds since 1970, received above, saved below. Dates outside
    /// 1970..2106 are clamped: no letter is from there.
    private static long pack(long received, long saved) {
        return (clamp(received) << 32) | clamp(saved);
    }

    private static long clamp(long seconds) {
        return Math.clamp(seconds, 0, 0xffff_ffffL);
    }

    /// How many entries a row holds, without reading them.
    static int size(byte[] octets) {
        return Math.min(new Decoder(octets, FORMAT).count(), Format.RUN_LENGTH);
    }

    int size() {
        return uids.length;
    }

    long uid(int at) {
        return uids[at];
    }

    long letter(int at) {
        return letters[at];
    }

    long keywords(int at) {
        return keywords[at];
    }

    long modSeq(int at) {
        return modSeqs[at];
    }

    long received(int at) {
        return times[at] >>> 32;
    }

    long saved(int at) {
        return times[at] & 0xffff_ffffL;
    }

    long sizeBytes(int at) {
        return sizes[at];
    }

    Entry entry(int at) {
        return new Entry(
                uids[at],
                new LetterId(letters[at]),
                keywords[at],
                modSeqs[at],
                Instant.ofEpochSecond(received(at)),
                Instant.ofEpochSecond(saved(at)),
                sizes[at]);
    }

    /// The place of a UID, or -(place it would have) - 1.
    int indexOf(long uid) {
        long likely = uid - uids[0];
        if (likely >= 0 && likely < uids.length && uids[(int) likely] == uid) {
            return (int) likely;
        }
        return Arrays.binarySearch(uids, uid);
    }

    long highestModSeq() {
        long highest = 0;
        for (long modSeq : modSeqs) {
            highest = Math.max(highest, modSeq);
        }
        return highest;
    }
}
