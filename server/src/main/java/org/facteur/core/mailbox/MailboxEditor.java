package org.facteur.core.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.jspecify.annotations.Nullable;

/// Makes, renames, removes and subscribes mailboxes.
final class MailboxEditor {
    private final LetterBoxes boxes;
    private final Actor actor;
    private final AccountId owner;
    private final Access access;

    MailboxEditor(LetterBoxes boxes, Actor actor, AccountId owner) {
        this.boxes = boxes;
        this.actor = actor;
        this.owner = owner;
        this.access = new Access(boxes, actor, owner);
    }

    Mailbox create(MailboxName name, @Nullable Role role) {
        if (role != null) {
            access.ownerOnly();
        }
        checkMayCreate(name);
        return boxes.write(
                        actor,
                        owner,
                        box -> {
                            MailboxTree tree = box.tree();
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
                            return make(box, parent, name, role);
                        })
                .value();
    }

    /// A new mailbox is shared as the one above it is. A subscription to its name, kept from an
    /// earlier mailbox, becomes its own.
    private static Mailbox make(
            BoxTransaction box, @Nullable MailboxId parent, MailboxName name, @Nullable Role role) {
        Mailbox mailbox = box.createMailbox(parent, name.own(), role);
        if (parent != null) {
            GrantRows.inherit(box, parent, mailbox.id());
        }
        SubscriptionRows.remove(box, name);
        return mailbox;
    }

    /// A guest makes mailboxes only beneath those where it may; all else is answered alike.
    private void checkMayCreate(MailboxName name) {
        if (!access.guest()) {
            return;
        }
        MailboxTree tree = boxes.image(owner).tree();
        for (int depth = name.segments().size() - 1; depth > 0; depth--) {
            Optional<Mailbox> above = tree.find(new MailboxName(name.segments().subList(0, depth)));
            if (above.isPresent()) {
                if (access.rights(above.get().id()).has(Right.CREATE)) {
                    return;
                }
                throw Access.denied();
            }
        }
        throw Access.denied();
    }

    void assign(MailboxId id, @Nullable Role role) {
        access.ownerOnly();
        boxes.write(
                actor,
                owner,
                box -> {
                    Mailbox mailbox = box.mailbox(id);
                    boolean fixed = mailbox.is(Role.INBOX) || mailbox.hidden();
                    boolean taken =
                            role != null
                                    && FirstMailboxes.find(box, role)
                                            .filter(other -> !other.id().equals(id))
                                            .isPresent();
                    if (fixed || taken || Role.INBOX.equals(role)) {
                        throw new Refusal(
                                Refusal.Reason.CANNOT,
                                "This mailbox cannot have this purpose.",
                                "Ce dossier ne peut pas avoir ce rôle.");
                    }
                    box.updateMailbox(box.mailbox(id).withRole(role));
                    return true;
                });
    }

    void rename(MailboxName from, MailboxName to) {
        if (from.inbox()) {
            access.ownerOnly();
            renameInbox(to);
            return;
        }
        access.require(boxes.image(owner).tree().get(from).id(), Right.DELETE_MAILBOX);
        checkMayCreate(to);
        boxes.write(
                actor,
                owner,
                box -> {
                    MailboxTree tree = box.tree();
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
                    Mailbox renamed = box.mailbox(mailbox.id()).named(parent, to.own());
                    boolean subscribed = SubscriptionRows.remove(box, to);
                    box.updateMailbox(subscribed ? renamed.subscribed(true) : renamed);
                    return true;
                });
    }

    private void renameInbox(MailboxName to) {
        Mailbox target = create(to, null);
        MailboxId inbox = boxes.image(owner).tree().get(MailboxName.INBOX).id();
        MailboxView view = boxes.view(owner, inbox);
        boxes.write(
                actor,
                owner,
                box -> {
                    AnnotationRows.copy(box, inbox, target.id());
                    return true;
                });
        new EntryEditor(boxes, actor, owner)
                .move(inbox, uids(view), target.id(), Rights.ALL.changeable());
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
        access.require(mailbox.id(), Right.DELETE_MAILBOX);
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
            gone =
                    boxes.write(actor, owner, box -> destroyIfEmpty(box, mailbox.id(), name))
                            .value();
        }
    }

    /// @return false when letters came in since it was emptied
    private static boolean destroyIfEmpty(BoxTransaction box, MailboxId id, MailboxName name) {
        if (box.tree().hasChildren(id)) {
            throw children();
        }
        if (box.mailbox(id).state().counts().letters() != 0) {
            return false;
        }
        boolean subscribed = box.mailbox(id).subscribed();
        box.destroyMailbox(id);
        if (subscribed) {
            SubscriptionRows.keep(box, name);
        }
        return true;
    }

    void subscribe(MailboxName name, boolean subscribed) {
        access.ownerOnly();
        boxes.write(
                actor,
                owner,
                box -> {
                    Optional<Mailbox> own = box.tree().find(name);
                    boolean kept = !subscribed && SubscriptionRows.remove(box, name);
                    if (own.isEmpty()) {
                        if (!kept) {
                            throw MailboxTree.unknown();
                        }
                    } else if (own.get().subscribed() != subscribed) {
                        box.updateMailbox(box.mailbox(own.get().id()).subscribed(subscribed));
                    }
                    return true;
                });
    }

    void subscribeElsewhere(MailboxName name, boolean subscribed) {
        access.ownerOnly();
        boxes.write(
                actor,
                owner,
                box -> {
                    if (subscribed) {
                        SubscriptionRows.add(box, name);
                    } else {
                        SubscriptionRows.remove(box, name);
                    }
                    return true;
                });
    }

    /// @param mailbox null for the account itself
    void annotate(@Nullable MailboxId mailbox, List<NoteChange> changes) {
        long reader = actor.account().number();
        boxes.write(
                actor,
                owner,
                box -> {
                    long where = mailbox == null ? 0 : box.mailbox(mailbox).id().number();
                    for (NoteChange change : changes) {
                        byte[] value = change.value();
                        if (value == null) {
                            AnnotationRows.remove(
                                    box, where, reader, change.shared(), change.name());
                        } else {
                            AnnotationRows.put(
                                    box,
                                    where,
                                    reader,
                                    new Annotation(change.shared(), change.name(), value));
                        }
                    }
                    return true;
                });
    }

    /// The mailbox with a name; made, with its parents, where it is missing.
    static MailboxId ensure(BoxTransaction box, MailboxName name) {
        MailboxTree tree = box.tree();
        @Nullable MailboxId parent = null;
        for (int depth = 1; depth <= name.segments().size(); depth++) {
            MailboxName ancestor = new MailboxName(name.segments().subList(0, depth));
            Optional<Mailbox> known = tree.find(ancestor);
            parent = known.isPresent() ? known.get().id() : make(box, parent, ancestor, null).id();
        }
        if (parent == null) {
            throw new IllegalStateException("a name has at least one segment");
        }
        return parent;
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
