package org.facteur.core.mailbox;

import java.util.List;
import java.util.Optional;
import org.facteur.base.word.Language;
import org.facteur.base.word.Sentence;

/// The mailboxes an account begins with.
final class FirstMailboxes {
    private record First(Role role, Sentence name) {}

    private static final List<First> ALL =
            List.of(
                    new First(Role.INBOX, new Sentence("INBOX", "INBOX")),
                    new First(Role.DRAFTS, new Sentence("Drafts", "Brouillons")),
                    new First(Role.SENT, new Sentence("Sent", "Envoyés")),
                    new First(Role.ARCHIVE, new Sentence("Archive", "Archives")),
                    new First(Role.JUNK, new Sentence("Junk", "Indésirables")),
                    new First(Role.TRASH, new Sentence("Trash", "Corbeille")));

    private static final String COLLECTED = "Collected by POP";

    private FirstMailboxes() {}

    static void create(BoxTransaction box, Language language) {
        for (First first : ALL) {
            if (find(box, first.role()).isEmpty()) {
                box.createMailbox(null, first.name().in(language), first.role());
            }
        }
    }

    /// The hidden mailbox of what POP collected; made when first needed.
    static Mailbox collected(BoxTransaction box) {
        return find(box, Role.COLLECTED)
                .orElseGet(() -> box.createMailbox(null, COLLECTED, Role.COLLECTED));
    }

    /// The first mailbox with a role.
    static Optional<Mailbox> find(BoxTransaction box, Role role) {
        return box.tree().find(role);
    }
}
