package org.facteur.core.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.facteur.base.fault.Refusal;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Partition;
import org.facteur.store.layout.Layout;
import org.facteur.wire.address.Domain;
import org.facteur.wire.auth.DkimAlgorithm;
import org.facteur.wire.auth.DkimSigner;
import org.facteur.wire.text.Octets;

/// The keys a domain signs its letters with (RFC 6376, RFC 8463): RSA-2048 and Ed25519, made with
/// the domain. Any thread.
///
/// A key is published before it signs, and stays published for as long as letters it signed are on
/// the way: the newest of each algorithm that has begun signs, older ones only stay until somebody
/// retires them.
public final class DomainKeys {
    /// 1: one key of each kind. 2: any number, each with its selector and when it begins to sign.
    private static final int FORMAT = 2;

    private static final int RSA_BITS = 2048;
    private static final int ED25519_BYTES = 32;
    private static final int MOST_KEYS = 20;
    private static final int REMEMBERED = 10_000;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");

    private final Directory directory;
    private final Partition partition;
    private final Cache<Domain, Known> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /// A key as the DNS shows it.
    ///
    /// @param selector the name under `_domainkey`
    /// @param record the TXT record's text
    public record Published(String selector, String record) {}

    /// A key.
    ///
    /// @param since when it begins to sign
    /// @param signs whether it does so now
    public record Listed(String selector, DkimAlgorithm algorithm, Instant since, boolean signs) {
        public Listed {
            Objects.requireNonNull(selector);
            Objects.requireNonNull(algorithm);
            Objects.requireNonNull(since);
        }
    }

    private record Stored(
            String selector,
            DkimAlgorithm algorithm,
            Octets publicKey,
            Octets privateKey,
            Instant since) {}

    private record Known(long version, List<Stored> keys, List<Ready> ready) {}

    /// A signer and when it begins.
    private record Ready(DkimSigner signer, Instant since) {}

    public DomainKeys(Directory directory) {
        this.directory = directory;
        this.partition = directory.partition();
    }

    /// Makes the keys of a domain that has none.
    public void ensure(Domain domain) {
        if (partition.read(view -> view.find(Layout.domainKeys(domain.name()))).isPresent()) {
            return;
        }
        byte[] row =
                encode(
                        List.of(
                                generate(DkimAlgorithm.RSA_SHA256, "facteur-r1", Instant.EPOCH),
                                generate(
                                        DkimAlgorithm.ED25519_SHA256,
                                        "facteur-e1",
                                        Instant.EPOCH)));
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
        return known(domain).keys().stream().map(DomainKeys::published).toList();
    }

    /// All keys, the oldest first.
    public List<Listed> list(Domain domain, Instant now) {
        List<Stored> keys = known(domain).keys();
        return keys.stream()
                .map(
                        each ->
                                new Listed(
                                        each.selector(),
                                        each.algorithm(),
                                        each.since(),
                                        newest(keys, each.algorithm(), now)
                                                .filter(each::equals)
                                                .isPresent()))
                .toList();
    }

    private static Optional<Stored> newest(
            List<Stored> keys, DkimAlgorithm algorithm, Instant now) {
        return keys.stream()
                .filter(each -> each.algorithm() == algorithm && !each.since().isAfter(now))
                .max(Comparator.comparing(Stored::since));
    }

    /// Who signs for a domain now, one of each algorithm, RSA first; empty where there are no keys.
    public List<DkimSigner> signers(Domain domain, Instant now) {
        List<DkimSigner> signers = new ArrayList<>();
        List<Ready> ready = known(domain).ready();
        for (DkimAlgorithm algorithm : DkimAlgorithm.values()) {
            ready.stream()
                    .filter(each -> each.signer().algorithm() == algorithm)
                    .filter(each -> !each.since().isAfter(now))
                    .max(Comparator.comparing(Ready::since))
                    .map(Ready::signer)
                    .ifPresent(signers::add);
        }
        return signers;
    }

    /// Makes a key of each kind beside those that are there.
    ///
    /// @param since when they begin to sign: after their records are published everywhere
    /// @throws Refusal LIMIT when too many are there already
    public List<Published> rotate(Domain domain, Instant now, Instant since) {
        String day = DAY.format(now.atOffset(ZoneOffset.UTC));
        List<Stored> before = known(domain).keys();
        if (before.size() >= MOST_KEYS) {
            throw new Refusal(
                    Refusal.Reason.LIMIT,
                    "This domain has many keys already: retire some first.",
                    "Ce domaine a déjà beaucoup de clés : retirez-en d'abord.");
        }
        List<Stored> made =
                List.of(
                        generate(DkimAlgorithm.RSA_SHA256, free(before, "facteur-r" + day), since),
                        generate(
                                DkimAlgorithm.ED25519_SHA256,
                                free(before, "facteur-e" + day),
                                since));
        change(
                domain,
                keys -> {
                    List<Stored> all = new ArrayList<>(keys);
                    all.addAll(made);
                    return all;
                });
        return made.stream().map(DomainKeys::published).toList();
    }

    private static String free(List<Stored> keys, String wanted) {
        String selector = wanted;
        for (int number = 2; isTaken(keys, selector); number++) {
            selector = wanted + "-" + number;
        }
        return selector;
    }

    private static boolean isTaken(List<Stored> keys, String selector) {
        return keys.stream().anyMatch(each -> each.selector().equals(selector));
    }

