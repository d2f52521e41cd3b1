package org.facteur.wire.report;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.mime.HeaderBlock;
import org.facteur.wire.mime.HeaderText;
import org.facteur.wire.mime.MailDate;
import org.facteur.wire.text.EncodedWords;
import org.facteur.wire.text.HeaderFolding;
import org.facteur.wire.text.MailCharsets;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// The machine form of delivery reports: the body of message/delivery-status (RFC 3464 §2.1) and of
/// message/global-delivery-status (RFC 6533 §4).
public final class DeliveryReportFormat {
    private static final String RULE = "RFC 3464 §2.1";
    private static final int LONGEST_GROUP = 64 * 1024;
    private static final int MOST_FIELDS = 100;

    private DeliveryReportFormat() {}

    // delivery-status-content = per-message-fields 1*( CRLF per-recipient-fields )
    /// Writes it, CRLF at every line's end.
    public static Octets write(DeliveryReport report) {
        OctetBuffer out = new OctetBuffer(Integer.MAX_VALUE - 16);
        text("Original-Envelope-Id", "", report.envelopeId(), out);
        text("Reporting-MTA", "dns; ", report.reportingMta(), out);
        date("Arrival-Date", report.arrival(), out);
        for (RecipientReport recipient : report.recipients()) {
            out.appendLatin1("\r\n");
            address("Original-Recipient", recipient.original(), out);
            address("Final-Recipient", recipient.recipient(), out);
            field("Action", recipient.outcome().action().keyword(), out);
            field("Status", recipient.outcome().status().toString(), out);
            text("Remote-MTA", "dns; ", recipient.remoteMta(), out);
            text("Diagnostic-Code", "smtp; ", recipient.diagnostic(), out);
            date("Last-Attempt-Date", recipient.lastAttempt(), out);
            date("Will-Retry-Until", recipient.willRetryUntil(), out);
        }
        return out.toOctets();
    }

    private static void address(String name, @Nullable EmailAddress address, OctetBuffer out) {
        if (address != null) {
            field(name, (address.isInternational() ? "utf-8; " : "rfc822; ") + address, out);
        }
    }

    private static void text(String name, String type, @Nullable HeaderText text, OctetBuffer out) {
        if (text != null && !text.value().isBlank()) {
            field(name, type + text.value().strip(), out);
        }
    }

    private static void date(String name, @Nullable OffsetDateTime date, OctetBuffer out) {
        if (date != null) {
            field(name, MailDate.format(date), out);
        }
    }

    private static void field(String name, String value, OctetBuffer out) {
        out.appendUtf8(HeaderFolding.fold(name, value));
    }

    /// Reads what any mail system wrote. Recipients whose address, action or status is not usable
    /// are left out; unknown fields are skipped.
    ///
    /// @param body decoded body of the status part, lines ended by CRLF or LF
    /// @throws SyntaxFault when no recipient is left
    public static DeliveryReport read(byte[] body) {
        List<HeaderBlock> groups = groups(body);
        HeaderText reporting = new HeaderText("unknown");
        HeaderText envelopeId = null;
        OffsetDateTime arrival = null;
        List<RecipientReport> recipients = new ArrayList<>();
        for (HeaderBlock group : groups) {
            HeaderText mta = typed(group, "Reporting-MTA");
            if (mta != null) {
                reporting = mta;
                envelopeId = plain(group, "Original-Envelope-Id");
                arrival = readDate(group, "Arrival-Date");
            }
            RecipientReport recipient = recipient(group);
            if (recipient != null && recipients.size() < DeliveryReport.MOST_RECIPIENTS) {
                recipients.add(recipient);
            }
        }
        if (recipients.isEmpty()) {
            throw SyntaxFault.at(0, "a recipient", RULE);
        }
        return new DeliveryReport(envelopeId, reporting, arrival, recipients);
    }

    private static List<HeaderBlock> groups(byte[] body) {
        List<HeaderBlock> groups = new ArrayList<>();
        int start = 0;
        int line = 0;
        for (int i = 0; i <= body.length && groups.size() <= DeliveryReport.MOST_RECIPIENTS; i++) {
            if (i < body.length && body[i] != '\n') {
                continue;
            }
            boolean blank = i == line || (i == line + 1 && body[line] == '\r');
            if (blank || i == body.length) {
                int end = Math.min(blank ? line : body.length, start + LONGEST_GROUP);
                if (end > start) {
                    groups.add(
                            HeaderBlock.parse(Arrays.copyOfRange(body, start, end), MOST_FIELDS));
                }
                start = i + 1;
            }
            line = i + 1;
        }
        return groups;
    }

    private static @Nullable RecipientReport recipient(HeaderBlock group) {
        EmailAddress address = readAddress(group, "Final-Recipient");
        EmailAddress original = readAddress(group, "Original-Recipient");
        EmailAddress recipient = address == null ? original : address;
        HeaderText action = plain(group, "Action");
        HeaderText status = plain(group, "Status");
        if (recipient == null || action == null || status == null) {
            return null;
        }
        try {
            DeliveryOutcome outcome =
                    new DeliveryOutcome(
                            DeliveryAction.parse(firstWord(action.value())),
                            EnhancedStatus.parse(firstWord(status.value())));
            return new RecipientReport(
                    recipient,
                    original,
                    outcome,
                    typed(group, "Remote-MTA"),
                    typed(group, "Diagnostic-Code"),
                    readDate(group, "Last-Attempt-Date"),
                    readDate(group, "Will-Retry-Until"));
        } catch (SyntaxFault _) {
            return null;
        }
    }

    private static String firstWord(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != ' ' && text.charAt(end) != '(') {
            end++;
        }
        return text.substring(0, end);
    }

    // address-type ";" generic-address
    private static @Nullable EmailAddress readAddress(HeaderBlock group, String name) {
        HeaderText text = typed(group, name);
        if (text == null) {
            return null;
        }
        String address = text.value();
        if (address.startsWith("<") && address.endsWith(">")) {
            address = address.substring(1, address.length() - 1);
        }
        try {
            return EmailAddress.parse(address);
        } catch (SyntaxFault _) {
            return null;
        }
    }

    /// A value behind its type and semicolon; the whole where there is none.
    private static @Nullable HeaderText typed(HeaderBlock group, String name) {
        HeaderText text = plain(group, name);
        int semicolon = text == null ? -1 : text.value().indexOf(';');
        return text == null || semicolon < 0
                ? text
                : new HeaderText(text.value().substring(semicolon + 1).strip());
    }

    private static @Nullable HeaderText plain(HeaderBlock group, String name) {
        byte @Nullable [] value = group.find(name).orElse(null);
        if (value == null || value.length == 0) {
            return null;
        }
        String text = EncodedWords.clean(MailCharsets.decodeUndeclared(value, 0, value.length));
        return new HeaderText(text.substring(0, Math.min(text.length(), 2000)).strip());
    }

    private static @Nullable OffsetDateTime readDate(HeaderBlock group, String name) {
        return group.find(name)
                .map(value -> MailDate.parse(new String(value, StandardCharsets.ISO_8859_1)))
                .orElse(null);
    }
}
