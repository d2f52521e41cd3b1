package org.facteur.move.file;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.Keyword;
import org.facteur.wire.mime.HeaderBlock;
import org.facteur.wire.mime.MailDate;
import org.jspecify.annotations.Nullable;

/// What the header of a letter from a file says of flags and dates.
final class HeaderHints {
    private static final int FIELDS = 1000;
    private static final int KEYWORDS = 30;
    private static final int MOZILLA_READ = 0x0001;
    private static final int MOZILLA_REPLIED = 0x0002;
    private static final int MOZILLA_MARKED = 0x0004;
    private static final int MOZILLA_EXPUNGED = 0x0008;
    private static final int MOZILLA_FORWARDED = 0x1000;

    private final HeaderBlock header;

    /// @param start the letter's first octets
    HeaderHints(byte[] start) {
        header = HeaderBlock.parse(start, FIELDS);
    }

    /// Flags as mbox programs keep them in fields.
    Set<Keyword> keywords() {
        Set<Keyword> keywords = new LinkedHashSet<>();
        String status = text("Status") + text("X-Status");
        add(keywords, status.indexOf('R') >= 0, Keyword.SEEN);
        add(keywords, status.indexOf('A') >= 0, Keyword.ANSWERED);
        add(keywords, status.indexOf('F') >= 0, Keyword.FLAGGED);
        add(keywords, status.indexOf('D') >= 0, Keyword.DELETED);
        add(keywords, status.indexOf('T') >= 0, Keyword.DRAFT);
        int mozilla = mozilla();
        add(keywords, (mozilla & MOZILLA_READ) != 0, Keyword.SEEN);
        add(keywords, (mozilla & MOZILLA_REPLIED) != 0, Keyword.ANSWERED);
        add(keywords, (mozilla & MOZILLA_MARKED) != 0, Keyword.FLAGGED);
        add(keywords, (mozilla & MOZILLA_FORWARDED) != 0, Keyword.FORWARDED);
        addNamed(keywords, text("X-Keywords"), ' ');
        header.find("X-Gmail-Labels").ifPresent(field -> gmail(keywords, text("X-Gmail-Labels")));
        return keywords;
    }

    /// Whether Thunderbird's owner had deleted it, and only the file had not been compacted.
    boolean expunged() {
        return (mozilla() & MOZILLA_EXPUNGED) != 0;
    }

    private int mozilla() {
        String hex = text("X-Mozilla-Status").strip();
        if (hex.isEmpty() || hex.length() > 4) {
            return 0;
        }
        try {
            return Integer.parseUnsignedInt(hex, 16);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    /// Labels are mailboxes to Gmail; only those that are flags are looked at.
    private static void gmail(Set<Keyword> keywords, String labels) {
        List<String> names =
                List.of(labels.split(",", -1)).stream()
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .toList();
        add(keywords, !names.contains("unread"), Keyword.SEEN);
        add(keywords, names.contains("starred"), Keyword.FLAGGED);
        add(keywords, names.contains("drafts") || names.contains("draft"), Keyword.DRAFT);
    }

    private static void addNamed(Set<Keyword> keywords, String names, char separator) {
        int from = 0;
        int left = KEYWORDS;
        while (from < names.length() && left-- > 0) {
            int end = names.indexOf(separator, from);
            end = end < 0 ? names.length() : end;
            String name = names.substring(from, end).strip();
            if (!name.isEmpty()) {
                named(name).ifPresent(keywords::add);
            }
            from = end + 1;
        }
    }

    private static Optional<Keyword> named(String name) {
        try {
            return Optional.of(new Keyword(name));
        } catch (Refusal notOne) {
            return Optional.empty();
        }
    }

    private static void add(Set<Keyword> keywords, boolean condition, Keyword keyword) {
        if (condition) {
            keywords.add(keyword);
        }
    }

    /// When it arrived by its newest Received field, else when it was written; null when neither
    /// can be told.
    @Nullable Instant date() {
        String received = text("Received");
        int semicolon = received.lastIndexOf(';');
        OffsetDateTime date =
                semicolon < 0 ? null : MailDate.parse(received.substring(semicolon + 1));
        if (date == null) {
            date = MailDate.parse(text("Date"));
        }
        return date == null ? null : date.toInstant();
    }

    private String text(String name) {
        return header.find(name)
                .map(octets -> new String(octets, StandardCharsets.ISO_8859_1))
                .orElse("");
    }
}
