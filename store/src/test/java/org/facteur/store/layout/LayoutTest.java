package org.facteur.store.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.facteur.store.blob.BlobId;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.KeyRange;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.StoreLimits;
import org.junit.jupiter.api.Test;

class LayoutTest {
    @Test
    void noTwoTablesShareACode() {
        Set<Integer> codes = new TreeSet<>();
        for (Table table : Table.values()) {
            assertThat(codes.add(table.code())).as(table.name()).isTrue();
        }
    }

    @Test
    void keysSortAsTheirFieldsDo() {
        assertThat(Layout.letter(255)).isLessThan(Layout.letter(256));
        assertThat(Layout.letter(0)).isLessThan(Layout.letter(Long.MAX_VALUE));
        assertThat(Layout.setting("a")).isLessThan(Layout.setting("a\0"));
        assertThat(Layout.setting("a\0")).isLessThan(Layout.setting("ab"));
        assertThat(Layout.entries(1, 9)).isLessThan(Layout.entries(2, 0));
        assertThat(Layout.entries(1).contains(Layout.entries(1, Long.MAX_VALUE))).isTrue();
        assertThat(Layout.entries(1).contains(Layout.entries(2, 0))).isFalse();
        assertThat(Layout.dueFrom(3, 9, 0).contains(Layout.due(3, 9, 7))).isTrue();
        assertThat(Layout.dueFrom(3, 9, 0).contains(Layout.due(4, 9, 7))).isFalse();
        assertThat(Layout.number(Layout.entries(3, 4), 1)).isEqualTo(4);
        byte[] hash = new byte[BlobId.BYTES];
        hash[31] = 5;
        BlobId blob = new BlobId(hash);
        assertThat(Layout.blobOf(Layout.blobGarbage(blob))).isEqualTo(blob);
        assertThat(BlobId.parse(blob.toString())).isEqualTo(blob);
    }

    @Test
    void theNextPageBeginsRightAfterEvenTheLongestKey() {
        byte[] longest = new byte[StoreLimits.KEY_BYTES];
        Arrays.fill(longest, (byte) 0xff);
        longest[0] = 0x50;
        KeyRange rest = new KeyRange(new Key(new byte[1]), null).after(row(longest));
        assertThat(rest.start()).isEqualTo(new Key(new byte[] {0x51}));
        longest[0] = (byte) 0xff;
        KeyRange none = new KeyRange(new Key(new byte[1]), null).after(row(longest));
        assertThat(none.contains(new Key(longest))).isFalse();
        assertThat(none.end()).isEqualTo(none.start());
    }

    @Test
    void storedKeysOfAPartitionLieTogether() {
        PartitionId last = new PartitionId(PartitionId.Realm.ACCOUNT, Long.MAX_VALUE);
        byte[] end = StoredKey.end(StoredKey.prefix(last), null);
        byte[] next = StoredKey.prefix(PartitionId.DIRECTORY);
        assertThat(Arrays.compareUnsigned(end, next)).isNegative();
        PartitionId one = new PartitionId(PartitionId.Realm.ACCOUNT, 255);
        PartitionId two = new PartitionId(PartitionId.Realm.ACCOUNT, 256);
        assertThat(StoredKey.end(StoredKey.prefix(one), null)).isEqualTo(StoredKey.prefix(two));
    }

    private static Row row(byte[] key) {
        return new Row(new Key(key), new byte[0]);
    }
}
