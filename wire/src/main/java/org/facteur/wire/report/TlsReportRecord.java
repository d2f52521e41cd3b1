package org.facteur.wire.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.text.SyntaxFault;

/// What a domain's `_smtp._tls` TXT record says: where reports go (RFC 8460 §3).
///
/// @param mails addresses, at most 10 places in all
/// @param posts `https:` places
public record TlsReportRecord(List<EmailAddress> mails, List<String> posts) {
    private static final int LONGEST = 2048;
    private static final int MOST = 10;

    public TlsReportRecord {
        mails = List.copyOf(mails);
        posts = List.copyOf(posts);
    }

    // tlsrpt-record = tlsrpt-version 1*(field-delim tlsrpt-field) [field-delim]
    // tlsrpt-rua = "rua=" tlsrpt-uri *(*WSP "," *WSP tlsrpt-uri)
    /// Reads the TXT records found at the name, strings joined. Of several that could be meant none
    /// counts. Empty where no place is named that we can reach.
    public static Optional<TlsReportRecord> find(List<String> texts) {
        List<String> meant =
                texts.stream()
                        .filter(text -> text.length() <= LONGEST)
                        .filter(text -> text.startsWith("v=TLSRPTv1;"))
                        .toList();
        if (meant.size() != 1) {
            return Optional.empty();
        }
        List<EmailAddress> mails = new ArrayList<>();
        List<String> posts = new ArrayList<>();
        for (String field : split(meant.getFirst(), ';')) {
            if (field.startsWith("rua=")) {
                for (String place : split(field.substring(4), ',')) {
                    if (mails.size() + posts.size() < MOST) {
                        place(place, mails, posts);
                    }
                }
            }
        }
        return mails.isEmpty() && posts.isEmpty()
                ? Optional.empty()
                : Optional.of(new TlsReportRecord(mails, posts));
    }

    private static void place(String place, List<EmailAddress> mails, List<String> posts) {
        String lower = place.toLowerCase(Locale.ROOT);
        if (lower.startsWith("https://")) {
            posts.add(place);
        } else if (lower.startsWith("mailto:")) {
            int query = place.indexOf('?');
            try {
                mails.add(
                        EmailAddress.parse(
                                decoded(place.substring(7, query < 0 ? place.length() : query))));
            } catch (SyntaxFault odd) {
                // A place that is none.
            }
        }
    }

    /// Percent signs with two digits become the octet they stand for, where that is ASCII.
    private static String decoded(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' && i + 2 < text.length()) {
                int high = Character.digit(text.charAt(i + 1), 16);
                int low = Character.digit(text.charAt(i + 2), 16);
                if (high >= 0 && low >= 0 && high < 8) {
                    plain.append((char) (high * 16 + low));
                    i += 2;
                    continue;
                }
            }
            plain.append(c);
        }
        return plain.toString();
    }

    private static List<String> split(String text, char delimiter) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (from <= text.length()) {
            int end = text.indexOf(delimiter, from);
            int stop = end < 0 ? text.length() : end;
            pieces.add(text.substring(from, stop).strip());
            from = stop + 1;
        }
        return pieces;
    }
}
