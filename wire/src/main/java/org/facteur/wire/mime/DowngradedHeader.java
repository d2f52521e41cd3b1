package org.facteur.wire.mime;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.facteur.wire.address.AddressList;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.text.EncodedWords;
import org.facteur.wire.text.HeaderFolding;
import org.facteur.wire.text.MailCharsets;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.SyntaxFault;

/// A header in UTF-8 as programs that do not know such headers can show it (RFC 6858 §2).
///
/// Subjects and names become encoded words. An address that cannot be written is replaced by one
/// that nobody has, with the real one as its name, so that it can be read and no answer goes
/// astray. Other fields with characters beyond ASCII are left out. What is not UTF-8 stays as it
/// is.
public final class DowngradedHeader {
    /// Stands for an address that cannot be written (RFC 6858 §2.1).
    static final String NOBODY = "invalid@internationalized-address.invalid";

    private static final Set<String> ADDRESSES =
            Set.of(
                    "from",
                    "sender",
                    "reply-to",
                    "to",
                    "cc",
                    "bcc",
                    "resent-from",
                    "resent-sender",
                    "resent-to",
                    "resent-cc",
                    "resent-bcc",
                    "resent-reply-to");

    private static final Set<String> TEXTS = Set.of("subject", "comments", "content-description");
    private static final int MOST_FIELDS = 10_000;

    private DowngradedHeader() {}

    /// Whether a letter's first octets show a header that is plain ASCII and whole.
    public static boolean plain(byte[] octets, int length) {
        int line = 0;
        for (int i = 0; i < length; i++) {
            byte octet = octets[i];
            if (octet < 0) {
                return false;
            }
            if (octet == '\n') {
                if (line == 0) {
                    return true;
                }
                line = 0;
            } else if (octet != '\r') {
                line++;
            }
        }
        return false;
    }

    /// @param header with its blank line, or cut where the letter ends
    public static byte[] of(byte[] header) {
        if (MailCharsets.onlyAscii(header, 0, header.length)
                || !MailCharsets.isUtf8(header, 0, header.length)) {
            return header;
        }
        OctetBuffer out = new OctetBuffer(3 * header.length + 1024);
        HeaderBlock block = HeaderBlock.parse(header, MOST_FIELDS);
        for (HeaderField field : block.fields()) {
            if (MailCharsets.onlyAscii(header, field.offset(), field.offset() + field.length())) {
                out.accept(header, field.offset(), field.length());
            } else {
                rewrite(field.name(), block.unfolded(field), out);
            }
        }
        out.appendLatin1("\r\n");
        return out.toOctets().toArray();
    }

    private static void rewrite(String name, byte[] body, OctetBuffer out) {
        String key = name.toLowerCase(Locale.ROOT);
        try {
            if (ADDRESSES.contains(key)) {
                out.appendUtf8(HeaderFolding.fold(name, addresses(body)));
            } else if (TEXTS.contains(key)) {
                out.appendUtf8(
                        HeaderFolding.fold(
                                name,
                                EncodedWords.encode(EncodedWords.decode(body), name.length() + 2)));
            } else if (key.equals("content-type") || key.equals("content-disposition")) {
                out.appendUtf8(HeaderFolding.fold(name, withoutParameters(body)));
            }
        } catch (SyntaxFault odd) {
            // A field that cannot be written is left out.
        }
    }

    private static String addresses(byte[] body) {
        List<HeaderAddress> all = AddressList.decode(body, AddressList.MOST);
        StringBuilder list = new StringBuilder();
        for (HeaderAddress each : all) {
            if (!list.isEmpty()) {
                list.append(", ");
            }
            boolean ascii = each.address().chars().allMatch(c -> c < 0x80);
            String shown = each.displayName();
            String name =
                    ascii
                            ? shown == null ? "" : shown
                            : (shown == null || shown.isBlank() ? "" : shown + " ")
                                    + each.address();
            list.append(name.isBlank() ? "" : phrase(name) + " ");
            list.append('<').append(ascii ? each.address() : NOBODY).append('>');
        }
        return list.toString();
    }

    private static String phrase(String name) {
        String text = EncodedWords.clean(name).strip();
        return EncodedWords.needsEncoding(text)
                ? EncodedWords.encode(text, 10)
                : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /// Parameters in ASCII stay; others were names of files.
    private static String withoutParameters(byte[] body) {
        String text = new String(body, java.nio.charset.StandardCharsets.UTF_8);
        StringBuilder kept = new StringBuilder();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ';' : text.charAt(i);
            if (quoted && c == '\\' && i < text.length()) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if ((c == ';' && !quoted) || i == text.length()) {
                String piece =
                        text.substring(Math.min(from, text.length()), Math.min(i, text.length()))
                                .strip();
                if (piece.chars().allMatch(each -> each < 0x80) && !piece.isEmpty()) {
                    kept.append(kept.isEmpty() ? "" : "; ").append(piece);
                }
                from = i + 1;
            }
        }
        return kept.toString();
    }
}
