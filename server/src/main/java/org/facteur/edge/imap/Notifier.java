package org.facteur.edge.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.facteur.core.account.AccountId;
import org.facteur.core.change.Hints;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.mailbox.MailboxState;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.core.mailbox.Right;
import org.facteur.wire.imap.FetchItem;
import org.facteur.wire.imap.ImapCommand;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.MailboxAttribute;
import org.facteur.wire.imap.MailboxFilter;
import org.facteur.wire.imap.MailboxPath;
import org.facteur.wire.imap.NotifyEvent;
import org.facteur.wire.imap.NotifyGroup;
import org.facteur.wire.imap.ResponseCode;
import org.facteur.wire.imap.StatusItem;
import org.jspecify.annotations.Nullable;

/// What a client asked to be told by NOTIFY (RFC 5465), and what it has been told. One thread.
///
/// Hints of all accounts concerned wake the connection; then the mailboxes are compared with what
/// they were. The open mailbox is told only as its own group says, others by STATUS, LIST and
/// METADATA.
final class Notifier implements AutoCloseable {
    /// Beyond so many names comparing would cost too much.
    private static final int NAMES = 10_000;

    private static final List<NotifyEvent> KNOWN =
            List.of(
                    NotifyEvent.MESSAGE_NEW,
                    NotifyEvent.MESSAGE_EXPUNGE,
                    NotifyEvent.FLAG_CHANGE,
                    NotifyEvent.MAILBOX_NAME,
                    NotifyEvent.SUBSCRIPTION_CHANGE,
                    NotifyEvent.MAILBOX_METADATA_CHANGE,
                    NotifyEvent.SERVER_METADATA_CHANGE);

    private final ImapSession session;
    private final List<NotifyGroup> groups;
    private final @Nullable NotifyGroup selected;
    private final Map<AccountId, Hints.Watch> watches = new HashMap<>();
    private final Runnable wake;
    private Map<Place, Seen> seen = Map.of();
    private Set<String> subscribed = Set.of();
    private Map<String, Integer> notes = Map.of();

    /// A mailbox, whatever it is called.
    private record Place(AccountId owner, MailboxId mailbox) {}

    /// How a mailbox was when it was looked at last.
    private record Seen(
            ListedMailboxes.Listed listed,
            ListedMailboxes.Known known,
            MailboxState state,
            Map<String, Integer> notes) {}

    Notifier(ImapSession session, List<NotifyGroup> groups) {
        this.session = session;
        this.groups = groups;
        this.wake = session.connection()::wake;
        this.selected =
                groups.stream()
                        .filter(group -> group.filter().kind().selected())
                        .findFirst()
                        .orElse(null);
    }

    /// Why a command is not taken, or null.
    static @Nullable Answer refusal(ImapCommand.Notify command) {
        boolean unknown =
                command.groups().stream()
                        .anyMatch(
                                group ->
                                        group.unknown()
                                                || group.wants(NotifyEvent.ANNOTATION_CHANGE));
        return unknown
                ? Answer.no(new ResponseCode.BadEvent(KNOWN), "Not all of that can be told.")
                : null;
    }

    /// Looks for the first time.
    ///
    /// @param status whether to tell how all mailboxes stand
    void begin(boolean status) throws IOException {
        ListedMailboxes now = session.listed();
        remember(now);
        watch();
        for (Seen each : seen.values()) {
            Set<NotifyEvent> events = events(each.listed());
            boolean readable =
                    each.known().box().rights(each.known().mailbox().id()).has(Right.READ);
            if (events.isEmpty()) {
                continue;
            }
            if (!readable) {
                session.out()
                        .write(
                                ImapResponse.ListData.of(
                                        each.listed().path(), List.of(MailboxAttribute.NO_ACCESS)));
            } else if (status
                    && events.stream().anyMatch(NotifyEvent::ofMessages)
                    && !FilteredMailboxes.isSelected(each.listed(), session)) {
                status(each, true, events.contains(NotifyEvent.FLAG_CHANGE));
            }
        }
    }

    /// The items that are to be told of new letters in the open mailbox.
    List<FetchItem> newLetters() {
        return selected == null ? List.of() : selected.newLetters();
    }

    /// Tells what has happened.
    ///
    /// @param numbersMayChange whether the client can follow when letters go
    void tell(boolean numbersMayChange) throws IOException {
        ListedMailboxes now = session.listed();
        Map<Place, Seen> before = seen;
        Set<String> subscribedBefore = subscribed;
        Map<String, Integer> notesBefore = notes;
        remember(now);
        subscriptions(now, subscribedBefore, names(now, before));
        for (Map.Entry<Place, Seen> each : seen.entrySet()) {
            Seen old = before.get(each.getKey());
            if (old != null) {
                letters(old, each.getValue());
                Set<NotifyEvent> events = events(each.getValue().listed());
                if (events.contains(NotifyEvent.MAILBOX_METADATA_CHANGE)) {
                    notes(each.getValue().listed().path(), old.notes(), each.getValue().notes());
                }
            }
        }
        boolean server = groups.stream().anyMatch(g -> g.wants(NotifyEvent.SERVER_METADATA_CHANGE));
        if (server) {
            notes(null, notesBefore, notes);
        }
        watch();
        open(numbersMayChange);
    }

