package org.facteur.core.mailbox;

import java.util.Locale;
import java.util.Objects;
import org.facteur.base.fault.Refusal;

/// A note somebody made about a mailbox or the account (RFC 5464 §3).
///
/// @param shared whether everybody who sees the mailbox sees it, else only who made it
/// @param name lower case; begins with a slash, for instance `/comment`
/// @param value 0 to [BoxLimits#ANNOTATION_OCTETS] octets; belongs to the record
@SuppressWarnings("ArrayRecordComponent")
public record Annotation(boolean shared, String name, byte[] value) {
    /// @throws Refusal TOO_LARGE, INVALID for a name that is none
    public Annotation {
        Objects.requireNonNull(value);
        name = checkedName(name);
        checkSize(value);
    }

    static void checkSize(byte[] value) {
        if (value.length > BoxLimits.ANNOTATION_OCTETS) {
            throw new Refusal(
                    Refusal.Reason.TOO_LARGE,
                    "A note has at most " + BoxLimits.ANNOTATION_OCTETS + " octets.",
                    "Une note compte au plus " + BoxLimits.ANNOTATION_OCTETS + " octets.");
        }
    }

    /// The name as it is kept.
    ///
    /// @throws Refusal INVALID for what is no name: without a slash at its begin, with one at its
    ///   end, with two side by side, with wildcards, blanks or other than ASCII (RFC 5464 §3.2)
    static String checkedName(String name) {
        boolean good =
                name.length() > 1
                        && name.length() <= BoxLimits.ANNOTATION_NAME_OCTETS
                        && name.charAt(0) == '/'
                        && !name.endsWith("/")
                        && !name.contains("//");
        for (int i = 0; good && i < name.length(); i++) {
            char c = name.charAt(i);
            good = c > ' ' && c < 127 && c != '*' && c != '%';
        }
        if (!good) {
            throw new Refusal(
                    Refusal.Reason.INVALID,
                    "That is no name of a note.",
                    "Ce n'est pas un nom de note.");
        }
        return name.toLowerCase(Locale.ROOT);
    }
}
