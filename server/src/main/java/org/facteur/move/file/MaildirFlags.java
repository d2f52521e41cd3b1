package org.facteur.move.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.Keyword;
import org.jspecify.annotations.Nullable;

/// The letters behind `:2,` in a Maildir's file names, and what Dovecot's `dovecot-keywords` makes
/// of the small ones.
///
/// @param own keywords of `a` to `z`, in that order
record MaildirFlags(List<Keyword> own) {
    /// The file that names the small letters.
    static final String FILE = "dovecot-keywords";

    static final MaildirFlags NONE = new MaildirFlags(List.of());

    /// The most keywords of its own a Maildir folder can name.
    static final int OWN_LIMIT = 26;

    private static final int FILE_LIMIT = 64 * 1024;
    private static final String INFO = ":2,";
    private static final Map<Character, Keyword> STANDARD =
            new TreeMap<>(
                    Map.of(
                            'D', Keyword.DRAFT,
                            'F', Keyword.FLAGGED,
                            'P', Keyword.FORWARDED,
                            'R', Keyword.ANSWERED,
                            'S', Keyword.SEEN,
                            'T', Keyword.DELETED));

    MaildirFlags {
        own = List.copyOf(own);
    }

    /// Reads `dovecot-keywords` where there is one: a number and a keyword per line.
    static MaildirFlags read(Path maildir) {
        Path file = maildir.resolve(FILE);
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || Files.size(file) > FILE_LIMIT) {
                return NONE;
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            List<Keyword> own = new ArrayList<>();
            text.lines()
                    .limit(OWN_LIMIT)
                    .forEach(
                            line ->
                                    keyword(line)
                                            .ifPresentOrElse(
                                                    own::add,
                                                    () ->
                                                            own.add(
                                                                    new Keyword(
                                                                            "unnamed-"
                                                                                    + own
                                                                                            .size()))));
            return new MaildirFlags(own);
        } catch (IOException unreadable) {
            return NONE;
        }
    }

    private static java.util.Optional<Keyword> keyword(String line) {
        int blank = line.indexOf(' ');
        try {
            return java.util.Optional.of(new Keyword(line.substring(blank + 1).strip()));
        } catch (Refusal notOne) {
            return java.util.Optional.empty();
        }
    }

    /// The flags of a file.
    Set<Keyword> keywords(String fileName) {
        Set<Keyword> keywords = new LinkedHashSet<>();
        int info = fileName.indexOf(INFO);
        for (int i = info < 0 ? fileName.length() : info + 3; i < fileName.length(); i++) {
            char c = fileName.charAt(i);
            Keyword standard = STANDARD.get(c);
            if (standard != null) {
                keywords.add(standard);
            } else if (c >= 'a' && c - 'a' < own.size()) {
                keywords.add(own.get(c - 'a'));
            }
        }
        return keywords;
    }

    /// When a file came: the seconds its name begins with.
    static @Nullable Instant received(String fileName) {
        int dot = fileName.indexOf('.');
        if (dot < 1 || dot > 11) {
            return null;
        }
        long seconds = 0;
        for (int i = 0; i < dot; i++) {
            char c = fileName.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            seconds = seconds * 10 + c - '0';
        }
        try {
            return Instant.ofEpochSecond(seconds);
        } catch (DateTimeException _) {
            return null;
        }
    }

    /// The flags of a mailbox that is to be written.
    ///
    /// @param used all keywords it has; those past [#OWN_LIMIT] are left out
    static MaildirFlags of(Collection<Keyword> used) {
        List<Keyword> own = new ArrayList<>(used);
        own.removeAll(STANDARD.values());
        return new MaildirFlags(own.subList(0, Math.min(own.size(), OWN_LIMIT)));
    }

    /// Whether all these can be written.
    boolean holds(Collection<Keyword> keywords) {
        return keywords.stream()
                .allMatch(keyword -> STANDARD.containsValue(keyword) || own.contains(keyword));
    }

    /// What goes behind a file's name: in order of the alphabet, capitals first.
    String info(Collection<Keyword> keywords) {
        TreeSet<Character> letters = new TreeSet<>();
        STANDARD.forEach(
                (letter, keyword) -> {
                    if (keywords.contains(keyword)) {
                        letters.add(letter);
                    }
                });
        for (Keyword keyword : keywords) {
            int at = own.indexOf(keyword);
            if (at >= 0) {
                letters.add((char) ('a' + at));
            }
        }
        StringBuilder info = new StringBuilder(INFO);
        letters.forEach(info::append);
        return info.toString();
    }

    /// Writes `dovecot-keywords` when there is anything to name.
    void write(Path maildir) throws IOException {
        if (own.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < own.size(); i++) {
            text.append(i).append(' ').append(own.get(i)).append('\n');
        }
        Files.writeString(maildir.resolve(FILE), text);
    }
}
