package org.facteur.core.mailbox;

import java.util.HashMap;
import java.util.Map;
import org.facteur.base.fault.Refusal;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;

/// The rows of grants: one per mailbox and grantee.
final class GrantRows {
    private static final int FORMAT = 1;

    private GrantRows() {}

    static Grants read(ReadView view) {
        Map<MailboxId, Map<Grantee, Rights>> all = new HashMap<>();
        TablePages.forEach(
                view,
                Layout.all(Table.GRANTS),
                row ->
                        all.computeIfAbsent(mailbox(row), id -> new HashMap<>())
                                .put(grantee(row), decode(row.value())));
        return all.isEmpty() ? Grants.NONE : new Grants(all);
    }

    static Map<Grantee, Rights> read(ReadView view, MailboxId mailbox) {
        Map<Grantee, Rights> grants = new HashMap<>();
        TablePages.forEach(
                view,
                Layout.grants(mailbox.number()),
                row -> grants.put(grantee(row), decode(row.value())));
        return grants;
    }

    static MailboxId mailbox(Row row) {
        return new MailboxId(Layout.number(row.key(), 0));
    }

    static Grantee grantee(Row row) {
        return Grantee.of(Layout.number(row.key(), 1));
    }

    /// Puts a grant in the place of the one before; without rights there is none.
    ///
    /// @throws Refusal LIMIT past [BoxLimits#GRANTS] of one mailbox
    static void put(BoxTransaction box, MailboxId mailbox, Grantee grantee, Rights rights) {
        if (rights.isEmpty()) {
            box.tx().delete(Layout.grant(mailbox.number(), grantee.number()));
        } else {
            Map<Grantee, Rights> known = read(box.tx(), mailbox);
            if (!known.containsKey(grantee) && known.size() >= BoxLimits.GRANTS) {
                throw new Refusal(
                        Refusal.Reason.LIMIT,
                        "This mailbox is shared with too many already.",
                        "Ce dossier est déjà partagé avec trop de personnes.");
            }
            box.tx().put(Layout.grant(mailbox.number(), grantee.number()), encode(rights));
        }
        box.listsChanged();
    }

    /// Gives a new mailbox what its parent has.
    static void inherit(BoxTransaction box, MailboxId parent, MailboxId child) {
        Map<Grantee, Rights> grants = read(box.tx(), parent);
        grants.forEach(
                (grantee, rights) ->
                        box.tx()
                                .put(
                                        Layout.grant(child.number(), grantee.number()),
                                        encode(rights)));
        if (!grants.isEmpty()) {
            box.listsChanged();
        }
    }

    static void forget(BoxTransaction box, MailboxId mailbox) {
        Map<Grantee, Rights> grants = read(box.tx(), mailbox);
        grants.keySet()
                .forEach(
                        grantee ->
                                box.tx().delete(Layout.grant(mailbox.number(), grantee.number())));
        if (!grants.isEmpty()) {
            box.listsChanged();
        }
    }

    private static byte[] encode(Rights rights) {
        return new Encoder(FORMAT).text(rights.toString()).toBytes();
    }

    static Rights decode(byte[] row) {
        Decoder in = new Decoder(row, FORMAT);
        String letters = in.text();
        in.end();
        return Rights.parse(letters)
                .orElseThrow(() -> new StoreFault(StoreFault.Kind.CORRUPT, "unknown rights"));
    }
}
