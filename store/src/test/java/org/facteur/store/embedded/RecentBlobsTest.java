package org.facteur.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.facteur.store.blob.BlobId;
import org.facteur.store.kv.PartitionId;
import org.junit.jupiter.api.Test;

class RecentBlobsTest {
    private static final PartitionId ONE = new PartitionId(PartitionId.Realm.ACCOUNT, 1);
    private static final PartitionId TWO = new PartitionId(PartitionId.Realm.ACCOUNT, 2);

    private static BlobId id(int number) {
        byte[] hash = new byte[BlobId.BYTES];
        hash[0] = (byte) number;
        hash[1] = (byte) (number >>> 8);
        return new BlobId(hash);
    }

    @Test
    void aBlobIsFoundInItsPartitionOnly() {
        RecentBlobs recent = new RecentBlobs(1 << 20);
        byte[] octets = {1, 2, 3};
        recent.put(ONE, id(1), octets);
        recent.put(ONE, id(1), octets);
        assertThat(recent.find(ONE, id(1))).isSameAs(octets);
        assertThat(recent.find(TWO, id(1))).isNull();
    }

    @Test
    void memoryIsBoundedAndTheLatestStay() {
        RecentBlobs recent = new RecentBlobs(16 * 3_000);
        for (int i = 0; i < 1_000; i++) {
            recent.put(ONE, id(i), new byte[1_000]);
        }
        long kept = IntStream.range(0, 1_000).filter(i -> recent.find(ONE, id(i)) != null).count();
        assertThat(kept).isBetween(1L, 16L * 2);
        assertThat(recent.find(ONE, id(999))).isNotNull();
    }

    @Test
    void whatIsTooLargeIsNotKept() {
        RecentBlobs recent = new RecentBlobs(16 * 1_000);
        recent.put(ONE, id(1), new byte[1_000]);
        assertThat(recent.find(ONE, id(1))).isNull();
    }
}
