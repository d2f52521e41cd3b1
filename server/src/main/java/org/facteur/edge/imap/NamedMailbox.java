package org.facteur.edge.imap;

import java.util.Optional;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxName;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.imap.MailboxPath;
import org.facteur.wire.text.SyntaxFault;

/// What a client's name for a mailbox means: whose letter box, and which name in it.
///
/// Others' mailboxes stand under `Users/` and their owner's address (RFC 2342 §5):
/// `Users/alice@example.org/Plans`. A name is another's only where the second level holds `@`, so
/// that nobody loses a mailbox of its own called `Users`. Addresses with a slash have no such name.
///
/// @param box the owner's, in the hands of who asks
/// @param name in that box
record NamedMailbox(LetterBox box, MailboxName name) {
    /// The first level of others' names.
    static final String OTHERS = "Users";

    private static final String PREFIX = OTHERS + MailboxPath.DELIMITER;

    /// @param own the letter box of who asks
    /// @throws Refusal NOT_FOUND where nothing of that owner may be looked up; INVALID for what can
    ///   be no name
    static NamedMailbox of(LetterBoxes boxes, LetterBox own, MailboxPath path) {
        if (!isOther(path)) {
            return new NamedMailbox(own, MailboxName.parse(path.text()));
        }
        String rest = path.text().substring(PREFIX.length());
        int slash = rest.indexOf(MailboxPath.DELIMITER);
        if (slash < 0) {
            throw unknown();
        }
        LetterBox box =
                address(rest.substring(0, slash))
                        .flatMap(address -> boxes.findShared(own.actor(), address))
                        .orElseThrow(NamedMailbox::unknown);
        return new NamedMailbox(box, MailboxName.parse(rest.substring(slash + 1)));
    }

    /// Whether a name is in somebody else's part.
    static boolean isOther(MailboxPath path) {
        if (!path.text().startsWith(PREFIX)) {
            return false;
        }
        int slash = path.text().indexOf(MailboxPath.DELIMITER, PREFIX.length());
        String second =
                slash < 0
                        ? path.text().substring(PREFIX.length())
                        : path.text().substring(PREFIX.length(), slash);
        return second.indexOf('@') >= 0;
    }

    /// Where somebody's mailboxes stand; empty for an address that cannot be a level of a name.
    static Optional<String> root(EmailAddress owner) {
        String address = owner.toString();
        return address.indexOf(MailboxPath.DELIMITER) >= 0
                ? Optional.empty()
                : Optional.of(PREFIX + address);
    }

    private static Optional<EmailAddress> address(String text) {
        try {
            return Optional.of(EmailAddress.parse(text));
        } catch (SyntaxFault none) {
            return Optional.empty();
        }
    }

    private static Refusal unknown() {
        return new Refusal(
                Refusal.Reason.NOT_FOUND, "There is no such mailbox.", "Ce dossier n'existe pas.");
    }

    Optional<Mailbox> find() {
        return box.mailboxes().find(name);
    }

    /// @throws Refusal NOT_FOUND
    Mailbox get() {
        return box.mailboxes().get(name);
    }
}
