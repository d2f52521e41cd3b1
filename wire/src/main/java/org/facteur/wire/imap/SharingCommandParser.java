package org.facteur.wire.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// Reads the commands about rights, annotations and limits, after their first word.
final class SharingCommandParser {
    private static final String ACL_RULE = "RFC 4314 §6";
    private static final String METADATA_RULE = "RFC 5464 §5";
    private static final String QUOTA_RULE = "RFC 9208 §6";

    private final ImapCursor cursor;

    SharingCommandParser(ImapCursor cursor) {
        this.cursor = cursor;
    }

    /// @return null for a word that is none of these
    static @Nullable ImapCommand command(String verb, ImapCursor cursor) {
        SharingCommandParser parser = new SharingCommandParser(cursor);
        return switch (verb) {
            case "GETACL" -> new ImapCommand.GetAcl(parser.mailbox());
            case "SETACL" -> parser.setAcl();
            case "DELETEACL" -> new ImapCommand.DeleteAcl(parser.mailbox(), parser.identifier());
            case "LISTRIGHTS" -> new ImapCommand.ListRights(parser.mailbox(), parser.identifier());
            case "MYRIGHTS" -> new ImapCommand.MyRights(parser.mailbox());
            case "GETMETADATA" -> parser.getMetadata();
            case "SETMETADATA" -> parser.setMetadata();
            case "SETQUOTA" -> parser.setQuota();
            default -> null;
        };
    }

    private MailboxPath mailbox() {
        cursor.space();
        return cursor.mailbox();
    }

    /// `identifier = astring`
    private String identifier() {
        cursor.space();
        String identifier = cursor.text(cursor.astring());
        if (identifier.isEmpty()) {
            throw cursor.fault("an identifier", ACL_RULE);
        }
        return identifier;
    }

    /// `setacl = "SETACL" SP mailbox SP identifier SP mod-rights`
    private ImapCommand setAcl() {
        MailboxPath mailbox = mailbox();
        String identifier = identifier();
        cursor.space();
        String rights = cursor.text(cursor.astring());
        RightsChange.Mode mode = RightsChange.Mode.REPLACE;
        if (rights.startsWith("+") || rights.startsWith("-")) {
            mode = rights.charAt(0) == '+' ? RightsChange.Mode.ADD : RightsChange.Mode.REMOVE;
            rights = rights.substring(1);
        }
        if (!RightsChange.isRights(rights)) {
            throw cursor.fault("rights in lower case", ACL_RULE);
        }
        return new ImapCommand.SetAcl(mailbox, identifier, new RightsChange(mode, rights));
    }

    /// A mailbox, or null for the empty name, which stands for the server.
    private @Nullable MailboxPath mailboxOrServer() {
        int start = cursor.offset();
        if (cursor.astring().length == 0) {
            return null;
        }
        cursor.seek(start);
        return cursor.mailbox();
    }

    // The standard has the options in one place in its text and in another in its examples; some
    // clients send them behind the name.
    /// `getmetadata = "GETMETADATA" [SP getmetadata-options] SP mailbox SP entries`
    private ImapCommand getMetadata() {
        cursor.space();
        MetadataOptions options = MetadataOptions.NONE;
        if (cursor.take('(')) {
            options = options();
            cursor.space();
        }
        MailboxPath mailbox = mailboxOrServer();
        cursor.space();
        if (options.equals(MetadataOptions.NONE) && atOptions()) {
            cursor.expect('(');
            options = options();
            cursor.space();
        }
        return new ImapCommand.GetMetadata(mailbox, entries(), options);
    }

    private boolean atOptions() {
        int start = cursor.offset();
        boolean options =
                cursor.take('(') && (cursor.takeWord("MAXSIZE") || cursor.takeWord("DEPTH"));
        cursor.seek(start);
        return options;
    }

