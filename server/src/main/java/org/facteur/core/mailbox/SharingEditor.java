package org.facteur.core.mailbox;

import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.KeyRange;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.ReadView;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;

/// Gives rights and takes them.
///
/// What somebody may do stands in the owner's partition; that there may be something stands in the
/// grantee's, under the owner's number, or for everybody in the system's. The index may say too
/// much and never too little: it is written before the grant and looked at again behind it, and
/// taken away only when nothing is granted any more. Doing it again changes nothing.
final class SharingEditor {
    private static final int FORMAT = 1;

    private final LetterBoxes boxes;
    private final Actor actor;
    private final AccountId owner;

    SharingEditor(LetterBoxes boxes, Actor actor, AccountId owner) {
        this.boxes = boxes;
        this.actor = actor;
        this.owner = owner;
    }

    void put(MailboxId mailbox, Grantee grantee, Rights rights) {
        if (!rights.isEmpty()) {
            index(grantee);
        }
        boxes.write(
                actor,
                owner,
                box -> {
                    box.mailbox(mailbox);
                    GrantRows.put(box, mailbox, grantee, rights);
                    return true;
                });
        if (!rights.isEmpty()) {
            index(grantee);
        } else if (!boxes.partition(owner).read(view -> grantsTo(view, grantee))) {
            forget(grantee);
        }
        if (grantee instanceof Grantee.Person(AccountId account)) {
            boxes.hints().changed(account);
        }
    }

    private static boolean grantsTo(ReadView view, Grantee grantee) {
        boolean[] found = new boolean[1];
        KeyRange all = Layout.all(Table.GRANTS);
        TablePages.forEach(view, all, row -> found[0] |= GrantRows.grantee(row).equals(grantee));
        return found[0];
    }

    private void index(Grantee grantee) {
        if (partition(grantee)
                .<Boolean>read(view -> view.find(Layout.sharer(owner.number())).isPresent())) {
            return;
        }
        byte[] row = new Encoder(FORMAT).toBytes();
        switch (grantee) {
            case Grantee.Anyone _ ->
                    boxes.system()
                            .write(
                                    tx -> {
                                        tx.put(Layout.sharer(owner.number()), row);
                                        return true;
                                    });
            case Grantee.Person(AccountId account) ->
                    boxes.write(
                            actor,
                            account,
                            box -> {
                                box.tx().put(Layout.sharer(owner.number()), row);
                                box.listsChanged();
                                return true;
                            });
        }
    }

    private void forget(Grantee grantee) {
        switch (grantee) {
            case Grantee.Anyone _ ->
                    boxes.system()
                            .write(
                                    tx -> {
                                        tx.delete(Layout.sharer(owner.number()));
                                        return true;
                                    });
            case Grantee.Person(AccountId account) ->
                    boxes.write(
                            actor,
                            account,
                            box -> {
                                box.tx().delete(Layout.sharer(owner.number()));
                                box.listsChanged();
                                return true;
                            });
        }
    }

    private Partition partition(Grantee grantee) {
        return switch (grantee) {
            case Grantee.Anyone _ -> boxes.system();
            case Grantee.Person(AccountId account) -> boxes.partition(account);
        };
    }
}
