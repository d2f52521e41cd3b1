package org.facteur.core.deliver;

import java.util.Optional;
import java.util.Set;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Account;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Directory;
import org.facteur.core.account.Door;
import org.facteur.core.mailbox.Arrival;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies of what people send, in their mailbox for sent letters, for those who asked for them.
final class SentCopies {
    private static final Logger LOG = LoggerFactory.getLogger(SentCopies.class);

    private SentCopies() {}

    /// Keeps a copy of a letter that was just handed in and accepted. That it cannot be kept undoes
    /// nothing: the letter is on its way.
    static void keep(Directory directory, LetterBoxes boxes, Consignment consignment) {
        AccountId submitter = consignment.envelope().submitter();
        if (submitter == null || consignment.handover() != null) {
            return;
        }
        Optional<Account> account = directory.findAccount(submitter);
        if (account.isEmpty() || !account.get().profile().sentCopies()) {
            return;
        }
        try {
            LetterBox box = boxes.open(Actor.system(submitter, Door.SUBMISSION));
            Optional<Mailbox> sent = box.mailboxes().find(Role.SENT);
            if (sent.isEmpty()) {
                LOG.warn("account {} has no mailbox for sent letters", submitter);
                return;
            }
            box.append(
                    new Arrival(
                            consignment.letter(),
                            new byte[0],
                            sent.get().id(),
                            Set.of(Keyword.SEEN),
                            consignment.received(),
                            null));
        } catch (Refusal | Busy failed) {
            LOG.warn("no copy of a sent letter for {}: {}", submitter, failed.getMessage());
        }
    }
}
