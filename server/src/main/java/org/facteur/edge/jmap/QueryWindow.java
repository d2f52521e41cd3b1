package org.facteur.edge.jmap;

import java.util.List;
import org.facteur.wire.jmap.Arguments;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Which part of a result is wanted (RFC 8620 §5.5).
///
/// @param position from the beginning, or from the end where it is below 0
/// @param anchor an id to count from; null for none
/// @param limit null for as many as there are, up to the server's own
/// @param total whether all are to be counted
record QueryWindow(
        long position, @Nullable String anchor, long offset, @Nullable Long limit, boolean total) {
    /// More ids than this are never given at once.
    private static final int MOST = 10_000;

    static QueryWindow take(Arguments arguments) {
        Long position = arguments.findInt("position");
        String anchor = arguments.findId("anchor");
        Long offset = arguments.findInt("anchorOffset");
        Long limit = arguments.findUnsigned("limit");
        boolean total = arguments.flag("calculateTotal", false);
        return new QueryWindow(
                position == null ? 0 : position, anchor, offset == null ? 0 : offset, limit, total);
    }

    /// Cuts a result.
    ///
    /// @param ids all of it, in order
    /// @throws MethodFault anchorNotFound
    void cut(List<String> ids, ObjectNode answer) {
        long from;
        if (anchor != null) {
            int at = ids.indexOf(anchor);
            if (at < 0) {
                throw new MethodFault("anchorNotFound", null);
            }
            from = Math.max(0, at + offset);
        } else {
            from = position >= 0 ? position : Math.max(0, ids.size() + position);
        }
        int start = (int) Math.min(from, ids.size());
        long most = limit == null ? MOST : Math.min(limit, MOST);
        int end = (int) Math.min(ids.size(), start + most);
        ArrayNode some = JmapText.array(ids.subList(start, end));
        answer.put("position", start);
        answer.set("ids", some);
        if (total) {
            answer.put("total", ids.size());
        }
        boolean own = limit == null ? ids.size() - start > MOST : limit > MOST;
        if (own) {
            answer.put("limit", MOST);
        }
    }
}
