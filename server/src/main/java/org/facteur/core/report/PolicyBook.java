package org.facteur.core.report;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.Store;
import org.facteur.store.layout.Layout;
import org.facteur.wire.address.Domain;
import org.facteur.wire.sts.StsPolicy;
import org.facteur.wire.text.SyntaxFault;

/// Policies of MTA-STS by domain. Any thread; what was asked lately costs no read.
public final class PolicyBook {
    private static final PartitionId WHERE = new PartitionId(PartitionId.Realm.SYSTEM, 0);
    private static final int FORMAT = 1;
    private static final int REMEMBERED = 20_000;

    private final Partition partition;
    private final InstantSource clock;
    private final Cache<Domain, Optional<Kept>> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /// A policy and which one it is.
    ///
    /// @param id as the domain's record named it when it was fetched
    public record Kept(String id, StsPolicy policy, Instant until) {}

    public PolicyBook(Store store, InstantSource clock) {
        this.partition = store.partition(WHERE);
        this.clock = clock;
    }

    /// The policy of a domain that may still be used.
    public Optional<Kept> find(Domain domain) {
        return known.get(domain, this::read).filter(kept -> clock.instant().isBefore(kept.until()));
    }

    private Optional<Kept> read(Domain domain) {
        return partition
                .read(view -> view.find(Layout.transportPolicy(domain.name())))
                .flatMap(PolicyBook::decode);
    }

    private static Optional<Kept> decode(byte[] row) {
        Decoder in = new Decoder(row, FORMAT);
        String id = in.text();
        Instant until = Instant.ofEpochMilli(in.signed());
        byte[] text = in.octets();
        in.end();
        try {
            return Optional.of(new Kept(id, StsPolicy.parse(text), until));
        } catch (SyntaxFault odd) {
            return Optional.empty();
        }
    }

    /// Keeps what was fetched.
    ///
    /// @param text of the policy, which was parsed
    public Kept put(Domain domain, String id, StsPolicy policy, byte[] text) {
        Kept kept = new Kept(id, policy, clock.instant().plus(policy.life()));
        byte[] row =
                new Encoder(FORMAT)
                        .text(id)
                        .signed(kept.until().toEpochMilli())
                        .octets(clean(policy, text))
                        .toBytes();
        partition.write(
                tx -> {
                    tx.put(Layout.transportPolicy(domain.name()), row);
                    return true;
                });
        known.put(domain, Optional.of(kept));
        return kept;
    }

    /// Only what counts, so that a row stays small whatever was sent.
    private static byte[] clean(StsPolicy policy, byte[] text) {
        if (text.length <= 4096) {
            return text;
        }
        StringBuilder small = new StringBuilder("version: STSv1\nmode: ");
        small.append(policy.mode().name().toLowerCase(java.util.Locale.ROOT)).append('\n');
        policy.patterns().forEach(pattern -> small.append("mx: ").append(pattern).append('\n'));
        small.append("max_age: ").append(policy.life().toSeconds()).append('\n');
        return small.toString().getBytes(StandardCharsets.UTF_8);
    }
}
