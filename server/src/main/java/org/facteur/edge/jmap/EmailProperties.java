package org.facteur.edge.jmap;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.facteur.wire.jmap.HeaderProperty;

/// The properties of an Email (RFC 8621 §4.1).
final class EmailProperties {
    /// What depends on where a letter lies, and not on what it says.
    static final Set<String> OF_PLACE =
            Set.of("id", "threadId", "mailboxIds", "keywords", "receivedAt");

    /// Properties that are header fields in a form.
    static final Map<String, String> HEADERS =
            Map.ofEntries(
                    Map.entry("messageId", "header:Message-ID:asMessageIds"),
                    Map.entry("inReplyTo", "header:In-Reply-To:asMessageIds"),
                    Map.entry("references", "header:References:asMessageIds"),
                    Map.entry("sender", "header:Sender:asAddresses"),
                    Map.entry("from", "header:From:asAddresses"),
                    Map.entry("to", "header:To:asAddresses"),
                    Map.entry("cc", "header:Cc:asAddresses"),
                    Map.entry("bcc", "header:Bcc:asAddresses"),
                    Map.entry("replyTo", "header:Reply-To:asAddresses"),
                    Map.entry("subject", "header:Subject:asText"),
                    Map.entry("sentAt", "header:Date:asDate"));

    static final Set<String> STANDARD = Shapes.EMAIL.names();

    /// What Email/parse gives where nobody names properties (RFC 8621 §4.9).
    static final Set<String> PARSED =
            new LinkedHashSet<>(
                    List.of(
                            "messageId",
                            "inReplyTo",
                            "references",
                            "sender",
                            "from",
                            "to",
                            "cc",
                            "bcc",
                            "replyTo",
                            "subject",
                            "sentAt",
                            "hasAttachment",
                            "preview",
                            "bodyValues",
                            "textBody",
                            "htmlBody",
                            "attachments"));

    private EmailProperties() {}

    static boolean known(String property) {
        return STANDARD.contains(property)
                || property.equals("headers")
                || property.equals("bodyStructure")
                || HeaderProperty.parse(property).isPresent();
    }
}
