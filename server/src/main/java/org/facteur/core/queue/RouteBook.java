package org.facteur.core.queue;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.facteur.base.fault.Refusal;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.Store;
import org.facteur.store.kv.StoreLimits;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/// Which letters take another way than the DNS says. Any thread; looking up costs no read.
///
/// A route is for a sender's address (`from:alice@example.org`), for a sender's domain
/// (`from:example.org`), for a recipient's domain (`example.net`), or for all (`*`); the first of
/// these that is there counts.
public final class RouteBook {
    private static final PartitionId WHERE = new PartitionId(PartitionId.Realm.SYSTEM, 0);
    private static final String EVERYBODY = "*";
    private static final String FROM = "from:";

    private final Partition partition;
    private final SourceBook sources;
    private volatile @Nullable Map<String, Smarthost> known;

    public RouteBook(Store store) {
        this.partition = store.partition(WHERE);
        this.sources = new SourceBook(store);
    }

    /// From which addresses letters leave.
    public SourceBook sources() {
        return sources;
    }

    /// The smarthost of a letter; empty for the way of the DNS.
    ///
    /// @param sender null for the empty one
    public Optional<Smarthost> find(@Nullable EmailAddress sender, Domain destination) {
        Map<String, Smarthost> routes = all();
        if (routes.isEmpty()) {
            return Optional.empty();
        }
        Smarthost found = null;
        if (sender != null) {
            found = routes.get(FROM + sender);
            found = found == null ? routes.get(FROM + sender.domain()) : found;
        }
        found = found == null ? routes.get(destination.name()) : found;
        found = found == null ? routes.get(EVERYBODY) : found;
        return Optional.ofNullable(found);
    }

    /// All routes by what they are for.
    public Map<String, Smarthost> all() {
        Map<String, Smarthost> routes = known;
        if (routes == null) {
            routes = read();
            known = routes;
        }
        return routes;
    }

    private Map<String, Smarthost> read() {
        Map<String, Smarthost> routes = new TreeMap<>();
        for (Row row :
                partition.read(
                        view -> view.scan(Layout.all(Table.ROUTES), StoreLimits.SCAN_ROWS))) {
            routes.put(Layout.text(row.key()), Smarthost.decode(row.value()));
        }
        return Map.copyOf(routes);
    }

    /// Sets the route of some letters.
    ///
    /// @throws org.facteur.wire.text.SyntaxFault when that names no letters
    /// @throws Refusal LIMIT past 1,000 routes
    public void set(String letters, Smarthost smarthost) {
        String key = canonical(letters);
        if (all().size() >= StoreLimits.SCAN_ROWS && !all().containsKey(key)) {
            throw new Refusal(
                    Refusal.Reason.LIMIT,
                    "There are 1,000 routes already.",
                    "Il y a déjà 1 000 routes.");
        }
        partition.write(
                tx -> {
                    tx.put(Layout.route(key), smarthost.encode());
                    return true;
                });
        known = null;
    }

    /// Forgets a route.
    ///
    /// @throws Refusal NOT_FOUND
    public void remove(String letters) {
        String key = canonical(letters);
        boolean there =
                partition
                        .write(
                                tx -> {
                                    boolean found = tx.find(Layout.route(key)).isPresent();
                                    tx.delete(Layout.route(key));
                                    return found;
                                })
                        .value();
        known = null;
        if (!there) {
            throw new Refusal(
                    Refusal.Reason.NOT_FOUND,
                    "There is no route for " + key + ".",
                    "Il n'y a pas de route pour " + key + ".");
        }
    }

    private static String canonical(String letters) {
        if (letters.equals(EVERYBODY)) {
            return letters;
        }
        if (!letters.startsWith(FROM)) {
            return Domain.parse(letters).name();
        }
        String sender = letters.substring(FROM.length());
        return FROM
                + (sender.indexOf('@') >= 0
                        ? EmailAddress.parse(sender).toString()
                        : Domain.parse(sender).name());
    }
}
