package org.facteur.store.kv;

/// What every engine obeys, the embedded one too, so that code written on one runs on all.
public final class StoreLimits {
    /// The longest key, in octets.
    public static final int KEY_BYTES = 1024;

    /// The longest value, in octets; bigger things are blobs.
    public static final int VALUE_BYTES = 64 * 1024;

    /// The most a transaction may write: keys, values and blobs kept inline, in octets.
    public static final int TRANSACTION_BYTES = 1 << 20;

    /// The most rows a transaction may put or delete.
    public static final int TRANSACTION_ROWS = 2000;

    /// The most rows one scan returns.
    public static final int SCAN_ROWS = 1000;

    /// The largest blob that travels inside a transaction, in octets; larger ones are written
    /// before it.
    public static final int INLINE_BLOB_BYTES = 256 * 1024;

    private StoreLimits() {}

    /// The size of a scan's page.
    ///
    /// @throws IllegalArgumentException unless it is 1 to [#SCAN_ROWS]
    public static int checkPage(int limit) {
        if (limit < 1 || limit > SCAN_ROWS) {
            throw new IllegalArgumentException("page of " + limit + " rows");
        }
        return limit;
    }
}
