package org.facteur.core.queue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.facteur.base.fault.Refusal;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.Store;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.kv.StoreLimits;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/// From which addresses of this machine letters leave. Any thread; looking up costs no read.
///
/// Addresses are for a sender's domain, or for all others (`*`); each new session takes the next of
/// those that fit the server's kind of address. Where there are none the system chooses.
public final class SourceBook {
    /// All senders that have no addresses of their own.
    public static final String EVERYBODY = "*";

    private static final PartitionId WHERE = new PartitionId(PartitionId.Realm.SYSTEM, 0);
    private static final int FORMAT = 1;
    private static final int MOST = 16;

    private final Partition partition;
    private volatile @Nullable Map<String, List<InetAddress>> known;

    public SourceBook(Store store) {
        this.partition = store.partition(WHERE);
    }

    /// The addresses for a sender; empty for whichever the system chooses.
    ///
    /// @param sender null for the empty one
    public List<InetAddress> find(@Nullable EmailAddress sender) {
        Map<String, List<InetAddress>> all = all();
        if (all.isEmpty()) {
            return List.of();
        }
        List<InetAddress> own = sender == null ? null : all.get(sender.domain().name());
        return own == null ? all.getOrDefault(EVERYBODY, List.of()) : own;
    }

    /// All addresses by whose letters leave from them.
    public Map<String, List<InetAddress>> all() {
        Map<String, List<InetAddress>> all = known;
        if (all == null) {
            all = read();
            known = all;
        }
        return all;
    }

    private Map<String, List<InetAddress>> read() {
        Map<String, List<InetAddress>> all = new TreeMap<>();
        for (Row row :
                partition.read(
                        view -> view.scan(Layout.all(Table.SOURCES), StoreLimits.SCAN_ROWS))) {
            Decoder in = new Decoder(row.value(), FORMAT);
            all.put(Layout.text(row.key()), in.list(each -> address(each.octets())));
        }
        return Map.copyOf(all);
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException _) {
            throw new StoreFault(StoreFault.Kind.CORRUPT, "an address that none would write");
        }
    }

    /// Sets the addresses of some letters.
    ///
    /// @param senders a domain, or `*`
    /// @param addresses 1 to 16
    /// @throws org.facteur.wire.text.SyntaxFault when that names no senders
    /// @throws Refusal INVALID for none or too many addresses, LIMIT past 1,000 domains
    public void set(String senders, List<InetAddress> addresses) {
        String key = canonical(senders);
        if (addresses.isEmpty() || addresses.size() > MOST) {
            throw new Refusal(
                    Refusal.Reason.INVALID,
                    "Give 1 to 16 addresses.",
                    "Donnez de 1 à 16 adresses.");
        }
        if (all().size() >= StoreLimits.SCAN_ROWS && !all().containsKey(key)) {
            throw new Refusal(
                    Refusal.Reason.LIMIT,
                    "There are addresses for 1,000 domains already.",
                    "Il y a déjà des adresses pour 1 000 domaines.");
        }
        byte[] row =
                new Encoder(FORMAT)
                        .list(addresses, (to, each) -> to.octets(each.getAddress()))
                        .toBytes();
        partition.write(
                tx -> {
                    tx.put(Layout.source(key), row);
                    return true;
                });
        known = null;
    }

    /// Lets the system choose again.
    ///
    /// @throws Refusal NOT_FOUND
    public void remove(String senders) {
        String key = canonical(senders);
        boolean there =
                partition
                        .write(
                                tx -> {
                                    boolean found = tx.find(Layout.source(key)).isPresent();
                                    tx.delete(Layout.source(key));
                                    return found;
                                })
                        .value();
        known = null;
        if (!there) {
            throw new Refusal(
                    Refusal.Reason.NOT_FOUND,
                    "There are no addresses for " + key + ".",
                    "Il n'y a pas d'adresses pour " + key + ".");
        }
    }

    private static String canonical(String senders) {
        return senders.equals(EVERYBODY) ? senders : Domain.parse(senders).name();
    }
}
