package org.facteur.edge.imap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxName;
import org.facteur.core.mailbox.MailboxTree;
import org.facteur.core.mailbox.Role;
import org.facteur.wire.imap.MailboxAttribute;
import org.facteur.wire.imap.MailboxPath;
import org.jspecify.annotations.Nullable;

/// All names that LIST can show to somebody, at one moment: own mailboxes, others', the levels
/// above these, and subscriptions to what is no more. In order of their names.
final class ListedMailboxes {
    private static final Map<Role, MailboxAttribute> USES =
            Map.of(
                    Role.DRAFTS, MailboxAttribute.DRAFTS,
                    Role.SENT, MailboxAttribute.SENT,
                    Role.ARCHIVE, MailboxAttribute.ARCHIVE,
                    Role.JUNK, MailboxAttribute.JUNK,
                    Role.TRASH, MailboxAttribute.TRASH);

    private final TreeMap<String, Listed> all = new TreeMap<>();
    private final Set<String> parents = new HashSet<>();
    private final Set<String> aboveSubscribed = new HashSet<>();

    /// One name.
    ///
    /// @param known null where there is no mailbox of this name, or none that may be seen
    record Listed(MailboxPath path, @Nullable Known known, boolean subscribed) {
        /// Whether it is only the level above others.
        boolean level() {
            return known == null && !subscribed;
        }
    }

    /// A mailbox and the hands it is in.
    record Known(LetterBox box, Mailbox mailbox) {}

    ListedMailboxes(LetterBoxes boxes, LetterBox own) {
        own(own);
        Set<String> subscriptions = new HashSet<>();
        for (MailboxName name : own.otherSubscriptions()) {
            subscriptions.add(name.toString());
            above(name.toString(), aboveSubscribed);
        }
        for (LetterBoxes.Shared shared : boxes.shared(own.actor())) {
            NamedMailbox.root(shared.address())
                    .ifPresent(root -> others(root, shared.box(), subscriptions));
        }
        for (String name : subscriptions) {
            all.putIfAbsent(name, new Listed(new MailboxPath(name), null, true));
        }
    }

    private void own(LetterBox own) {
        MailboxTree tree = own.mailboxes();
        for (Mailbox mailbox : tree.shown()) {
            String name = tree.name(mailbox.id()).toString();
            put(name, new Known(own, mailbox), mailbox.subscribed());
            if (mailbox.subscribed()) {
                above(name, aboveSubscribed);
            }
        }
    }

    private void others(String root, LetterBox box, Set<String> subscriptions) {
        MailboxTree tree = box.mailboxes();
        for (Mailbox mailbox : tree.shown()) {
            String name = root + MailboxPath.DELIMITER + tree.name(mailbox.id());
            put(name, new Known(box, mailbox), subscriptions.contains(name));
            Set<String> levels = new HashSet<>();
            above(name, levels);
            for (String level : levels) {
                parents.add(level);
                all.putIfAbsent(level, new Listed(new MailboxPath(level), null, false));
            }
        }
    }

    private void put(String name, Known known, boolean subscribed) {
        all.put(name, new Listed(new MailboxPath(name), known, subscribed));
        int slash = name.lastIndexOf(MailboxPath.DELIMITER);
        if (slash > 0) {
            parents.add(name.substring(0, slash));
        }
    }

    private static void above(String name, Set<String> names) {
        int slash = name.lastIndexOf(MailboxPath.DELIMITER);
        while (slash > 0 && names.add(name.substring(0, slash))) {
            slash = name.lastIndexOf(MailboxPath.DELIMITER, slash - 1);
        }
    }

    /// In order of their names.
    Collection<Listed> all() {
        return all.values();
    }

    Optional<Listed> find(MailboxPath path) {
        return Optional.ofNullable(all.get(path.text()));
    }

    /// Whether a name somewhere below is subscribed.
    boolean isAboveSubscribed(Listed listed) {
        return aboveSubscribed.contains(listed.path().text());
    }

    /// Whether it is there, whether it has children, and its special use. Old programs know
    /// `\Noselect` where new ones look for `\NonExistent` (RFC 5258 §3).
    List<MailboxAttribute> attributes(Listed listed) {
        List<MailboxAttribute> attributes = new ArrayList<>(3);
        Known known = listed.known();
        if (known == null) {
            attributes.add(MailboxAttribute.NON_EXISTENT);
            if (listed.level()) {
                attributes.add(MailboxAttribute.NO_SELECT);
            }
        }
        boolean parent = parents.contains(listed.path().text());
        if (known != null || parent) {
            attributes.add(
                    parent ? MailboxAttribute.HAS_CHILDREN : MailboxAttribute.HAS_NO_CHILDREN);
        }
        if (known != null) {
            use(known.mailbox()).ifPresent(attributes::add);
        }
        return List.copyOf(attributes);
    }

    /// What a mailbox is for.
    static Optional<MailboxAttribute> use(Mailbox mailbox) {
        Role role = mailbox.role();
        return role == null ? Optional.empty() : Optional.ofNullable(USES.get(role));
    }

    /// The role a special use stands for.
    static Optional<Role> role(MailboxAttribute use) {
        return USES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(use))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
