package org.facteur.store.embedded;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.facteur.store.blob.BlobId;
import org.facteur.store.kv.PartitionId;
import org.jspecify.annotations.Nullable;

/// Small blobs that were read a moment ago, decompressed: a client that asks for one part of a
/// letter soon asks for the next. Bounded in octets; the least recently used go first. Whether a
/// partition still holds a blob is not asked here. Any thread.
final class RecentBlobs {
    private static final int STRIPES = 16;

    /// What an entry costs besides its octets, about.
    private static final int OVERHEAD_BYTES = 200;

    private final Stripe[] stripes = new Stripe[STRIPES];

    private record Name(PartitionId partition, BlobId blob) {}

    /// @param bytes how much is kept in all
    RecentBlobs(long bytes) {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe(bytes / STRIPES);
        }
    }

    /// The octets, which are shared and must not be written to; null when they are not here.
    byte @Nullable [] find(PartitionId partition, BlobId blob) {
        Name name = new Name(partition, blob);
        return stripe(name).find(name);
    }

    void put(PartitionId partition, BlobId blob, byte[] octets) {
        Name name = new Name(partition, blob);
        stripe(name).put(name, octets);
    }

    private Stripe stripe(Name name) {
        int hash = name.hashCode();
        return stripes[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
    }

    private static final class Stripe {
        private final long most;
        private final ReentrantLock lock = new ReentrantLock();
        private final LinkedHashMap<Name, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);
        private long bytes;

        Stripe(long most) {
            this.most = most;
        }

        byte @Nullable [] find(Name name) {
            lock.lock();
            try {
                return kept.get(name);
            } finally {
                lock.unlock();
            }
        }

        void put(Name name, byte[] octets) {
            if (octets.length + OVERHEAD_BYTES > most) {
                return;
            }
            lock.lock();
            try {
                byte[] before = kept.put(name, octets);
                bytes += octets.length - (before == null ? -OVERHEAD_BYTES : before.length);
                var eldest = kept.entrySet().iterator();
                while (bytes > most && eldest.hasNext()) {
                    Map.Entry<Name, byte[]> old = eldest.next();
                    bytes -= old.getValue().length + OVERHEAD_BYTES;
                    eldest.remove();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
