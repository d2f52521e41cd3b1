package org.facteur.move.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.facteur.core.mailbox.MailboxName;
import org.facteur.wire.text.ModifiedUtf7;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Names of mailboxes as names of directories.
///
/// Maildir++ writes `.A.B` in modified UTF-7 (RFC 3501 §5.1.3). It has no way to write a dot inside
/// a name; here that is `&AC4-`, which modified UTF-7 would write otherwise.
final class FolderNames {
    private static final String DOT = "&AC4-";
    private static final int LONGEST = 250;

    private FolderNames() {}

    /// The names of a Maildir++ directory, its first dot left off.
    static List<String> ofMaildir(String name) {
        List<String> names = new ArrayList<>();
        int from = 0;
        while (from <= name.length()) {
            int dot = name.indexOf('.', from);
            int end = dot < 0 ? name.length() : dot;
            if (end > from) {
                names.add(decode(name.substring(from, end)));
            }
            from = end + 1;
        }
        return names;
    }

    /// Modified UTF-7, or what is not that as it is: then it is Unicode already.
    static String decode(String name) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int at = name.indexOf(DOT); at >= 0; at = name.indexOf(DOT, from)) {
            pieces.add(decodePiece(name.substring(from, at)));
            from = at + DOT.length();
        }
        pieces.add(decodePiece(name.substring(from)));
        return String.join(".", pieces);
    }

    private static String decodePiece(String piece) {
        try {
            return ModifiedUtf7.decode(piece);
        } catch (SyntaxFault notEncoded) {
            return piece;
        }
    }

    /// The directory of a mailbox in Maildir++; null for one whose name is too long for a file
    /// system.
    static @Nullable String maildir(MailboxName name) {
        StringBuilder directory = new StringBuilder();
        for (String segment : name.segments()) {
            directory.append('.').append(ModifiedUtf7.encode(segment).replace(".", DOT));
        }
        String text = directory.toString();
        return text.getBytes(StandardCharsets.UTF_8).length > LONGEST ? null : text;
    }
}
