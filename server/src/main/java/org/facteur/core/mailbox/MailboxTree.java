package org.facteur.core.mailbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.facteur.base.fault.Refusal;
import org.jspecify.annotations.Nullable;

/// All mailboxes of an account at one version, by number and by name. Immutable.
public final class MailboxTree {
    private final Map<MailboxId, Mailbox> byId;
    private final Map<MailboxId, MailboxName> names;
    private final Map<MailboxName, MailboxId> byName;

    MailboxTree(Collection<Mailbox> mailboxes) {
        byId = new HashMap<>(mailboxes.size() * 2);
        names = new HashMap<>(mailboxes.size() * 2);
        byName = new HashMap<>(mailboxes.size() * 2);
        for (Mailbox mailbox : mailboxes) {
            byId.put(mailbox.id(), mailbox);
        }
        for (Mailbox mailbox : mailboxes) {
            MailboxName name = nameOf(mailbox, byId);
            names.put(mailbox.id(), name);
            // A hidden mailbox takes no name away from its owner.
            if (!mailbox.hidden()) {
                byName.put(name, mailbox.id());
            }
        }
    }

    private MailboxTree(Map<MailboxId, Mailbox> byId, MailboxTree sameNames) {
        this.byId = byId;
        this.names = sameNames.names;
        this.byName = sameNames.byName;
    }

    private MailboxTree(
            Map<MailboxId, Mailbox> byId,
            Map<MailboxId, MailboxName> names,
            Map<MailboxName, MailboxId> byName) {
        this.byId = byId;
        this.names = names;
        this.byName = byName;
    }

    /// What a guest is shown: some of the mailboxes, under their full names, without what is the
    /// owner's alone, subscriptions and roles. Their parents may be missing.
    MailboxTree forGuest(Predicate<MailboxId> visible) {
        Map<MailboxId, Mailbox> some = new HashMap<>();
        Map<MailboxName, MailboxId> someNames = new HashMap<>();
        for (Mailbox mailbox : byId.values()) {
            if (!mailbox.hidden() && visible.test(mailbox.id())) {
                some.put(mailbox.id(), mailbox.forGuest());
                someNames.put(name(mailbox.id()), mailbox.id());
            }
        }
        return new MailboxTree(some, names, someNames);
    }

    private static MailboxName nameOf(Mailbox mailbox, Map<MailboxId, Mailbox> byId) {
        List<String> segments = new ArrayList<>();
        Mailbox at = mailbox;
        while (at != null && segments.size() < BoxLimits.DEPTH) {
            segments.addFirst(at.name());
            MailboxId parent = at.parent();
            at = parent == null ? null : byId.get(parent);
        }
        return new MailboxName(segments);
    }

    /// All of them, hidden ones too, in order of their names.
    public List<Mailbox> all() {
        List<Mailbox> all = new ArrayList<>(byId.values());
        all.sort(Comparator.comparing(mailbox -> name(mailbox.id()).toString()));
        return List.copyOf(all);
    }

    /// Those that ordinary lists show, in order of their names.
    public List<Mailbox> shown() {
        return all().stream().filter(mailbox -> !mailbox.hidden()).toList();
    }

    public int size() {
        return byId.size();
    }

    public Optional<Mailbox> find(MailboxId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// Hidden mailboxes are not found by name.
    public Optional<Mailbox> find(MailboxName name) {
        MailboxId id = byName.get(name);
        return id == null ? Optional.empty() : find(id);
    }

    public Optional<Mailbox> find(Role role) {
        return byId.values().stream()
                .filter(mailbox -> mailbox.is(role))
                .min(Comparator.comparing(Mailbox::id));
    }

    /// @throws Refusal NOT_FOUND
    public Mailbox get(MailboxId id) {
        return find(id).orElseThrow(MailboxTree::unknown);
    }

    /// @throws Refusal NOT_FOUND
    public Mailbox get(MailboxName name) {
        return find(name).orElseThrow(MailboxTree::unknown);
    }

    /// The full name of a mailbox of this tree.
    public MailboxName name(MailboxId id) {
        @Nullable MailboxName name = names.get(id);
        if (name == null || !byId.containsKey(id)) {
            throw unknown();
        }
        return name;
    }

    public boolean hasChildren(MailboxId id) {
        return byId.values().stream()
                .anyMatch(mailbox -> id.equals(mailbox.parent()) && !mailbox.hidden());
    }

    /// Whether a name is taken.
    boolean taken(MailboxName name) {
        return byName.containsKey(name);
    }

    /// This tree with some mailboxes new or other than before, and without others.
    MailboxTree with(Map<MailboxId, Mailbox> changed, Collection<MailboxId> removed) {
        Map<MailboxId, Mailbox> next = new HashMap<>(byId);
        next.putAll(changed);
        removed.forEach(next::remove);
        List<Mailbox> fresh = new ArrayList<>();
        for (Mailbox mailbox : changed.values()) {
            if (!byId.containsKey(mailbox.id())) {
                fresh.add(mailbox);
            } else if (!sameName(mailbox)) {
                return new MailboxTree(next.values());
            }
        }
        if (fresh.isEmpty() && removed.isEmpty()) {
            return new MailboxTree(next, this);
        }
        Map<MailboxId, MailboxName> nextNames = new HashMap<>(names);
        Map<MailboxName, MailboxId> nextByName = new HashMap<>(byName);
        for (MailboxId id : removed) {
            MailboxName name = nextNames.remove(id);
            if (name != null) {
                nextByName.remove(name, id);
            }
        }
        for (Mailbox mailbox : fresh) {
            MailboxName name = nameOf(mailbox, next);
            nextNames.put(mailbox.id(), name);
            if (!mailbox.hidden()) {
                nextByName.put(name, mailbox.id());
            }
        }
        return new MailboxTree(next, nextNames, nextByName);
    }

    private boolean sameName(Mailbox mailbox) {
        Mailbox known = byId.get(mailbox.id());
        return known != null
                && known.name().equals(mailbox.name())
                && Objects.equals(known.parent(), mailbox.parent());
    }

    static Refusal unknown() {
        return new Refusal(
                Refusal.Reason.NOT_FOUND, "There is no such mailbox.", "Ce dossier n'existe pas.");
    }
}
