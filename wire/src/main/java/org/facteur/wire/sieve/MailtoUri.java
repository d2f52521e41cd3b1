package org.facteur.wire.sieve;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.text.MailCharsets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// A `mailto:` address with what it asks for (RFC 6068), as notices use it (RFC 5436 §2.2).
///
/// @param to 1 to 10 receivers
/// @param fields names lower case
public record MailtoUri(List<EmailAddress> to, Map<String, String> fields) {
    private static final int MOST = 10;
    private static final int LONGEST = 4_000;

    public MailtoUri {
        to = List.copyOf(to);
        fields = Map.copyOf(fields);
    }

    // mailtoURI = "mailto:" [ to ] [ hfields ]
    /// Null for anything else, and for one that names nobody or too many.
    public static @Nullable MailtoUri parse(String uri) {
        if (uri.length() > LONGEST || !uri.regionMatches(true, 0, "mailto:", 0, 7)) {
            return null;
        }
        int question = uri.indexOf('?');
        List<EmailAddress> to = new ArrayList<>();
        Map<String, String> fields = new TreeMap<>();
        try {
            addresses(uri.substring(7, question < 0 ? uri.length() : question), to);
            int at = question < 0 ? uri.length() : question + 1;
            while (at < uri.length()) {
                int end = uri.indexOf('&', at);
                int stop = end < 0 ? uri.length() : end;
                int sign = uri.indexOf('=', at);
                if (sign < 0 || sign > stop) {
                    return null;
                }
                String name = decode(uri.substring(at, sign)).toLowerCase(Locale.ROOT);
                String value = decode(uri.substring(sign + 1, stop));
                if (name.equals("to")) {
                    addresses(uri.substring(sign + 1, stop), to);
                } else {
                    fields.put(name, value);
                }
                at = stop + 1;
            }
        } catch (SyntaxFault _) {
            return null;
        }
        return to.isEmpty() || to.size() > MOST ? null : new MailtoUri(to, fields);
    }

    // to = addr-spec *("," addr-spec)
    private static void addresses(String text, List<EmailAddress> to) {
        int at = 0;
        while (at < text.length() && to.size() <= MOST) {
            int comma = text.indexOf(',', at);
            int stop = comma < 0 ? text.length() : comma;
            to.add(EmailAddress.parse(decode(text.substring(at, stop)).strip()));
            at = stop + 1;
        }
    }

    // pct-encoded = "%" HEXDIG HEXDIG
    private static String decode(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '%') {
                int high = i + 2 < octets.length ? Character.digit(octets[i + 1], 16) : -1;
                int low = i + 2 < octets.length ? Character.digit(octets[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw SyntaxFault.at(i, "two hexadecimal digits", "RFC 6068 §2");
                }
                out.write(high * 16 + low);
                i += 2;
            } else {
                out.write(octets[i]);
            }
        }
        byte[] decoded = out.toByteArray();
        if (!MailCharsets.isUtf8(decoded, 0, decoded.length)) {
            throw SyntaxFault.at(0, "UTF-8", "RFC 6068 §2");
        }
        return new String(decoded, StandardCharsets.UTF_8);
    }
}
