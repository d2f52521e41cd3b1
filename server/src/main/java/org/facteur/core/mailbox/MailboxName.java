package org.facteur.core.mailbox;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.facteur.base.fault.Refusal;

/// The full name of a mailbox: its parents' names and its own. Unicode in NFC (RFC 9051 §5.1).
///
/// The inbox is `INBOX` however it is written.
///
/// @param segments 1 to [BoxLimits#DEPTH] names
public record MailboxName(List<String> segments) {
    /// Stands between segments in [#toString] and in IMAP.
    public static final char SEPARATOR = '/';

    public static final MailboxName INBOX = new MailboxName(List.of("INBOX"));

    /// @throws Refusal INVALID for an empty segment, one past 255 octets, a control character or a
    ///   separator inside, or too deep a name
    public MailboxName {
        if (segments.isEmpty() || segments.size() > BoxLimits.DEPTH) {
            throw invalid();
        }
        List<String> clean = new ArrayList<>(segments.size());
        for (String segment : segments) {
            clean.add(clean(segment));
        }
        if (clean.getFirst().toUpperCase(Locale.ROOT).equals("INBOX")) {
            clean.set(0, "INBOX");
        }
        segments = List.copyOf(clean);
    }

    /// Reads a name with separators. One separator at the end is left out (RFC 9051 §6.3.4).
    public static MailboxName parse(String text) {
        String rest =
                text.endsWith(String.valueOf(SEPARATOR))
                        ? text.substring(0, text.length() - 1)
                        : text;
        if (rest.length() > BoxLimits.DEPTH * (BoxLimits.NAME_OCTETS + 1)) {
            throw invalid();
        }
        List<String> segments = new ArrayList<>();
        int from = 0;
        for (int at = rest.indexOf(SEPARATOR); at >= 0; at = rest.indexOf(SEPARATOR, from)) {
            segments.add(rest.substring(from, at));
            from = at + 1;
        }
        segments.add(rest.substring(from));
        return new MailboxName(segments);
    }

    public boolean inbox() {
        return equals(INBOX);
    }

    /// The last segment.
    public String own() {
        return segments.getLast();
    }

    public boolean top() {
        return segments.size() == 1;
    }

    /// The parent's name; a top name has none and this throws.
    public MailboxName parent() {
        return new MailboxName(segments.subList(0, segments.size() - 1));
    }

    public MailboxName child(String segment) {
        List<String> longer = new ArrayList<>(segments);
        longer.add(segment);
        return new MailboxName(longer);
    }

    /// Whether this is another name's child, grandchild and so on.
    public boolean under(MailboxName other) {
        return segments.size() > other.segments.size()
                && segments.subList(0, other.segments.size()).equals(other.segments);
    }

    private static String clean(String segment) {
        Objects.requireNonNull(segment);
        String name = Normalizer.normalize(segment, Normalizer.Form.NFC);
        if (name.isBlank()
                || name.getBytes(StandardCharsets.UTF_8).length > BoxLimits.NAME_OCTETS) {
            throw invalid();
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == SEPARATOR
                    || Character.isISOControl(c)
                    || c == '\u2028'
                    || c == '\u2029'
                    || loneSurrogate(name, i)) {
                throw invalid();
            }
        }
        return name;
    }

    private static boolean loneSurrogate(String name, int at) {
        char c = name.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == name.length() || !Character.isLowSurrogate(name.charAt(at + 1));
        }
        return Character.isLowSurrogate(c)
                && (at == 0 || !Character.isHighSurrogate(name.charAt(at - 1)));
    }

    private static Refusal invalid() {
        return new Refusal(
                Refusal.Reason.INVALID,
                "A mailbox name is 1 to 20 parts of 1 to 255 octets without control characters.",
                "Un nom de dossier compte 1 à 20 parties de 1 à 255 octets, sans caractère de"
                        + " commande.");
    }

    @Override
    public String toString() {
        return String.join(String.valueOf(SEPARATOR), segments);
    }
}
