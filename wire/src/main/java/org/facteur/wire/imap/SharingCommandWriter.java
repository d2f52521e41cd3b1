package org.facteur.wire.imap;

import java.io.IOException;
import java.util.List;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// Writes the commands about rights, annotations and limits.
final class SharingCommandWriter {
    private final CommandText text;
    private final OutBuffer out;

    SharingCommandWriter(CommandText text, OutBuffer out) {
        this.text = text;
        this.out = out;
    }

    void write(ImapCommand.OnSharing command) throws IOException {
        switch (command) {
            case ImapCommand.GetAcl(var mailbox) -> named("GETACL ", mailbox);
            case ImapCommand.SetAcl(var mailbox, var identifier, var change) -> {
                about("SETACL ", mailbox, identifier);
                String sign =
                        switch (change.mode()) {
                            case REPLACE -> "";
                            case ADD -> "+";
                            case REMOVE -> "-";
                        };
                out.octet(' ');
                text.astring(sign + change.letters());
            }
            case ImapCommand.DeleteAcl(var mailbox, var identifier) ->
                    about("DELETEACL ", mailbox, identifier);
            case ImapCommand.ListRights(var mailbox, var identifier) ->
                    about("LISTRIGHTS ", mailbox, identifier);
            case ImapCommand.MyRights(var mailbox) -> named("MYRIGHTS ", mailbox);
            case ImapCommand.GetMetadata(var mailbox, var entries, var options) -> {
                out.ascii("GETMETADATA ");
                options(options);
                text.name(mailbox == null ? "" : mailbox.text());
                out.octet(' ');
                names(entries);
            }
            case ImapCommand.SetMetadata(var mailbox, var entries) -> {
                out.ascii("SETMETADATA ");
                text.name(mailbox == null ? "" : mailbox.text());
                String before = " (";
                for (MetadataEntry entry : entries) {
                    out.ascii(before);
                    before = " ";
                    text.astring(entry.name());
                    out.octet(' ');
                    value(entry.value());
                }
                out.octet(')');
            }
        }
    }

    private void named(String word, MailboxPath mailbox) throws IOException {
        out.ascii(word);
        text.name(mailbox.text());
    }

    private void about(String word, MailboxPath mailbox, String identifier) throws IOException {
        named(word, mailbox);
        out.octet(' ');
        text.astring(identifier);
    }

    private void options(MetadataOptions options) throws IOException {
        if (options.equals(MetadataOptions.NONE)) {
            return;
        }
        Long maxSize = options.maxSize();
        out.octet('(');
        if (maxSize != null) {
            out.ascii("MAXSIZE ");
            out.number(maxSize);
            out.octet(' ');
        }
        out.ascii("DEPTH ");
        out.ascii(options.depth().keyword());
        out.ascii(") ");
    }

    /// `entries`
    void names(List<String> entries) throws IOException {
        for (int i = 0; i < entries.size(); i++) {
            out.octet(i == 0 ? '(' : ' ');
            text.astring(entries.get(i));
        }
        out.octet(')');
    }

    private void value(@Nullable Octets value) throws IOException {
        if (value == null) {
            out.ascii("NIL");
            return;
        }
        out.ascii("~{");
        text.literal(value);
    }

    void setQuota(ImapCommand.SetQuota quota) throws IOException {
        out.ascii("SETQUOTA ");
        text.astring(quota.root());
        String before = " (";
        for (ImapCommand.QuotaLimit limit : quota.limits()) {
            out.ascii(before);
            before = " ";
            out.atom(limit.resource());
            out.octet(' ');
            out.number(limit.limit());
        }
        out.ascii(quota.limits().isEmpty() ? " ()" : ")");
    }
}
