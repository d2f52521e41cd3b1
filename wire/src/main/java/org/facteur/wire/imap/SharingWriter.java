package org.facteur.wire.imap;

import java.io.IOException;
import java.util.List;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// Writes responses about rights, annotations and limits.
final class SharingWriter {
    private final OutBuffer out;

    SharingWriter(OutBuffer out) {
        this.out = out;
    }

    void write(ImapResponse.OnSharing response) throws IOException {
        switch (response) {
            case ImapResponse.AclData(var mailbox, var entries) -> {
                out.ascii("* ACL ");
                name(mailbox.text());
                for (ImapResponse.AclEntry entry : entries) {
                    out.octet(' ');
                    out.astring(entry.identifier());
                    out.octet(' ');
                    out.astring(entry.rights());
                }
            }
            case ImapResponse.ListRightsData rights -> listRights(rights);
            case ImapResponse.MyRightsData(var mailbox, var rights) -> {
                out.ascii("* MYRIGHTS ");
                name(mailbox.text());
                out.octet(' ');
                out.astring(rights);
            }
            case ImapResponse.MetadataData(var mailbox, var entries) -> metadata(mailbox, entries);
            case ImapResponse.MetadataChanged(var mailbox, var names) -> {
                out.ascii("* METADATA ");
                name(mailbox == null ? "" : mailbox.text());
                for (String each : names) {
                    out.octet(' ');
                    out.astring(each);
                }
            }
            case ImapResponse.QuotaData(var root, var resources) -> quota(root, resources);
            case ImapResponse.QuotaRootData(var mailbox, var roots) -> {
                out.ascii("* QUOTAROOT ");
                name(mailbox.text());
                for (String root : roots) {
                    out.octet(' ');
                    out.astring(root);
                }
            }
        }
    }

    private void name(String name) throws IOException {
        out.mailbox(name);
    }

    private void number(String word, long value) throws IOException {
        out.ascii(word);
        out.number(value);
    }

    /// `listrights-data = "LISTRIGHTS" SP mailbox SP identifier SP rights *(SP rights)`
    private void listRights(ImapResponse.ListRightsData rights) throws IOException {
        out.ascii("* LISTRIGHTS ");
        name(rights.mailbox().text());
        out.octet(' ');
        out.astring(rights.identifier());
        out.octet(' ');
        out.astring(rights.required());
        for (String optional : rights.optional()) {
            out.octet(' ');
            out.astring(optional);
        }
    }

    /// `metadata-resp = "METADATA" SP mailbox SP (entry-values / entry-list)`
    private void metadata(@Nullable MailboxPath mailbox, List<MetadataEntry> entries)
            throws IOException {
        out.ascii("* METADATA ");
        name(mailbox == null ? "" : mailbox.text());
        char before = '(';
        out.octet(' ');
        for (MetadataEntry entry : entries) {
            out.octet(before);
            before = ' ';
            out.astring(entry.name());
            out.octet(' ');
            Octets value = entry.value();
            if (value == null) {
                out.ascii("NIL");
            } else {
                out.value(value);
            }
        }
        out.octet(')');
    }

    private void quota(String root, List<ImapResponse.QuotaResource> resources) throws IOException {
        out.ascii("* QUOTA ");
        out.astring(root);
        out.ascii(" (");
        for (int i = 0; i < resources.size(); i++) {
            if (i > 0) {
                out.octet(' ');
            }
            ImapResponse.QuotaResource resource = resources.get(i);
            out.atom(resource.name());
            number(" ", resource.usage());
            number(" ", resource.limit());
        }
        out.octet(')');
    }
}
