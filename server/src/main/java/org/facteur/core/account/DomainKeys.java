package org.facteur.core.account;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Partition;
import org.facteur.store.layout.Layout;
import org.facteur.wire.address.Domain;

/// The keys a domain signs its letters with (RFC 6376, RFC 8463): RSA-2048 and Ed25519, made with
/// the domain. Any thread.
public final class DomainKeys {
    private static final int FORMAT = 1;
    private static final int RSA_BITS = 2048;
    private static final int ED25519_BYTES = 32;

    private final Partition partition;

    /// A key as the DNS shows it.
    ///
    /// @param selector the name under `_domainkey`
    /// @param record the TXT record's text
    public record Published(String selector, String record) {}

    public DomainKeys(Directory directory) {
        this.partition = directory.partition();
    }

    /// Makes the keys of a domain that has none.
    public void ensure(Domain domain) {
        if (partition.read(view -> view.find(Layout.domainKeys(domain.name()))).isPresent()) {
            return;
        }
        byte[] row = encode(generate("RSA", RSA_BITS), generate("Ed25519", 0));
        partition.write(
                tx -> {
                    if (tx.find(Layout.domainKeys(domain.name())).isEmpty()) {
                        tx.put(Layout.domainKeys(domain.name()), row);
                    }
                    return true;
                });
    }

    /// What to publish; empty for a domain without keys.
    public List<Published> published(Domain domain) {
        return partition
                .read(view -> view.find(Layout.domainKeys(domain.name())))
                .map(DomainKeys::decode)
                .orElse(List.of());
    }

    private static KeyPair generate(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has " + algorithm, missing);
        }
    }

    private static byte[] encode(KeyPair rsa, KeyPair edwards) {
        return new Encoder(FORMAT)
                .octets(rsa.getPublic().getEncoded())
                .octets(rsa.getPrivate().getEncoded())
                .octets(edwards.getPublic().getEncoded())
                .octets(edwards.getPrivate().getEncoded())
                .toBytes();
    }

    private static List<Published> decode(byte[] row) {
        Decoder in = new Decoder(row, FORMAT);
        byte[] rsa = in.octets();
        in.octets();
        byte[] edwards = in.octets();
        in.octets();
        in.end();
        // A SubjectPublicKeyInfo of Ed25519 ends with the key itself (RFC 8410 §4).
        byte[] bare = Arrays.copyOfRange(edwards, edwards.length - ED25519_BYTES, edwards.length);
        Base64.Encoder base64 = Base64.getEncoder();
        return List.of(
                new Published("facteur-r1", "v=DKIM1; k=rsa; p=" + base64.encodeToString(rsa)),
                new Published(
                        "facteur-e1", "v=DKIM1; k=ed25519; p=" + base64.encodeToString(bare)));
    }
}
