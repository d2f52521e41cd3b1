package org.facteur.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.facteur.store.kv.EngineContract;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.layout.StoredKey;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final byte[] KEY = stored(EngineContract.ALICE, "a");
    private static final byte[] VALUE = EngineContract.bytes("a value that nobody may see");

    @Test
    void everySingleFlippedBitIsFound() {
        byte[] sealed = Seal.seal(KEY, VALUE);
        assertThat(Seal.open(KEY, sealed)).isEqualTo(VALUE);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] broken = sealed.clone();
            broken[bit / 8] ^= (byte) (1 << (bit % 8));
            assertCorrupt(KEY, broken);
        }
    }

    @Test
    void aRowUnderAnotherKeyOrPartitionIsFound() {
        byte[] sealed = Seal.seal(KEY, VALUE);
        assertCorrupt(stored(EngineContract.ALICE, "b"), sealed);
        assertCorrupt(stored(EngineContract.BOB, "a"), sealed);
        assertCorrupt(stored(new PartitionId(PartitionId.Realm.QUEUE, 1), "a"), sealed);
    }

    @Test
    void theFaultNamesTheRowAndNothingOfItsContent() {
        assertThatThrownBy(() -> Seal.open(KEY, VALUE))
                .isInstanceOf(StoreFault.class)
                .hasMessageContaining("a-1")
                .hasMessageContaining(EngineContract.key("a").toString())
                .hasMessageNotContaining("nobody");
    }

    private static void assertCorrupt(byte[] key, byte[] sealed) {
        assertThatThrownBy(() -> Seal.open(key, sealed))
                .isInstanceOfSatisfying(
                        StoreFault.class,
                        f -> assertThat(f.kind()).isEqualTo(StoreFault.Kind.CORRUPT));
    }

    private static byte[] stored(PartitionId partition, String name) {
        Key key = EngineContract.key(name);
        byte[] stored = StoredKey.of(StoredKey.prefix(partition), key);
        assertThat(StoredKey.partition(stored)).isEqualTo(partition);
        assertThat(StoredKey.key(stored)).isEqualTo(key);
        return stored;
    }
}
