package org.facteur.wire.mime;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Message ids in Message-ID, In-Reply-To and References (RFC 5322 §3.6.4).
public final class MessageIds {
    private static final int LONGEST = 998;

    private MessageIds() {}

    // msg-id = [CFWS] "<" id-left "@" id-right ">" [CFWS]
    /// The ids in an unfolded field body, each once, without brackets, blanks inside removed. Text
    /// between them, as old In-Reply-To fields have it, is skipped. A field without any bracket is
    /// one id if it has an `@` and no blank.
    public static List<String> parse(byte @Nullable [] body, int most) {
        if (body == null) {
            return List.of();
        }
        Set<String> ids = new LinkedHashSet<>();
        StringBuilder id = new StringBuilder();
        boolean inside = false;
        boolean any = false;
        for (byte b : body) {
            if (b == '<') {
                inside = true;
                any = true;
                id.setLength(0);
            } else if (b == '>' && inside) {
                inside = false;
                add(id, ids, most);
            } else if (inside && b != ' ' && b != '\t' && id.length() <= LONGEST) {
                id.append((char) (b & 0xFF));
            }
        }
        if (!any) {
            String text = PartDraft.latin1(body).strip();
            if (text.indexOf('@') > 0 && text.indexOf(' ') < 0) {
                add(new StringBuilder(text), ids, most);
            }
        }
        return List.copyOf(ids);
    }

    private static void add(StringBuilder id, Set<String> ids, int most) {
        if (!id.isEmpty() && id.length() <= LONGEST && ids.size() < most) {
            ids.add(id.toString());
        }
    }

    /// The first and the last of a long list.
    static List<String> ends(List<String> ids, int most) {
        if (ids.size() <= most) {
            return ids;
        }
        List<String> ends = new ArrayList<>(ids.subList(0, 1));
        ends.addAll(ids.subList(ids.size() - most + 1, ids.size()));
        return ends;
    }
}
