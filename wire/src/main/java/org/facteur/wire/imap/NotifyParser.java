package org.facteur.wire.imap;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads NOTIFY after its first word, and the mailboxes it shares with searches over several.
final class NotifyParser {
    private static final String RULE = "RFC 5465 §8";
    private static final Map<String, MailboxFilter.Kind> KINDS =
            ImapParser.words(MailboxFilter.Kind.values(), MailboxFilter.Kind::keyword);
    private static final Map<String, NotifyEvent> EVENTS = events();

    private final ImapCursor cursor;

    NotifyParser(ImapCursor cursor) {
        this.cursor = cursor;
    }

    private static Map<String, NotifyEvent> events() {
        Map<String, NotifyEvent> events = new HashMap<>();
        for (NotifyEvent event : NotifyEvent.values()) {
            events.put(event.keyword().toUpperCase(Locale.ROOT), event);
        }
        return Map.copyOf(events);
    }

    /// `notify = "NOTIFY" SP ("SET" [SP "STATUS"] SP event-groups / "NONE")`
    ImapCommand command() {
        cursor.space();
        if (cursor.takeWord("NONE")) {
            return new ImapCommand.Notify(false, List.of());
        }
        if (!cursor.takeWord("SET")) {
            throw cursor.fault("SET or NONE", RULE);
        }
        cursor.space();
        boolean status = cursor.takeWord("STATUS");
        if (status) {
            cursor.space();
        }
        List<NotifyGroup> groups = new ArrayList<>();
        boolean selected = false;
        do {
            if (groups.size() == cursor.limits().listItems()) {
                throw cursor.tooMany("event groups");
            }
            NotifyGroup group = group();
            if (group.filter().kind().selected()) {
                if (selected) {
                    throw cursor.fault("the selected mailbox once", RULE);
                }
                selected = true;
            }
            groups.add(group);
        } while (cursor.take(' '));
        return new ImapCommand.Notify(status, groups);
    }

    /// `event-group = "(" filter-mailboxes SP events ")"`
    private NotifyGroup group() {
        cursor.expect('(');
        MailboxFilter filter = filter();
        cursor.space();
        Set<NotifyEvent> events = EnumSet.noneOf(NotifyEvent.class);
        List<FetchItem> items = new ArrayList<>();
        boolean unknown = false;
        if (!cursor.takeWord("NONE")) {
            cursor.expect('(');
            do {
                NotifyEvent event = EVENTS.get(cursor.keyword());
                if (event == null) {
                    unknown = true;
                    continue;
                }
                events.add(event);
                if (event == NotifyEvent.MESSAGE_NEW && filter.kind().selected() && itemsFollow()) {
                    items.addAll(new FetchParser(cursor).itemList());
                }
            } while (cursor.take(' '));
            cursor.expect(')');
        }
        cursor.expect(')');
        NotifyGroup group = new NotifyGroup(filter, events, items, unknown);
        check(group);
        return group;
    }

    private boolean itemsFollow() {
        int start = cursor.offset();
        if (cursor.take(' ') && cursor.take('(')) {
            return true;
        }
        cursor.seek(start);
        return false;
    }

    /// MessageNew and MessageExpunge come together, FlagChange and AnnotationChange only with them,
    /// and of the open mailbox nothing but letters is told (RFC 5465 §5, §6.1).
    private void check(NotifyGroup group) {
        boolean news = group.wants(NotifyEvent.MESSAGE_NEW);
        boolean expunges = group.wants(NotifyEvent.MESSAGE_EXPUNGE);
        boolean changes =
                group.wants(NotifyEvent.FLAG_CHANGE) || group.wants(NotifyEvent.ANNOTATION_CHANGE);
        if (news != expunges || (changes && !news)) {
            throw cursor.fault("MessageNew and MessageExpunge together", "RFC 5465 §5");
        }
        if (group.filter().kind().selected()
                && !group.events().stream().allMatch(NotifyEvent::ofMessages)) {
            throw cursor.fault("events of letters alone", "RFC 5465 §6.1");
        }
    }

    /// `filter-mailboxes = filter-mailboxes-selected / filter-mailboxes-other`
    MailboxFilter filter() {
        MailboxFilter.Kind kind = KINDS.get(cursor.keyword());
        if (kind == null) {
            throw cursor.fault("which mailboxes", RULE);
        }
        List<MailboxPath> mailboxes = new ArrayList<>();
        if (kind.takesNames()) {
            cursor.space();
            if (!cursor.take('(')) {
                mailboxes.add(cursor.mailbox());
            } else {
                do {
                    if (mailboxes.size() == cursor.limits().listItems()) {
                        throw cursor.tooMany("mailboxes");
                    }
                    mailboxes.add(cursor.mailbox());
                } while (cursor.take(' '));
                cursor.expect(')');
            }
        }
        return new MailboxFilter(kind, mailboxes);
    }
}
