package org.facteur.edge.imap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.KeywordTable;
import org.facteur.wire.imap.Flag;

/// Keywords as IMAP spells them: `$seen` is `\Seen`, and the registered keywords keep the capitals
/// of their registration. For one version of a mailbox's table; one thread.
final class FlagNames {
    private static final int REMEMBERED = 1024;
    private static final Map<Keyword, Flag> SPELLED =
            Map.ofEntries(
                    Map.entry(Keyword.SEEN, Flag.SEEN),
                    Map.entry(Keyword.ANSWERED, Flag.ANSWERED),
                    Map.entry(Keyword.FLAGGED, Flag.FLAGGED),
                    Map.entry(Keyword.DELETED, Flag.DELETED),
                    Map.entry(Keyword.DRAFT, Flag.DRAFT),
                    Map.entry(Keyword.FORWARDED, new Flag("$Forwarded")),
                    Map.entry(new Keyword("$mdnsent"), new Flag("$MDNSent")),
                    Map.entry(Keyword.JUNK, new Flag("$Junk")),
                    Map.entry(Keyword.NOT_JUNK, new Flag("$NotJunk")),
                    Map.entry(Keyword.PHISHING, new Flag("$Phishing")),
                    Map.entry(new Keyword("$important"), new Flag("$Important")));
    private static final Map<Flag, Keyword> SYSTEM =
            Map.of(
                    Flag.SEEN, Keyword.SEEN,
                    Flag.ANSWERED, Keyword.ANSWERED,
                    Flag.FLAGGED, Keyword.FLAGGED,
                    Flag.DELETED, Keyword.DELETED,
                    Flag.DRAFT, Keyword.DRAFT);

    private final KeywordTable table;
    private final Map<Long, List<Flag>> known = new HashMap<>();

    FlagNames(KeywordTable table) {
        this.table = table;
    }

    KeywordTable table() {
        return table;
    }

    /// The flags some keyword bits stand for.
    List<Flag> flags(long bits) {
        if (known.size() > REMEMBERED) {
            known.clear();
        }
        return known.computeIfAbsent(bits, these -> spelled(table.keywords(these)));
    }

    /// All flags a letter of the mailbox can have now.
    List<Flag> all() {
        return spelled(table.all());
    }

    /// PERMANENTFLAGS.
    ///
    /// @param changeable the keyword bits that may be changed
    List<Flag> permanent(long changeable) {
        List<Keyword> keywords =
                table.all().stream()
                        .filter(keyword -> (table.bit(keyword) & changeable) != 0)
                        .toList();
        List<Flag> flags = new ArrayList<>(spelled(keywords));
        if (table.open() && changeable < 0) {
            flags.add(Flag.ANY);
        }
        return List.copyOf(flags);
    }

    private static List<Flag> spelled(Iterable<Keyword> keywords) {
        List<Flag> flags = new ArrayList<>();
        for (Keyword keyword : keywords) {
            Flag flag = SPELLED.get(keyword);
            flags.add(flag == null ? new Flag(keyword.name()) : flag);
        }
        return List.copyOf(flags);
    }

    /// What flags are in the store. `\Recent` is left out: no client can set it.
    ///
    /// @throws Refusal INVALID for a system flag nobody knows, or a keyword that is too long
    static Set<Keyword> keywords(List<Flag> flags) {
        Set<Keyword> keywords = new LinkedHashSet<>();
        for (Flag flag : flags) {
            if (flag.equals(Flag.RECENT)) {
                continue;
            }
            keywords.add(keyword(flag));
        }
        return Set.copyOf(keywords);
    }

    /// What one flag is in the store.
    ///
    /// @throws Refusal INVALID as above
    static Keyword keyword(Flag flag) {
        Keyword system = SYSTEM.get(flag);
        if (system != null) {
            return system;
        }
        if (flag.isSystem()) {
            throw new Refusal(
                    Refusal.Reason.INVALID, "There is no such flag.", "Cette marque n'existe pas.");
        }
        return new Keyword(flag.name());
    }
}
