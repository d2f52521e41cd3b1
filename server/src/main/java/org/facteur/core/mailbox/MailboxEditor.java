package org.facteur.core.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.store.kv.KeyRange;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.StoreLimits;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.jspecify.annotations.Nullable;

/// Makes, renames, removes and subscribes mailboxes.
final class MailboxEditor {
    private final LetterBoxes boxes;
    private final Actor actor;
    private final AccountId owner;

    MailboxEditor(LetterBoxes boxes, Actor actor, AccountId owner) {
        this.boxes = boxes;
        this.actor = actor;
        this.owner = owner;
    }

    Mailbox create(MailboxName name, @Nullable Role role) {
        return boxes.write(
                        actor,
                        owner,
                        box -> {
                            MailboxTree tree = tree(box);
                            if (tree.taken(name)) {
                                throw exists();
                            }
                            if (role != null && tree.find(role).isPresent()) {
                                throw new Refusal(
                                        Refusal.Reason.CANNOT,
                                        "Another mailbox already has this purpose.",
                                        "Un autre dossier a déjà ce rôle.");
                            }
                            if (tree.size() + name.segments().size() > BoxLimits.MAILBOXES) {
                                throw new Refusal(
                                        Refusal.Reason.LIMIT,
                                        "There are too many mailboxes.",
                                        "Il y a trop de dossiers.");
                            }
                            MailboxId parent = name.top() ? null : ensure(box, name.parent());
                            return box.createMailbox(parent, name.own(), role);
                        })
                .value();
    }

    void rename(MailboxName from, MailboxName to) {
        if (from.inbox()) {
            renameInbox(to);
            return;
        }
        boxes.write(
                actor,
                owner,
                box -> {
                    MailboxTree tree = tree(box);
                    Mailbox mailbox = tree.get(from);
                    if (tree.taken(to)) {
                        throw exists();
                    }
                    if (to.under(from)) {
                        throw new Refusal(
                                Refusal.Reason.CANNOT,
                                "A mailbox cannot be put inside itself.",
                                "Un dossier ne peut pas être rangé dans lui-même.");
                    }
                    checkDepth(tree, from, to);
                    MailboxId parent = to.top() ? null : ensure(box, to.parent());
                    box.updateMailbox(box.mailbox(mailbox.id()).named(parent, to.own()));
                    return true;
                });
    }

    private void renameInbox(MailboxName to) {
        Mailbox target = create(to, null);
        MailboxId inbox = boxes.image(owner).tree().get(MailboxName.INBOX).id();
        MailboxView view = boxes.view(owner, inbox);
        new EntryEditor(boxes, actor, owner).move(inbox, uids(view), target.id());
    }

    private static void checkDepth(MailboxTree tree, MailboxName from, MailboxName to) {
        int deepest = from.segments().size();
        for (Mailbox each : tree.all()) {
            MailboxName name = tree.name(each.id());
            if (name.under(from)) {
                deepest = Math.max(deepest, name.segments().size());
            }
        }
        if (deepest - from.segments().size() + to.segments().size() > BoxLimits.DEPTH) {
            throw new Refusal(
                    Refusal.Reason.LIMIT,
                    "Mailboxes would be nested too deep.",
                    "Les dossiers seraient emboîtés trop profondément.");
        }
    }

    void delete(MailboxName name) {
        MailboxTree tree = boxes.image(owner).tree();
        Mailbox mailbox = tree.get(name);
        if (name.inbox()) {
            throw new Refusal(
                    Refusal.Reason.CANNOT,
                    "The inbox cannot be removed.",
                    "La boîte de réception ne peut pas être supprimée.");
        }
        if (tree.hasChildren(mailbox.id())) {
            throw children();
        }
        EntryEditor entries = new EntryEditor(boxes, actor, owner);
        boolean gone = false;
        while (!gone) {
            entries.expunge(mailbox.id(), uids(boxes.view(owner, mailbox.id())), false);
            gone = boxes.write(actor, owner, box -> destroyIfEmpty(box, mailbox.id())).value();
        }
    }

    /// @return false when letters came in since it was emptied
    private static boolean destroyIfEmpty(BoxTransaction box, MailboxId id) {
        if (tree(box).hasChildren(id)) {
            throw children();
        }
        if (box.mailbox(id).state().counts().letters() != 0) {
            return false;
        }
        box.destroyMailbox(id);
        return true;
    }

    void subscribe(MailboxName name, boolean subscribed) {
        boxes.write(
                actor,
                owner,
                box -> {
                    Mailbox mailbox = tree(box).get(name);
                    if (mailbox.subscribed() != subscribed) {
                        box.updateMailbox(box.mailbox(mailbox.id()).subscribed(subscribed));
                    }
                    return true;
                });
    }

    /// The mailbox with a name; made, with its parents, where it is missing.
    static MailboxId ensure(BoxTransaction box, MailboxName name) {
        MailboxTree tree = tree(box);
        @Nullable MailboxId parent = null;
        for (int depth = 1; depth <= name.segments().size(); depth++) {
            MailboxName ancestor = new MailboxName(name.segments().subList(0, depth));
            Optional<Mailbox> known = tree.find(ancestor);
            parent =
                    known.isPresent()
                            ? known.get().id()
                            : box.createMailbox(parent, ancestor.own(), null).id();
        }
        if (parent == null) {
            throw new IllegalStateException("a name has at least one segment");
        }
        return parent;
    }

    /// The tree as this transaction found it.
    static MailboxTree tree(BoxTransaction box) {
        List<Mailbox> mailboxes = new ArrayList<>();
        KeyRange rest = Layout.all(Table.MAILBOXES);
        while (true) {
            List<Row> page = box.tx().scan(rest, StoreLimits.SCAN_ROWS);
            for (Row row : page) {
                mailboxes.add(box.mailbox(new MailboxId(Layout.number(row.key(), 0))));
            }
            if (page.size() < StoreLimits.SCAN_ROWS) {
                return new MailboxTree(mailboxes);
            }
            rest = rest.after(page.getLast());
        }
    }

    private static List<Long> uids(MailboxView view) {
        List<Long> uids = new ArrayList<>(view.size());
        for (int i = 0; i < view.size(); i++) {
            uids.add(view.uid(i));
        }
        return uids;
    }

    private static Refusal exists() {
        return new Refusal(
                Refusal.Reason.ALREADY_EXISTS,
                "There is already a mailbox with this name.",
                "Un dossier porte déjà ce nom.");
    }

    private static Refusal children() {
        return new Refusal(
                Refusal.Reason.CANNOT,
                "This mailbox holds others; remove them first.",
                "Ce dossier en contient d'autres ; supprimez-les d'abord.");
    }
}
