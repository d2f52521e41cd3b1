package org.facteur.store.layout;

/// The history of the store as a whole. The constants *are* the history: each names what changed
/// and why; a store of a later format is refused before anything is written.
public enum Format {
    /// The first: partitions, packed mailbox runs of 128 UIDs, blobs by SHA-256 per partition.
    FIRST(1);

    /// How many UIDs one row of [Table#ENTRIES] covers.
    public static final int RUN_LENGTH = 128;

    /// How many letters one row of [Table#POP_TAKEN] covers.
    public static final int LETTER_RUN_LENGTH = 2048;

    private final int number;

    Format(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /// The format this program writes.
    public static Format current() {
        return values()[values().length - 1];
    }
}