    /// Forgets a key that no longer signs. Its record may go from the DNS with it.
    ///
    /// @throws Refusal NOT_FOUND for another selector, CANNOT for a key that signs
    public void retire(Domain domain, String selector, Instant now) {
        Listed key =
                list(domain, now).stream()
                        .filter(each -> each.selector().equals(selector))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new Refusal(
                                                Refusal.Reason.NOT_FOUND,
                                                "This domain has no such key.",
                                                "Ce domaine n'a pas de telle clé."));
        if (key.signs()) {
            throw new Refusal(
                    Refusal.Reason.CANNOT,
                    "This key signs: rotate first, and wait until the new one does.",
                    "Cette clé signe : faites d'abord une rotation, et attendez que la nouvelle"
                            + " signe.");
        }
        change(
                domain,
                keys -> keys.stream().filter(each -> !each.selector().equals(selector)).toList());
    }

    private void change(Domain domain, java.util.function.UnaryOperator<List<Stored>> changed) {
        partition.write(
                tx -> {
                    List<Stored> keys =
                            tx.find(Layout.domainKeys(domain.name()))
                                    .map(DomainKeys::decode)
                                    .orElse(List.of());
                    tx.put(Layout.domainKeys(domain.name()), encode(changed.apply(keys)));
                    return true;
                });
    }

    private Known known(Domain domain) {
        long version = directory.version();
        Known before = known.getIfPresent(domain);
        if (before != null && before.version() == version) {
            return before;
        }
        List<Stored> keys =
                partition
                        .read(view -> view.find(Layout.domainKeys(domain.name())))
                        .map(DomainKeys::decode)
                        .orElse(List.of());
        List<Ready> ready =
                before != null && before.keys().equals(keys)
                        ? before.ready()
                        : keys.stream().map(each -> ready(domain, each)).toList();
        Known fresh = new Known(version, keys, ready);
        known.put(domain, fresh);
        return fresh;
    }

    private static Ready ready(Domain domain, Stored key) {
        try {
            boolean rsa = key.algorithm() == DkimAlgorithm.RSA_SHA256;
            PrivateKey signing =
                    KeyFactory.getInstance(rsa ? "RSA" : "Ed25519")
                            .generatePrivate(new PKCS8EncodedKeySpec(key.privateKey().toArray()));
            return new Ready(
                    new DkimSigner(domain, key.selector(), key.algorithm(), signing), key.since());
        } catch (GeneralSecurityException damaged) {
            throw new IllegalStateException("a key of " + domain + " cannot be read", damaged);
        }
    }

    private static Stored generate(DkimAlgorithm algorithm, String selector, Instant since) {
        try {
            boolean rsa = algorithm == DkimAlgorithm.RSA_SHA256;
            KeyPairGenerator generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "Ed25519");
            if (rsa) {
                generator.initialize(RSA_BITS);
            }
            KeyPair pair = generator.generateKeyPair();
            return new Stored(
                    selector,
                    algorithm,
                    Octets.copyOf(pair.getPublic().getEncoded()),
                    Octets.copyOf(pair.getPrivate().getEncoded()),
                    since);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has " + algorithm.keyWord(), missing);
        }
    }

    // key-k-tag = %x6b [FWS] "=" [FWS] key-k-tag-type    key-p-tag = %x70 [FWS] "=" [ [FWS]
    // base64string ]
    private static Published published(Stored key) {
        byte[] octets = key.publicKey().toArray();
        // A SubjectPublicKeyInfo of Ed25519 ends with the key itself (RFC 8410 §4).
        byte[] shown =
                key.algorithm() == DkimAlgorithm.ED25519_SHA256
                        ? Arrays.copyOfRange(octets, octets.length - ED25519_BYTES, octets.length)
                        : octets;
        return new Published(
                key.selector(),
                "v=DKIM1; k="
                        + key.algorithm().keyWord()
                        + "; p="
                        + Base64.getEncoder().encodeToString(shown));
    }

    private static byte[] encode(List<Stored> keys) {
        Encoder out = new Encoder(FORMAT).number(keys.size());
        for (Stored each : keys) {
            out.text(each.selector())
                    .text(each.algorithm().word())
                    .octets(each.publicKey().toArray())
                    .octets(each.privateKey().toArray())
                    .number(each.since().toEpochMilli());
        }
        return out.toBytes();
    }

    private static List<Stored> decode(byte[] row) {
        Decoder in = new Decoder(row, FORMAT);
        List<Stored> keys = new ArrayList<>();
        if (in.formatVersion() == 1) {
            keys.add(first(in, "facteur-r1", DkimAlgorithm.RSA_SHA256));
            keys.add(first(in, "facteur-e1", DkimAlgorithm.ED25519_SHA256));
        } else {
            for (int left = in.count(); left > 0; left--) {
                String selector = in.text();
                String word = in.text();
                DkimAlgorithm algorithm =
                        Arrays.stream(DkimAlgorithm.values())
                                .filter(each -> each.word().equals(word))
                                .findFirst()
                                .orElseThrow(() -> new IllegalStateException("key of " + word));
                keys.add(
                        new Stored(
                                selector,
                                algorithm,
                                Octets.copyOf(in.octets()),
                                Octets.copyOf(in.octets()),
                                Instant.ofEpochMilli(in.number())));
            }
        }
        in.end();
        return keys;
    }

    private static Stored first(Decoder in, String selector, DkimAlgorithm algorithm) {
        return new Stored(
                selector,
                algorithm,
                Octets.copyOf(in.octets()),
                Octets.copyOf(in.octets()),
                Instant.EPOCH);
    }
}
