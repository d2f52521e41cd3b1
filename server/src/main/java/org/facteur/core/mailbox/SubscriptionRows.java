package org.facteur.core.mailbox;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.KeyRange;
import org.facteur.store.kv.ReadView;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;

/// Names somebody subscribed to that are no mailboxes of its own: removed ones (RFC 9051 §6.3.7)
/// and others' (RFC 4314 §4). Those of its own mailboxes are in [Mailbox#subscribed].
final class SubscriptionRows {
    private static final int FORMAT = 1;

    /// What fits a key.
    private static final int NAME_OCTETS = 900;

    private SubscriptionRows() {}

    static Set<MailboxName> read(ReadView view) {
        Set<MailboxName> names = new HashSet<>();
        TablePages.forEach(
                view,
                Layout.all(Table.SUBSCRIPTIONS),
                row -> names.add(MailboxName.parse(Layout.text(row.key()))));
        return names;
    }

    static boolean has(ReadView view, MailboxName name) {
        return fits(name) && view.find(Layout.subscription(name.toString())).isPresent();
    }

    private static boolean fits(MailboxName name) {
        return name.toString().getBytes(StandardCharsets.UTF_8).length <= NAME_OCTETS;
    }

    /// Keeps a name whose mailbox ends. One that no key can hold, or past the limit, is let go.
    static void keep(BoxTransaction box, MailboxName name) {
        if (fits(name) && count(box) < BoxLimits.MAILBOXES) {
            put(box, name);
        }
    }

    /// @throws Refusal LIMIT
    static void add(BoxTransaction box, MailboxName name) {
        if (has(box.tx(), name)) {
            return;
        }
        if (!fits(name) || count(box) >= BoxLimits.MAILBOXES) {
            throw new Refusal(
                    Refusal.Reason.LIMIT,
                    "There are too many subscriptions.",
                    "Il y a trop d'abonnements.");
        }
        put(box, name);
    }

    private static void put(BoxTransaction box, MailboxName name) {
        box.tx().put(Layout.subscription(name.toString()), new Encoder(FORMAT).toBytes());
        box.listsChanged();
    }

    private static int count(BoxTransaction box) {
        int[] count = new int[1];
        KeyRange all = Layout.all(Table.SUBSCRIPTIONS);
        TablePages.forEach(box.tx(), all, row -> count[0]++);
        return count[0];
    }

    /// @return whether it was there
    static boolean remove(BoxTransaction box, MailboxName name) {
        if (!has(box.tx(), name)) {
            return false;
        }
        box.tx().delete(Layout.subscription(name.toString()));
        box.listsChanged();
        return true;
    }
}
