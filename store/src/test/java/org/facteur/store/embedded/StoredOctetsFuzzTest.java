package org.facteur.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.facteur.store.kv.BlobLeft;
import org.facteur.store.kv.BlobUse;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.kv.TransactionMark;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.StoredKey;

/// Any octets read as stored ones give what was meant or CORRUPT, or NEWER_FORMAT.
class StoredOctetsFuzzTest {
    private static final byte[] KEY =
            StoredKey.of(StoredKey.prefix(PartitionId.DIRECTORY), Layout.meta());

    @FuzzTest(maxDuration = "10s")
    void anyOctetsAreReadOrRefused(byte[] octets) {
        List<Consumer<byte[]>> readers =
                List.of(
                        TransactionMark::decode,
                        BlobUse::decode,
                        BlobLeft::decode,
                        StoredKey::partition,
                        BlobPacking::unpack,
                        stored -> Seal.open(KEY, stored),
                        StoredOctetsFuzzTest::index);
        for (Consumer<byte[]> reader : readers) {
            try {
                reader.accept(octets);
            } catch (StoreFault fault) {
                assertThat(fault.kind())
                        .isIn(StoreFault.Kind.CORRUPT, StoreFault.Kind.NEWER_FORMAT);
            }
        }
        assertThat(Seal.open(KEY, Seal.seal(KEY, octets))).isEqualTo(octets);
        assertThat(BlobPacking.unpack(BlobPacking.pack(octets))).isEqualTo(octets);
    }

    private static void index(byte[] octets) {
        if (octets.length >= BlobFrames.FOOTER) {
            byte[] footer =
                    Arrays.copyOfRange(octets, octets.length - BlobFrames.FOOTER, octets.length);
            long length = BlobFrames.encodedLength(footer);
            if (length > 0 && length <= octets.length) {
                BlobFrames.decode(
                        Arrays.copyOfRange(octets, octets.length - (int) length, octets.length));
            }
        }
    }
}
