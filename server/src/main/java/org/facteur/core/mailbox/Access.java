package org.facteur.core.mailbox;

import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;

/// What an actor may do in an account's letter box: everything in its own, what was granted in
/// another's. Asked anew each time, so that a right that was taken is gone at once. Any thread.
///
/// A mailbox that a guest may not look up does not exist for it: the answer is NOT_FOUND, as for
/// one that is not there.
record Access(LetterBoxes boxes, Actor actor, AccountId owner) {
    /// Whether the actor is not the owner.
    boolean guest() {
        return !actor.account().equals(owner);
    }

    Rights rights(MailboxId mailbox) {
        return guest()
                ? boxes.image(owner).lists().grants().of(mailbox, actor.account())
                : Rights.ALL;
    }

    /// @throws Refusal NOT_FOUND where the actor may not even look it up, NOT_ALLOWED where one of
    ///   the rights is missing
    void require(MailboxId mailbox, Right... wanted) {
        if (!guest()) {
            return;
        }
        Rights rights = rights(mailbox);
        if (!rights.has(Right.LOOKUP)) {
            throw MailboxTree.unknown();
        }
        for (Right right : wanted) {
            if (!rights.has(right)) {
                throw denied();
            }
        }
    }

    /// The keyword bits the actor may change.
    ///
    /// @throws Refusal as above, and NOT_ALLOWED where it may change none
    long changeable(MailboxId mailbox) {
        require(mailbox);
        long mask = rights(mailbox).changeable();
        if (mask == 0) {
            throw denied();
        }
        return mask;
    }

    /// @throws Refusal NOT_ALLOWED for a guest
    void ownerOnly() {
        if (guest()) {
            throw denied();
        }
    }

    static Refusal denied() {
        return new Refusal(
                Refusal.Reason.NOT_ALLOWED,
                "You may not do that with this mailbox.",
                "Vous n'avez pas ce droit sur ce dossier.");
    }
}
