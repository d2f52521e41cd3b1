package org.facteur.wire.imap;

import java.util.List;
import java.util.Locale;

/// A mark on a letter: a system flag such as `\Seen`, or a keyword such as `$Forwarded`.
///
/// Two flags that differ in case only are equal (RFC 9051 §2.3.2 for system flags, RFC 5788 §2 for
/// keywords). The first spelling is kept; system flags are always spelled as in the standard.
///
/// @param name an atom, with a backslash before it for a system flag; or `\*` in PERMANENTFLAGS
public record Flag(String name) {
    // First of all: the constants below are spelled with it.
    private static final List<String> SYSTEM =
            List.of("\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft", "\\Recent");

    public static final Flag ANSWERED = new Flag("\\Answered");
    public static final Flag FLAGGED = new Flag("\\Flagged");
    public static final Flag DELETED = new Flag("\\Deleted");
    public static final Flag SEEN = new Flag("\\Seen");
    public static final Flag DRAFT = new Flag("\\Draft");

    /// Set by the server for the first session that sees a letter; gone in IMAP4rev2 (RFC 3501
    /// §2.3.2).
    public static final Flag RECENT = new Flag("\\Recent");

    /// In PERMANENTFLAGS: the client may make up new keywords (RFC 9051 §7.1).
    public static final Flag ANY = new Flag("\\*");

    public Flag {
        if (!name.equals("\\*")) {
            int start = name.startsWith("\\") ? 1 : 0;
            if (start == name.length()) {
                throw new IllegalArgumentException("a flag has a name");
            }
            for (int i = start; i < name.length(); i++) {
                char c = name.charAt(i);
                if (c >= 128 || !Grammar.isAtomChar((byte) c)) {
                    throw new IllegalArgumentException("a flag is an atom");
                }
            }
            if (start == 1) {
                name = spelled(name);
            }
        }
    }

    private static String spelled(String name) {
        for (String known : SYSTEM) {
            if (known.equalsIgnoreCase(name)) {
                return known;
            }
        }
        return name;
    }

    /// Whether the name begins with a backslash.
    public boolean isSystem() {
        return name.charAt(0) == '\\';
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Flag that && name.equalsIgnoreCase(that.name);
    }

    @Override
    public int hashCode() {
        return name.toLowerCase(Locale.ROOT).hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
