package org.facteur.wire.imap;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads responses about rights and annotations, after their first word.
final class SharingResponseParser {
    private final ImapCursor cursor;

    SharingResponseParser(ImapCursor cursor) {
        this.cursor = cursor;
    }

    /// @return null for a word that is none of these
    static @Nullable ImapResponse response(String word, ImapCursor cursor) {
        SharingResponseParser parser = new SharingResponseParser(cursor);
        return switch (word) {
            case "ACL" -> parser.acl();
            case "LISTRIGHTS" -> parser.listRights();
            case "MYRIGHTS" -> new ImapResponse.MyRightsData(parser.mailbox(), parser.rights());
            case "METADATA" -> parser.metadata();
            default -> null;
        };
    }

    private MailboxPath mailbox() {
        cursor.space();
        return cursor.mailbox();
    }

    private String text() {
        cursor.space();
        return cursor.text(cursor.astring());
    }

    /// `rights = astring`
    private String rights() {
        String rights = text();
        if (!RightsChange.isRights(rights)) {
            throw cursor.fault("rights in lower case", "RFC 4314 §6");
        }
        return rights;
    }

    /// `acl-data = "ACL" SP mailbox *(SP identifier SP rights)`
    private ImapResponse acl() {
        MailboxPath mailbox = mailbox();
        List<ImapResponse.AclEntry> entries = new ArrayList<>();
        while (!cursor.atEnd()) {
            if (entries.size() == cursor.limits().listItems()) {
                throw cursor.tooMany("entries");
            }
            entries.add(new ImapResponse.AclEntry(text(), rights()));
        }
        return new ImapResponse.AclData(mailbox, entries);
    }

    /// `listrights-data = "LISTRIGHTS" SP mailbox SP identifier SP rights *(SP rights)`
    private ImapResponse listRights() {
        MailboxPath mailbox = mailbox();
        String identifier = text();
        String required = rights();
        List<String> optional = new ArrayList<>();
        while (!cursor.atEnd()) {
            if (optional.size() == cursor.limits().listItems()) {
                throw cursor.tooMany("rights");
            }
            optional.add(rights());
        }
        return new ImapResponse.ListRightsData(mailbox, identifier, required, optional);
    }

    /// `metadata-resp = "METADATA" SP mailbox SP (entry-values / entry-list)`
    private ImapResponse metadata() {
        cursor.space();
        SharingCommandParser entries = new SharingCommandParser(cursor);
        int start = cursor.offset();
        boolean server = cursor.astring().length == 0;
        cursor.seek(start);
        MailboxPath mailbox = server ? null : cursor.mailbox();
        if (server) {
            cursor.astring();
        }
        cursor.space();
        if (cursor.peek() == '(') {
            return new ImapResponse.MetadataData(mailbox, entries.entryValues());
        }
        List<String> names = new ArrayList<>();
        do {
            if (names.size() == cursor.limits().listItems()) {
                throw cursor.tooMany("entries");
            }
            names.add(entries.entry());
        } while (cursor.take(' '));
        return new ImapResponse.MetadataChanged(mailbox, names);
    }
}
