package org.facteur.edge.imap;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.wire.imap.ImapCommand;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.NumberSet;
import org.facteur.wire.imap.SearchResultOptions;
import org.facteur.wire.imap.SearchResultOptions.Option;

/// SEARCH (RFC 9051 §6.4.4).
final class SearchCommand {
    private static final SearchResultOptions ALL =
            new SearchResultOptions(Set.of(Option.ALL), null);

    private final ImapSession session;
    private final LetterSearch search;

    SearchCommand(ImapSession session) {
        this.session = session;
        this.search = new LetterSearch(session);
    }

    /// A search that is answered NO keeps nothing (RFC 5182 §2.1).
    Answer run(String tag, ImapCommand.Search asked) throws IOException {
        try {
            return search(tag, asked);
        } catch (Refusal | Busy failed) {
            forget(session, asked.result());
            throw failed;
        }
    }

    static void forget(
            ImapSession session, @org.jspecify.annotations.Nullable SearchResultOptions result) {
        if (result != null && result.options().contains(Option.SAVE)) {
            session.selected().save(NumberSet.EMPTY);
        }
    }

    private Answer search(String tag, ImapCommand.Search asked) throws IOException {
        List<Integer> found = search.find(asked.key());
        SearchResultOptions result = asked.result();
        if (result == null && !session.features().rev2()) {
            session.out()
                    .write(
                            new ImapResponse.SearchData(
                                    numbers(found, asked.uid()),
                                    search.modSeq() && !found.isEmpty()
                                            ? (Long) search.highest(found)
                                            : null));
        } else {
            new ExtendedAnswer(
                            session,
                            search,
                            new ExtendedAnswer.About(tag, null),
                            asked.uid(),
                            false)
                    .write(result == null ? ALL : result, found);
        }
        return search.answer(Answer.ok("Searched."));
    }

    private NumberSet numbers(List<Integer> places, boolean uid) {
        NumberSet.Builder numbers = NumberSet.builder();
        for (int place : places) {
            numbers.add(search.number(place, uid));
        }
        return numbers.build();
    }
}
