package org.facteur.edge.imap;

/// Which changes of flags a client knows: UID to MODSEQ. One thread.
final class ToldMarks {
    private static final int FIRST_ROOM = 64;

    /// UIDs are above 0, so 0 is a free place.
    private long[] uids = new long[0];

    private long[] modSeqs = new long[0];
    private int count;

    void put(long uid, long modSeq) {
        if (count * 2 >= uids.length) {
            grow();
        }
        int at = place(uid);
        count += uids[at] == 0 ? 1 : 0;
        uids[at] = uid;
        modSeqs[at] = modSeq;
    }

    /// The MODSEQ that was told; 0 for none.
    long of(long uid) {
        return uids.length == 0 ? 0 : modSeqs[place(uid)];
    }

    void clear() {
        uids = new long[0];
        modSeqs = new long[0];
        count = 0;
    }

    private int place(long uid) {
        int mask = uids.length - 1;
        int at = (int) (uid * 0x9E3779B97F4A7C15L >>> 33) & mask;
        while (uids[at] != 0 && uids[at] != uid) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldUids = uids;
        long[] oldModSeqs = modSeqs;
        int room = Math.max(FIRST_ROOM, oldUids.length * 2);
        uids = new long[room];
        modSeqs = new long[room];
        for (int i = 0; i < oldUids.length; i++) {
            if (oldUids[i] != 0) {
                int at = place(oldUids[i]);
                uids[at] = oldUids[i];
                modSeqs[at] = oldModSeqs[i];
            }
        }
    }
}
