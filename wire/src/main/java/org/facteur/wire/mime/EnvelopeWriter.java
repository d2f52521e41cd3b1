package org.facteur.wire.mime;

import java.util.List;
import org.facteur.wire.address.AddressItem;
import org.facteur.wire.address.AddressList;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// Writes IMAP's ENVELOPE (RFC 9051 §7.5.2) from a letter's header.
final class EnvelopeWriter {
    private static final Octets NIL = Octets.ofLatin1("NIL");
    private static final Octets NO_HOST = Octets.EMPTY;

    private EnvelopeWriter() {}

    // envelope = "(" env-date SP env-subject SP env-from SP env-sender SP env-reply-to SP env-to SP
    // env-cc
    //            SP env-bcc SP env-in-reply-to SP env-message-id ")"
    static Octets write(HeaderBlock header) {
        OctetBuffer out = new OctetBuffer(Integer.MAX_VALUE - 16);
        out.append('(');
        ImapStrings.nstring(header.first("Date"), out);
        out.append(' ');
        ImapStrings.nstring(header.first("Subject"), out);
        Octets from = addresses(header, "From");
        Octets sender = addresses(header, "Sender");
        Octets replyTo = addresses(header, "Reply-To");
        out.append(' ');
        out.append(from);
        out.append(' ');
        out.append(sender.equals(NIL) ? from : sender);
        out.append(' ');
        out.append(replyTo.equals(NIL) ? from : replyTo);
        for (String name : List.of("To", "Cc", "Bcc")) {
            out.append(' ');
            out.append(addresses(header, name));
        }
        out.append(' ');
        ImapStrings.nstring(header.first("In-Reply-To"), out);
        out.append(' ');
        ImapStrings.nstring(header.first("Message-ID"), out);
        out.append(')');
        return out.toOctets();
    }

    /// One list: From, Sender and Reply-To of the first such field, the others of all of them.
    private static Octets addresses(HeaderBlock header, String name) {
        OctetBuffer list = new OctetBuffer(Integer.MAX_VALUE - 16);
        boolean many = name.equals("To") || name.equals("Cc") || name.equals("Bcc");
        int left = AddressList.MOST;
        for (byte[] body : header.findAll(name)) {
            for (AddressItem item : AddressList.parse(body, left)) {
                switch (item) {
                    case AddressItem.Mailbox mailbox -> {
                        Octets host = mailbox.host();
                        address(
                                mailbox.name(),
                                mailbox.route(),
                                mailbox.local(),
                                host == null ? NO_HOST : host,
                                list);
                        left--;
                    }
                    case AddressItem.GroupStart start ->
                            address(null, null, start.name(), null, list);
                    case AddressItem.GroupEnd _ -> address(null, null, null, null, list);
                }
            }
            if (!many) {
                break;
            }
        }
        if (list.isEmpty()) {
            return NIL;
        }
        OctetBuffer out = new OctetBuffer(list.size() + 2);
        out.append('(');
        out.append(list.toOctets());
        out.append(')');
        return out.toOctets();
    }

    // address = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"
    private static void address(
            @Nullable Octets name,
            @Nullable Octets route,
            @Nullable Octets local,
            @Nullable Octets host,
            OctetBuffer out) {
        out.append('(');
        ImapStrings.nstring(name, out);
        out.append(' ');
        ImapStrings.nstring(route, out);
        out.append(' ');
        ImapStrings.nstring(local, out);
        out.append(' ');
        ImapStrings.nstring(host, out);
        out.append(')');
    }
}
