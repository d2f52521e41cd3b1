package org.facteur.core.mailbox;

import java.util.Arrays;
import org.facteur.store.kv.StoreFault;
import org.facteur.wire.mime.Summary;

/// What is known of up to 512 letters with neighbouring numbers, in columns. Immutable.
final class FactRun {
    static final int LENGTH = 512;

    /// No date, or a text that is too long to be kept.
    static final int NONE = -1;

    static final int THERE = 1;
    static final int REPLY = 2;
    static final int DATED = 4;
    static final int ATTACHMENT = 8;

    /// Columns of numbers of texts.
    static final int SUBJECT = 0;

    static final int SUBJECT_KEY = 1;
    static final int FROM = 2;
    static final int TO = 3;
    static final int CC = 4;
    static final int FROM_KEY = 5;
    static final int TO_KEY = 6;
    static final int CC_KEY = 7;
    static final int DISPLAY_FROM = 8;
    static final int DISPLAY_TO = 9;
    static final int COLUMNS = 10;

    private final long upTo;
    private final byte[] bits;
    private final long[] sent;
    private final short[] zones;
    private final long[] threads;
    private final long[] ids;
    private final int[][] texts;
    private final int[] referenceStarts;
    private final long[] references;

    private FactRun(Growing from, long upTo) {
        this.upTo = upTo;
        this.bits = from.bits.clone();
        this.sent = from.sent.clone();
        this.zones = from.zones.clone();
        this.threads = from.threads.clone();
        this.ids = from.ids.clone();
        this.texts = new int[COLUMNS][];
        for (int i = 0; i < COLUMNS; i++) {
            texts[i] = from.texts[i].clone();
        }
        this.referenceStarts = from.referenceStarts.clone();
        this.references = Arrays.copyOf(from.references, from.referenceCount);
    }

    /// The last letter of this run that was looked at; with all before it.
    long upTo() {
        return upTo;
    }

    int bits(int at) {
        return bits[at];
    }

    boolean has(int at, int bit) {
        return (bits[at] & bit) != 0;
    }

    /// Seconds since 1970.
    long sent(int at) {
        return sent[at];
    }

    /// Minutes east of UTC in which it was sent.
    int zone(int at) {
        return zones[at];
    }

    long thread(int at) {
        return threads[at];
    }

    /// 0 for a letter without Message-ID.
    long id(int at) {
        return ids[at];
    }

    int text(int column, int at) {
        return texts[column][at];
    }

    long[] references(int at) {
        return Arrays.copyOfRange(references, referenceStarts[at], referenceStarts[at + 1]);
    }

    long weightBytes() {
        return 200L + LENGTH * (1 + 8 + 2 + 8 + 8 + 4L * COLUMNS + 4) + 8L * references.length;
    }

    /// A run while it is filled, in ascending order of letters. One thread.
    static final class Growing {
        private final FactDictionaries dictionaries;
        private final byte[] bits = new byte[LENGTH];
        private final long[] sent = new long[LENGTH];
        private final short[] zones = new short[LENGTH];
        private final long[] threads = new long[LENGTH];
        private final long[] ids = new long[LENGTH];
        private final int[][] texts = new int[COLUMNS][LENGTH];
        private final int[] referenceStarts = new int[LENGTH + 1];
        private long[] references = new long[LENGTH];
        private int referenceCount;
        private int next;

        Growing(FactDictionaries dictionaries) {
            this.dictionaries = dictionaries;
        }

        /// Goes on with what is known.
        Growing(FactDictionaries dictionaries, FactRun known) {
            this(dictionaries);
            next = (int) (known.upTo % LENGTH) + 1;
            System.arraycopy(known.bits, 0, bits, 0, LENGTH);
            System.arraycopy(known.sent, 0, sent, 0, LENGTH);
            System.arraycopy(known.zones, 0, zones, 0, LENGTH);
            System.arraycopy(known.threads, 0, threads, 0, LENGTH);
            System.arraycopy(known.ids, 0, ids, 0, LENGTH);
            for (int i = 0; i < COLUMNS; i++) {
                System.arraycopy(known.texts[i], 0, texts[i], 0, LENGTH);
            }
            System.arraycopy(known.referenceStarts, 0, referenceStarts, 0, LENGTH + 1);
            references = Arrays.copyOf(known.references, Math.max(LENGTH, known.references.length));
            referenceCount = known.references.length;
        }

        void add(Letter letter, Summary summary) {
            int flags = THERE | (summary.threadKeys().reply() ? REPLY : 0);
            flags |= summary.hasAttachment() ? ATTACHMENT : 0;
            long second = 0;
            int zone = 0;
            if (summary.sentAt() != null) {
                flags |= DATED;
                second = summary.sentAt().toEpochSecond();
                zone = summary.sentAt().getOffset().getTotalSeconds() / 60;
            }
            begin((int) (letter.id().number() % LENGTH), flags, second, zone);
            String id = summary.threadKeys().messageId();
            ids(letter.thread().number(), id == null ? 0 : FactHash.of(id));
            for (String reference : FactDictionaries.references(summary.threadKeys())) {
                reference(FactHash.of(reference));
            }
            dictionaries.texts(summary, this::text);
            end();
        }

        /// Begins the next letter, behind all before.
        void begin(int at, int flags, long second, int zone) {
            if (at < next) {
                throw new StoreFault(StoreFault.Kind.CORRUPT, "facts of letters are out of order");
            }
            skipTo(at);
            bits[at] = (byte) flags;
            sent[at] = second;
            zones[at] = (short) zone;
        }

        /// @param id of its Message-ID, 0 for none
        void ids(long thread, long id) {
            threads[next] = thread;
            ids[next] = id;
        }

        void reference(long id) {
            if (referenceCount == references.length) {
                references = Arrays.copyOf(references, references.length * 2);
            }
            references[referenceCount++] = id;
        }

        void text(int column, int number) {
            texts[column][next] = number;
        }

        /// Ends the letter that was begun.
        void end() {
            skipTo(next + 1);
        }

        private void skipTo(int at) {
            while (next < at) {
                next++;
                referenceStarts[next] = referenceCount;
            }
        }

        FactRun done(long upTo) {
            skipTo(LENGTH);
            return new FactRun(this, upTo);
        }
    }
}