    /// After a command of this client: what it did itself to names, subscriptions and notes it need
    /// not be told.
    void after(ImapCommand command) {
        boolean own =
                switch (command) {
                    case ImapCommand.Create _,
                            ImapCommand.Delete _,
                            ImapCommand.Rename _,
                            ImapCommand.Subscribe _,
                            ImapCommand.Unsubscribe _,
                            ImapCommand.SetMetadata _ ->
                            true;
                    case ImapCommand _ -> false;
                };
        if (own) {
            remember(session.listed());
        }
        if (own
                || command instanceof ImapCommand.Select
                || command instanceof ImapCommand.Examine) {
            watch();
        }
    }

    private void remember(ListedMailboxes now) {
        Map<Place, Seen> next = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        boolean metadata =
                groups.stream().anyMatch(g -> g.wants(NotifyEvent.MAILBOX_METADATA_CHANGE));
        for (ListedMailboxes.Listed listed : now.all()) {
            if (listed.subscribed()) {
                names.add(listed.path().text());
            }
            ListedMailboxes.Known known = listed.known();
            if (known != null && next.size() < NAMES) {
                MailboxId id = known.mailbox().id();
                next.put(
                        new Place(known.box().owner(), id),
                        new Seen(
                                listed,
                                known,
                                known.mailbox().state(),
                                metadata ? known.box().noteMarks(id) : Map.of()));
            }
        }
        seen = next;
        subscribed = names;
        notes = session.box().noteMarks(null);
    }

    /// The events asked for one name; those of letters are the open mailbox's own group's alone.
    private Set<NotifyEvent> events(ListedMailboxes.Listed listed) {
        Set<NotifyEvent> events = new HashSet<>();
        for (NotifyGroup group : groups) {
            if (!group.filter().kind().selected()
                    && FilteredMailboxes.covers(group.filter(), listed, session)) {
                events.addAll(group.events());
            }
        }
        return events;
    }

    /// @return the names that were told
    private Set<String> names(ListedMailboxes now, Map<Place, Seen> before) throws IOException {
        Set<String> told = new HashSet<>();
        Set<String> renamed = new HashSet<>();
        for (Map.Entry<Place, Seen> each : seen.entrySet()) {
            ListedMailboxes.Listed listed = each.getValue().listed();
            Seen old = before.get(each.getKey());
            MailboxPath oldPath = old == null ? null : old.listed().path();
            if (listed.path().equals(oldPath)) {
                continue;
            }
            boolean inside = oldPath != null && isBelow(renamed, oldPath);
            if (oldPath != null) {
                renamed.add(oldPath.text());
            }
            if (!wantsName(listed)) {
                continue;
            }
            // Subscriptions move with a name.
            told.add(listed.path().text());
            if (oldPath != null) {
                told.add(oldPath.text());
            }
            if (!inside) {
                list(now, listed, oldPath);
            }
        }
        for (Map.Entry<Place, Seen> each : before.entrySet()) {
            ListedMailboxes.Listed listed = each.getValue().listed();
            if (!seen.containsKey(each.getKey()) && wantsName(listed)) {
                gone(listed.path(), listed.subscribed());
                told.add(listed.path().text());
            }
        }
        return told;
    }

    private static boolean isBelow(Set<String> roots, MailboxPath path) {
        for (String root : roots) {
            if (path.text().startsWith(root + MailboxPath.DELIMITER)) {
                return true;
            }
        }
        return false;
    }

    private boolean wantsName(ListedMailboxes.Listed listed) {
        return events(listed).contains(NotifyEvent.MAILBOX_NAME);
    }

    private void list(
            ListedMailboxes now, ListedMailboxes.Listed listed, @Nullable MailboxPath oldName)
            throws IOException {
        List<MailboxAttribute> attributes = new ArrayList<>(now.attributes(listed));
        if (listed.subscribed()) {
            attributes.add(MailboxAttribute.SUBSCRIBED);
        }
        session.out()
                .write(
                        new ImapResponse.ListData(
                                false,
                                attributes,
                                MailboxPath.DELIMITER,
                                listed.path().text(),
                                oldName,
                                false));
    }

    private void gone(MailboxPath path, boolean stillSubscribed) throws IOException {
        session.out()
                .write(
                        ImapResponse.ListData.of(
                                path,
                                stillSubscribed && subscribed.contains(path.text())
                                        ? List.of(
                                                MailboxAttribute.NON_EXISTENT,
                                                MailboxAttribute.SUBSCRIBED)
                                        : List.of(MailboxAttribute.NON_EXISTENT)));
    }

