package org.facteur.core.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.facteur.base.fault.Refusal;
import org.facteur.store.kv.KeyRange;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.Store;
import org.facteur.store.kv.StoreLimits;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/// Addresses that no longer exist: who goes on writing to them is taken for a sender of spam. Any
/// thread; looking up costs no read.
///
/// An address comes in when its server says so for good (5.1.1), and letters to it are refused here
/// from the third time on; a letter that gets through, or an administrator, takes it out.
public final class Suppressions {
    private static final PartitionId WHERE = new PartitionId(PartitionId.Realm.SYSTEM, 0);

    /// One refused letter to many and one retried by a person count once.
    private static final Duration APART = Duration.ofHours(1);

    /// After this an address gets another try.
    private static final Duration LIFE = Duration.ofDays(90);

    private static final int MOST = 100_000;

    private final Partition partition;
    private final InstantSource clock;
    private volatile @Nullable Map<String, Suppression> known;

    public Suppressions(Store store, InstantSource clock) {
        this.partition = store.partition(WHERE);
        this.clock = clock;
    }

    /// What is known against an address; empty when letters go there.
    public Optional<Suppression> find(EmailAddress address) {
        return Optional.ofNullable(all().get(compared(address)))
                .filter(Suppression::active)
                .filter(known -> clock.instant().isBefore(known.last().plus(LIFE)));
    }

    /// All of them, those that only may come to it too, in order of address.
    public List<Suppression> list() {
        return all().values().stream().sorted(Comparator.comparing(Suppression::address)).toList();
    }

    private Map<String, Suppression> all() {
        Map<String, Suppression> map = known;
        if (map == null) {
            map = read();
            known = map;
        }
        return map;
    }

    private synchronized Map<String, Suppression> read() {
        Map<String, Suppression> read = new ConcurrentHashMap<>();
        KeyRange rest = Layout.all(Table.SUPPRESSED);
        while (true) {
            KeyRange range = rest;
            List<Row> page = partition.read(view -> view.scan(range, StoreLimits.SCAN_ROWS));
            for (Row row : page) {
                String address = Layout.text(row.key());
                read.put(address, Suppression.decode(address, row.value()));
            }
            if (page.size() < StoreLimits.SCAN_ROWS) {
                return read;
            }
            rest = rest.after(page.getLast());
        }
    }

    /// A server said that there is no such address.
    void refused(EmailAddress address, String answer) {
        String key = compared(address);
        Map<String, Suppression> map = all();
        Suppression before = map.get(key);
        Instant now = clock.instant();
        if ((before == null && map.size() >= MOST)
                || (before != null && now.isBefore(before.last().plus(APART)))) {
            return;
        }
        Suppression next =
                before == null
                        ? new Suppression(key, 1, now, now, answer)
                        : new Suppression(key, before.count() + 1, before.first(), now, answer);
        partition.write(
                tx -> {
                    tx.put(Layout.suppressed(key), next.encode());
                    return true;
                });
        map.put(key, next);
    }

    /// A server took a letter for the address.
    void reached(EmailAddress address) {
        Map<String, Suppression> map = all();
        if (!map.isEmpty() && map.containsKey(compared(address))) {
            remove(compared(address));
        }
    }

    /// Lets letters go to an address again.
    ///
    /// @throws Refusal NOT_FOUND
    public void forget(EmailAddress address) {
        if (!all().containsKey(compared(address))) {
            throw new Refusal(
                    Refusal.Reason.NOT_FOUND,
                    "Nothing is known against " + address + ".",
                    "Rien n'est connu contre " + address + ".");
        }
        remove(compared(address));
    }

    private void remove(String key) {
        partition.write(
                tx -> {
                    tx.delete(Layout.suppressed(key));
                    return true;
                });
        all().remove(key);
    }

    private static String compared(EmailAddress address) {
        return address.toString().toLowerCase(Locale.ROOT);
    }
}
