package org.facteur.core.push;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.Store;
import org.facteur.store.layout.Layout;
import org.facteur.wire.push.P256;
import org.jspecify.annotations.Nullable;

/// The key by which push services know the server (RFC 8292 §2). Made once, kept in the store;
/// browsers bind their subscriptions to it, so it never changes. Any thread.
public final class PushKey {
    private static final PartitionId SYSTEM = new PartitionId(PartitionId.Realm.SYSTEM, 0);
    private static final Key ROW = Layout.counters("push.key");
    private static final int FORMAT = 1;

    private final Partition partition;
    private volatile @Nullable Pair known;

    public PushKey(Store store) {
        this.partition = store.partition(SYSTEM);
    }

    /// The key and what is shown of it.
    ///
    /// @param shown 65 octets
    @SuppressWarnings("ArrayRecordComponent")
    public record Pair(PrivateKey key, byte[] shown) {
        public Pair {
            java.util.Objects.requireNonNull(key);
            java.util.Objects.requireNonNull(shown);
        }
    }

    /// The key, made when it is first asked for.
    public Pair get() {
        Pair pair = known;
        if (pair == null) {
            byte[] row = partition.read(view -> view.find(ROW)).orElseGet(this::make);
            pair = decode(row);
            known = pair;
        }
        return pair;
    }

    private byte[] make() {
        KeyPair fresh = P256.generate(new SecureRandom());
        byte[] row =
                new Encoder(FORMAT)
                        .octets(fresh.getPrivate().getEncoded())
                        .octets(P256.octets((ECPublicKey) fresh.getPublic()))
                        .toBytes();
        return partition
                .write(
                        tx -> {
                            byte[] there = tx.find(ROW).orElse(null);
                            if (there != null) {
                                return there;
                            }
                            tx.put(ROW, row);
                            return row;
                        })
                .value();
    }

    private static Pair decode(byte[] row) {
        Decoder in = new Decoder(row, FORMAT);
        try {
            PrivateKey key =
                    KeyFactory.getInstance("EC")
                            .generatePrivate(new PKCS8EncodedKeySpec(in.octets()));
            return new Pair(key, in.octets());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
