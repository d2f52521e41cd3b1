package org.facteur.core.mailbox;

import java.util.List;
import org.facteur.store.layout.Format;

/// Up to 128 entries of neighbouring UIDs: one row of the store, one piece of a view. Immutable.
///
/// A run that comes from the store is read when somebody looks into it: a view of a large mailbox
/// has many of which only the number of entries is wanted.
final class EntryRun {
    /// What one run costs a cache besides its entries, and per entry, in octets.
    static final int OVERHEAD_BYTES = 200;

    static final int ENTRY_BYTES = 6 * 8;

    private final int size;
    private volatile Form form;

    /// What is known of a run: its row, or its columns.
    sealed interface Form permits Packed, EntryColumns {}

    /// A row that nobody has looked into.
    private record Packed(byte[] octets) implements Form {}

    private EntryRun(int size, Form form) {
        this.size = size;
        this.form = form;
    }

    private EntryRun(EntryColumns columns) {
        this(columns.size(), columns);
    }

    /// The run a UID belongs to.
    static long numberOf(long uid) {
        return uid / Format.RUN_LENGTH;
    }

    /// @param entries in ascending order of UID, all of one run
    static EntryRun of(List<Entry> entries) {
        return new EntryRun(EntryColumns.of(entries));
    }

    /// @param octets of a row; the run's own from here on
    static EntryRun decode(byte[] octets) {
        return new EntryRun(EntryColumns.size(octets), new Packed(octets));
    }

    private EntryColumns columns() {
        return switch (form) {
            case EntryColumns known -> known;
            case Packed(byte[] octets) -> {
                EntryColumns read = EntryColumns.decode(octets);
                form = read;
                yield read;
            }
        };
    }

    byte[] encode() {
        return columns().encode();
    }

    /// This run with other keywords; the array belongs to it from then on.
    ///
    /// @param modSeq of those entries whose keywords are other than before
    EntryRun marked(long[] newKeywords, long modSeq) {
        return new EntryRun(columns().marked(newKeywords, modSeq));
    }

    /// The keywords of all entries; the array belongs to the caller.
    long[] allKeywords() {
        return columns().allKeywords();
    }

    int size() {
        return size;
    }

    long uid(int at) {
        return columns().uid(at);
    }

    long letter(int at) {
        return columns().letter(at);
    }

    long keywords(int at) {
        return columns().keywords(at);
    }

    long modSeq(int at) {
        return columns().modSeq(at);
    }

    /// When it was received, in seconds since 1970.
    long received(int at) {
        return columns().received(at);
    }

    /// When it came into this mailbox, in seconds since 1970.
    long saved(int at) {
        return columns().saved(at);
    }

    long sizeBytes(int at) {
        return columns().sizeBytes(at);
    }

    Entry entry(int at) {
        return columns().entry(at);
    }

    /// The place of a UID, or -(place it would have) - 1.
    int indexOf(long uid) {
        return columns().indexOf(uid);
    }

    /// The greatest of its MODSEQs.
    long highestModSeq() {
        return columns().highestModSeq();
    }
}
