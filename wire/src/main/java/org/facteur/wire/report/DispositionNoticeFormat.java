package org.facteur.wire.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.facteur.wire.mime.HeaderBlock;
import org.facteur.wire.mime.HeaderField;
import org.facteur.wire.mime.HeaderText;
import org.facteur.wire.text.EncodedWords;
import org.facteur.wire.text.HeaderFolding;
import org.facteur.wire.text.MailCharsets;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// The machine form of disposition notices: the body of message/disposition-notification (RFC 8098
/// §3.1).
public final class DispositionNoticeFormat {
    private static final int LONGEST = 64 * 1024;
    private static final int MOST_FIELDS = 100;
    private static final int LONGEST_VALUE = 2000;
    private static final Set<String> KNOWN =
            Set.of(
                    "reporting-ua",
                    "mdn-gateway",
                    "original-recipient",
                    "final-recipient",
                    "original-message-id",
                    "disposition",
                    "error");

    private DispositionNoticeFormat() {}

    // disposition-notification-content = [ reporting-ua-field CRLF ] [ mdn-gateway-field CRLF ]
    //   [ original-recipient-field CRLF ] final-recipient-field CRLF
    //   [ original-message-id-field CRLF ] disposition-field CRLF *( error-field CRLF )
    //   *( extension-field CRLF )
    /// Writes it, CRLF at every line's end.
    public static Octets write(DispositionNotice notice) {
        OctetBuffer out = new OctetBuffer(1 << 20);
        DispositionNotice.Details details = notice.details();
        field("Reporting-UA", details.reportingUa(), out);
        field("MDN-Gateway", details.gateway(), out);
        field("Original-Recipient", notice.originalRecipient(), out);
        field("Final-Recipient", notice.finalRecipient(), out);
        field("Original-Message-ID", notice.originalMessageId(), out);
        field("Disposition", new HeaderText(notice.disposition().toString()), out);
        details.errors().forEach(each -> field("Error", each, out));
        details.extensions().forEach((name, value) -> field(name, value, out));
        return out.toOctets();
    }

    private static void field(String name, @Nullable HeaderText value, OctetBuffer out) {
        if (value != null && !value.value().isBlank()) {
            out.appendUtf8(HeaderFolding.fold(name, value.value().strip()));
        }
    }

    /// Reads what any program wrote.
    ///
    /// @param body decoded
    /// @throws SyntaxFault without a final recipient or a disposition, or above 64 kB
    public static DispositionNotice read(byte[] body) {
        if (body.length > LONGEST) {
            throw new SyntaxFault(LONGEST, "the end of the notice", null);
        }
        HeaderBlock block = HeaderBlock.parse(body, MOST_FIELDS);
        HeaderText recipient = value(block, "Final-Recipient");
        HeaderText disposition = value(block, "Disposition");
        if (recipient == null || disposition == null) {
            throw SyntaxFault.at(0, "Final-Recipient and Disposition", "RFC 8098 §3.1");
        }
        List<HeaderText> errors = new ArrayList<>();
        for (byte[] each : block.findAll("Error")) {
            HeaderText text = text(each);
            if (text != null) {
                errors.add(text);
            }
        }
        return new DispositionNotice(
                recipient,
                value(block, "Original-Recipient"),
                value(block, "Original-Message-ID"),
                Disposition.parse(disposition.value()),
                new DispositionNotice.Details(
                        value(block, "Reporting-UA"),
                        value(block, "MDN-Gateway"),
                        errors,
                        extensions(block)));
    }

    private static Map<String, HeaderText> extensions(HeaderBlock block) {
        Map<String, HeaderText> extensions = new LinkedHashMap<>();
        for (HeaderField field : block.fields()) {
            String name = field.name().strip();
            HeaderText text =
                    KNOWN.contains(name.toLowerCase(Locale.ROOT)) || name.length() > 76
                            ? null
                            : text(block.unfolded(field));
            if (text != null
                    && !name.isEmpty()
                    && name.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                extensions.putIfAbsent(name, text);
            }
        }
        return extensions;
    }

    private static @Nullable HeaderText value(HeaderBlock block, String name) {
        return block.find(name).map(DispositionNoticeFormat::text).orElse(null);
    }

    private static @Nullable HeaderText text(byte[] value) {
        String text = EncodedWords.clean(MailCharsets.decodeUndeclared(value, 0, value.length));
        String plain = text.substring(0, Math.min(text.length(), LONGEST_VALUE)).strip();
        if (plain.isEmpty()) {
            return null;
        }
        try {
            return new HeaderText(plain);
        } catch (SyntaxFault _) {
            return null;
        }
    }
}
