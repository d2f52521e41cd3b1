package org.facteur.core.login;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.Partition;
import org.facteur.store.layout.Layout;
import org.jspecify.annotations.Nullable;

/// The SCRAM salt of any name, whether it exists or not: derived from a secret of the store, so
/// that nothing tells the two apart. Any thread.
final class ScramSalts {
    private static final Key SECRET = Layout.counters("scram-secret");
    private static final int SECRET_BYTES = 32;
    private static final int SALT_BYTES = 16;

    private final Partition partition;
    private volatile byte @Nullable [] secret;

    ScramSalts(Partition directory) {
        this.partition = directory;
    }

    byte[] of(String address) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret(), "HmacSHA256"));
            byte[] name = address.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
            return Arrays.copyOf(mac.doFinal(name), SALT_BYTES);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HMAC", missing);
        }
    }

    private byte[] secret() {
        byte[] known = secret;
        if (known == null) {
            known = partition.read(view -> view.find(SECRET)).orElseGet(this::create);
            secret = known;
        }
        return known;
    }

    private byte[] create() {
        byte[] fresh = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(fresh);
        return partition
                .write(
                        tx ->
                                tx.find(SECRET)
                                        .orElseGet(
                                                () -> {
                                                    tx.put(SECRET, fresh);
                                                    return fresh;
                                                }))
                .value();
    }
}
