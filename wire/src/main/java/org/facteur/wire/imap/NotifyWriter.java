package org.facteur.wire.imap;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes NOTIFY, which mailboxes a command is about, and what FETCH and NOTIFY ask of a letter.
final class NotifyWriter {
    private final CommandText text;
    private final OutBuffer out;

    NotifyWriter(CommandText text, OutBuffer out) {
        this.text = Objects.requireNonNull(text);
        this.out = out;
    }

    void write(ImapCommand.Notify notify) throws IOException {
        if (notify.groups().isEmpty()) {
            out.ascii("NOTIFY NONE");
            return;
        }
        out.ascii(notify.status() ? "NOTIFY SET STATUS" : "NOTIFY SET");
        for (NotifyGroup group : notify.groups()) {
            out.ascii(" (");
            filter(group.filter());
            out.octet(' ');
            events(group);
            out.octet(')');
        }
    }

    private void events(NotifyGroup group) throws IOException {
        if (group.events().isEmpty()) {
            out.ascii("NONE");
            return;
        }
        char before = '(';
        for (NotifyEvent event : group.events().stream().sorted().toList()) {
            out.octet(before);
            before = ' ';
            out.ascii(event.keyword());
            if (event == NotifyEvent.MESSAGE_NEW && !group.newLetters().isEmpty()) {
                out.ascii(" (");
                for (int i = 0; i < group.newLetters().size(); i++) {
                    out.ascii(i > 0 ? " " : "");
                    item(group.newLetters().get(i));
                }
                out.octet(')');
            }
        }
        out.octet(')');
    }

    /// `"IN" SP "(" source-mbox ")" SP`, or nothing
    void sources(List<MailboxFilter> sources) throws IOException {
        for (int i = 0; i < sources.size(); i++) {
            out.ascii(i == 0 ? "IN (" : " ");
            filter(sources.get(i));
        }
        out.ascii(sources.isEmpty() ? "" : ") ");
    }

    private void filter(MailboxFilter filter) throws IOException {
        out.ascii(filter.kind().keyword());
        if (filter.mailboxes().isEmpty()) {
            return;
        }
        char before = '(';
        out.octet(' ');
        for (MailboxPath mailbox : filter.mailboxes()) {
            out.octet(before);
            before = ' ';
            text.name(mailbox.text());
        }
        out.octet(')');
    }

    void item(FetchItem item) throws IOException {
        switch (item) {
            case FetchItem.Word word -> out.ascii(word.keyword());
            case FetchItem.Body(var peek, var section, var slice) -> {
                out.ascii(peek ? "BODY.PEEK" : "BODY");
                out.section(section);
                slice(slice);
            }
            case FetchItem.Binary(var peek, var part, var slice) -> {
                out.ascii(peek ? "BINARY.PEEK[" : "BINARY[");
                out.part(part);
                out.octet(']');
                slice(slice);
            }
            case FetchItem.BinarySize(var part) -> {
                out.ascii("BINARY.SIZE[");
                out.part(part);
                out.octet(']');
            }
            case FetchItem.Preview(var lazy) -> out.ascii(lazy ? "PREVIEW (LAZY)" : "PREVIEW");
        }
    }

    private void slice(FetchItem.@Nullable Slice slice) throws IOException {
        if (slice != null) {
            out.octet('<');
            out.number(slice.offset());
            out.octet('.');
            out.number(slice.length());
            out.octet('>');
        }
    }
}
