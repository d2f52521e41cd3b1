package org.facteur.edge.imap;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.facteur.wire.imap.FetchItem;

/// What a FETCH needs, sorted by what it costs.
///
/// @param light what stands in the view
/// @param heavy what must be read from the letter's rows or octets
/// @param sees whether reading sets `\Seen`
/// @param kept whether all that is heavy is kept ready for the wire
record FetchPlan(List<FetchItem.Word> light, List<FetchItem> heavy, boolean sees, boolean kept) {
    private static final Set<FetchItem> KEPT =
            Set.of(FetchItem.Word.ENVELOPE, FetchItem.Word.BODYSTRUCTURE, FetchItem.Word.BODY);

    private static final Set<FetchItem.Word> IN_VIEW =
            EnumSet.of(
                    FetchItem.Word.FLAGS,
                    FetchItem.Word.UID,
                    FetchItem.Word.INTERNALDATE,
                    FetchItem.Word.RFC822_SIZE,
                    FetchItem.Word.MODSEQ,
                    FetchItem.Word.EMAILID,
                    FetchItem.Word.SAVEDATE);

    FetchPlan {
        light = List.copyOf(light);
        heavy = List.copyOf(heavy);
    }

    /// @param uid whether UID is told in any case
    /// @param modSeq whether MODSEQ is told in any case
    static FetchPlan of(List<FetchItem> items, boolean uid, boolean modSeq) {
        Set<FetchItem.Word> light = new LinkedHashSet<>();
        Set<FetchItem> heavy = new LinkedHashSet<>();
        if (uid) {
            light.add(FetchItem.Word.UID);
        }
        boolean sees = false;
        for (FetchItem item : items) {
            if (item instanceof FetchItem.Word word && IN_VIEW.contains(word)) {
                light.add(word);
            } else {
                heavy.add(item);
            }
            sees |= sees(item);
        }
        if (modSeq) {
            light.add(FetchItem.Word.MODSEQ);
        }
        return new FetchPlan(
                new ArrayList<>(light),
                new ArrayList<>(heavy),
                sees,
                !heavy.isEmpty() && KEPT.containsAll(heavy));
    }

    private static boolean sees(FetchItem item) {
        return switch (item) {
            case FetchItem.Body(boolean peek, var _, var _) -> !peek;
            case FetchItem.Binary(boolean peek, var _, var _) -> !peek;
            case FetchItem.Word word ->
                    word == FetchItem.Word.RFC822 || word == FetchItem.Word.RFC822_TEXT;
            case FetchItem.BinarySize _, FetchItem.Preview _ -> false;
        };
    }
}