    /// @param told names of which all has been said
    private void subscriptions(ListedMailboxes now, Set<String> before, Set<String> told)
            throws IOException {
        Set<String> changed = new TreeSet<>(before);
        changed.removeAll(subscribed);
        Set<String> fresh = new TreeSet<>(subscribed);
        fresh.removeAll(before);
        changed.addAll(fresh);
        changed.removeAll(told);
        for (String name : changed) {
            ListedMailboxes.Listed listed =
                    now.find(new MailboxPath(name))
                            .orElse(new ListedMailboxes.Listed(new MailboxPath(name), null, false));
            boolean wanted =
                    groups.stream()
                            .anyMatch(
                                    group ->
                                            group.wants(NotifyEvent.SUBSCRIPTION_CHANGE)
                                                    && coversSubscription(group, listed));
            if (wanted) {
                list(now, listed, null);
            }
        }
    }

    /// A name leaves SUBSCRIBED by the very change that is to be told.
    private boolean coversSubscription(NotifyGroup group, ListedMailboxes.Listed listed) {
        return group.filter().kind() == MailboxFilter.Kind.SUBSCRIBED
                || FilteredMailboxes.covers(group.filter(), listed, session);
    }

    private void letters(Seen old, Seen fresh) throws IOException {
        MailboxState was = old.state();
        MailboxState is = fresh.state();
        if (was.equals(is) || FilteredMailboxes.isSelected(fresh.listed(), session)) {
            return;
        }
        Set<NotifyEvent> events = events(fresh.listed());
        boolean numbers =
                was.uidNext() != is.uidNext()
                        || was.counts().letters() != is.counts().letters()
                        || was.uidValidity() != is.uidValidity();
        boolean wanted =
                numbers
                        ? events.contains(NotifyEvent.MESSAGE_NEW)
                        : events.contains(NotifyEvent.FLAG_CHANGE);
        if (wanted && fresh.known().box().rights(fresh.known().mailbox().id()).has(Right.READ)) {
            status(fresh, numbers, events.contains(NotifyEvent.FLAG_CHANGE));
        }
    }

    private void status(Seen of, boolean numbers, boolean flags) throws IOException {
        Set<StatusItem> items = new HashSet<>();
        items.add(StatusItem.UIDVALIDITY);
        if (numbers) {
            items.add(StatusItem.MESSAGES);
            items.add(StatusItem.UIDNEXT);
        }
        if (flags) {
            items.add(StatusItem.UNSEEN);
        }
        if (session.features().condStore()) {
            items.add(StatusItem.HIGHESTMODSEQ);
        }
        new StatusCommand(session).write(of.listed().path(), of.known(), items);
    }

    private void notes(
            @Nullable MailboxPath path, Map<String, Integer> before, Map<String, Integer> now)
            throws IOException {
        writeNotes(session, path, before, now);
    }

    /// Tells the names of notes that are other than before.
    ///
    /// @param path null for the account's own
    static void writeNotes(
            ImapSession session,
            @Nullable MailboxPath path,
            Map<String, Integer> before,
            Map<String, Integer> now)
            throws IOException {
        Set<String> changed = new TreeSet<>();
        now.forEach(
                (name, mark) -> {
                    if (!Objects.equals(before.get(name), mark)) {
                        changed.add(name);
                    }
                });
        before.keySet().stream().filter(name -> !now.containsKey(name)).forEach(changed::add);
        if (!changed.isEmpty()) {
            session.out().write(new ImapResponse.MetadataChanged(path, List.copyOf(changed)));
        }
    }

    /// The open mailbox, as its group says (RFC 5465 §6.1).
    private void open(boolean numbersMayChange) throws IOException {
        NotifyGroup group = selected;
        if (group == null
                || !group.wants(NotifyEvent.MESSAGE_NEW)
                || !(session.state() instanceof ImapState.Selected(var _, var mailbox))) {
            return;
        }
        boolean expunges = numbersMayChange || group.filter().kind() == MailboxFilter.Kind.SELECTED;
        MailboxView before = mailbox.shown();
        session.tell(mailbox, expunges);
        MailboxView now = mailbox.shown();
        if (now != before && !group.newLetters().isEmpty()) {
            new FetchCommand(session).tellNew(now.since(before).added(), group.newLetters());
        }
    }

    /// Watches all accounts that can change what is told.
    private void watch() {
        Set<AccountId> wanted = new HashSet<>();
        LetterBox own = session.box();
        wanted.add(own.owner());
        if (session.state() instanceof ImapState.Selected(var _, var mailbox)) {
            wanted.add(mailbox.box().owner());
        }
        for (LetterBoxes.Shared shared : session.services().boxes().shared(own.actor())) {
            wanted.add(shared.box().owner());
        }
        Collection<AccountId> unwanted = new HashSet<>(watches.keySet());
        unwanted.removeAll(wanted);
        for (AccountId account : unwanted) {
            Hints.Watch watch = watches.remove(account);
            if (watch != null) {
                watch.close();
            }
        }
        for (AccountId account : wanted) {
            watches.computeIfAbsent(account, id -> session.services().boxes().watch(id, wake));
        }
    }

    @Override
    public void close() {
        watches.values().forEach(Hints.Watch::close);
        watches.clear();
    }
}