    /// `getmetadata-options = "(" getmetadata-option *(SP getmetadata-option) ")"`, after the
    /// parenthesis
    private MetadataOptions options() {
        Long maxSize = null;
        MetadataOptions.Depth depth = null;
        do {
            String word = cursor.keyword();
            cursor.space();
            if (word.equals("MAXSIZE") && maxSize == null) {
                maxSize = cursor.number(SequenceRange.MAX);
            } else if (word.equals("DEPTH") && depth == null) {
                depth = depth();
            } else {
                throw cursor.fault("MAXSIZE or DEPTH, once", METADATA_RULE);
            }
        } while (cursor.take(' '));
        cursor.expect(')');
        return new MetadataOptions(maxSize, depth == null ? MetadataOptions.Depth.ENTRY : depth);
    }

    /// `scope-opt = "DEPTH" SP ("0" / "1" / "infinity")`
    private MetadataOptions.Depth depth() {
        String word = cursor.atom().toLowerCase(Locale.ROOT);
        for (MetadataOptions.Depth depth : MetadataOptions.Depth.values()) {
            if (depth.keyword().equals(word)) {
                return depth;
            }
        }
        throw cursor.fault("0, 1 or infinity", METADATA_RULE);
    }

    /// `entries = entry / "(" entry *(SP entry) ")"`
    List<String> entries() {
        List<String> entries = new ArrayList<>();
        if (!cursor.take('(')) {
            entries.add(entry());
            return entries;
        }
        do {
            if (entries.size() == cursor.limits().listItems()) {
                throw cursor.tooMany("entries");
            }
            entries.add(entry());
        } while (cursor.take(' '));
        cursor.expect(')');
        return entries;
    }

    /// `entry = astring ; slash-separated path to entry, MUST NOT contain "*" or "%"`
    String entry() {
        String entry = cursor.text(cursor.astring());
        boolean good =
                entry.length() > 1
                        && entry.charAt(0) == '/'
                        && !entry.endsWith("/")
                        && !entry.contains("//");
        for (int i = 0; good && i < entry.length(); i++) {
            char c = entry.charAt(i);
            good = c >= ' ' && c < 127 && c != '*' && c != '%';
        }
        if (!good) {
            throw cursor.fault("the name of an annotation", "RFC 5464 §3.2");
        }
        return entry;
    }

    /// `setmetadata = "SETMETADATA" SP mailbox SP entry-values`
    private ImapCommand setMetadata() {
        cursor.space();
        MailboxPath mailbox = mailboxOrServer();
        cursor.space();
        return new ImapCommand.SetMetadata(mailbox, entryValues());
    }

    /// `entry-values = "(" entry-value *(SP entry-value) ")"`
    List<MetadataEntry> entryValues() {
        List<MetadataEntry> entries = new ArrayList<>();
        cursor.expect('(');
        do {
            if (entries.size() == cursor.limits().listItems()) {
                throw cursor.tooMany("entries");
            }
            String name = entry();
            cursor.space();
            entries.add(new MetadataEntry(name, value()));
        } while (cursor.take(' '));
        cursor.expect(')');
        return entries;
    }

    /// `value = nstring / literal8`
    private @Nullable Octets value() {
        return cursor.takeWord("NIL") ? null : Octets.copyOf(cursor.stringOrLiteral8());
    }

    /// `setquota = "SETQUOTA" SP quota-root-name SP setquota-list`
    private ImapCommand setQuota() {
        cursor.space();
        String root = cursor.text(cursor.astring());
        cursor.space();
        cursor.expect('(');
        List<ImapCommand.QuotaLimit> limits = new ArrayList<>();
        if (!cursor.take(')')) {
            do {
                if (limits.size() == cursor.limits().listItems()) {
                    throw cursor.fault("fewer resources", QUOTA_RULE);
                }
                String resource = cursor.atom().toUpperCase(Locale.ROOT);
                cursor.space();
                limits.add(new ImapCommand.QuotaLimit(resource, cursor.number(Long.MAX_VALUE)));
            } while (cursor.take(' '));
            cursor.expect(')');
        }
        return new ImapCommand.SetQuota(root, limits);
    }
}
