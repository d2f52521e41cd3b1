package org.facteur.edge.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.wire.imap.ImapCommand;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.NumberSet;
import org.facteur.wire.imap.SearchResultOptions;
import org.facteur.wire.imap.SearchResultOptions.Option;
import org.facteur.wire.imap.SearchSummary;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// SEARCH (RFC 9051 §6.4.4), with what ESEARCH (RFC 4731) and SEARCHRES (RFC 5182) add.
///
/// The columns of the view decide first, for all letters; only those they leave open are read, 256
/// rows at a time. Ends when the client leaves or the time of a command is over.
final class SearchCommand {
    private static final int BATCH = 256;

    private final ImapSession session;
    private final SelectedMailbox mailbox;
    private final MailboxView shown;
    private final MailboxView now;
    private final Patience patience;

    SearchCommand(ImapSession session) {
        this.session = session;
        this.mailbox = session.selected();
        this.shown = mailbox.shown();
        this.now = mailbox.now();
        this.patience = Patience.of(session.settings().times().command());
    }

    /// A search that is answered NO keeps nothing (RFC 5182 §2.1).
    Answer run(String tag, ImapCommand.Search search) throws IOException {
        try {
            return search(tag, search);
        } catch (Refusal | Busy failed) {
            SearchResultOptions result = search.result();
            if (result != null && result.options().contains(Option.SAVE)) {
                mailbox.save(NumberSet.EMPTY);
            }
            throw failed;
        }
    }

    private Answer search(String tag, ImapCommand.Search search) throws IOException {
        SearchResultOptions result = search.result();
        if (result != null && result.partial() != null) {
            throw SyntaxFault.at(-1, "no PARTIAL", "RFC 9394 §3.1");
        }
        SearchTests tests = new SearchTests(mailbox, now, session.services().clock().instant());
        SearchProgram program = SearchProgram.of(search.key(), tests::test);
        if (tests.modSeq()) {
            session.features().enableCondStore();
        }
        List<Integer> found = find(program);
        if (result == null && !session.features().rev2()) {
            session.out()
                    .write(
                            new ImapResponse.SearchData(
                                    numbers(found, search.uid()),
                                    tests.modSeq() && !found.isEmpty() ? highest(found) : null));
        } else {
            extended(tag, search, found, tests.modSeq());
        }
        return Answer.ok("Searched.");
    }

    /// Places in the shown view, ascending.
    private List<Integer> find(SearchProgram program) throws IOException {
        List<Integer> found = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        for (int place = 0; place < shown.size(); place++) {
            int at = now.indexOf(shown.uid(place));
            if (at >= 0) {
                switch (program.look(place, at)) {
                    case YES -> found.add(place);
                    case UNKNOWN -> open.add(place);
                    case NO -> {
                        // Not this one.
                    }
                }
            }
        }
        for (int from = 0; from < open.size(); from += BATCH) {
            read(program, open.subList(from, Math.min(open.size(), from + BATCH)), found);
        }
        found.sort(null);
        return found;
    }

    private void read(SearchProgram program, List<Integer> places, List<Integer> found)
            throws IOException {
        session.checkPeer();
        List<LetterId> ids = new ArrayList<>(places.size());
        for (int place : places) {
            ids.add(shown.letter(place));
        }
        List<@Nullable Letter> letters = session.box().letters(ids);
        for (int i = 0; i < places.size(); i++) {
            Letter letter = letters.get(i);
            int place = places.get(i);
            int at = now.indexOf(shown.uid(place));
            if (letter != null && at >= 0) {
                checkTime();
                try (LetterReader reader = new LetterReader(session.box(), letter)) {
                    if (program.read(place, at, reader)) {
                        found.add(place);
                    }
                }
            }
        }
    }

    private void checkTime() {
        if (patience.left().isZero()) {
            throw new Refusal(
                    Refusal.Reason.LIMIT,
                    "The search took too long; ask for less.",
                    "La recherche a duré trop longtemps ; demandez moins.");
        }
    }

    private NumberSet numbers(List<Integer> places, boolean uid) {
        NumberSet.Builder numbers = NumberSet.builder();
        for (int place : places) {
            numbers.add(number(place, uid));
        }
        return numbers.build();
    }

    private long number(int place, boolean uid) {
        return uid ? shown.uid(place) : place + 1L;
    }

    /// @param places of letters that are there, at least one
    private long highest(List<Integer> places) {
        long highest = 0;
        for (int place : places) {
            int at = now.indexOf(shown.uid(place));
            highest = Math.max(highest, at < 0 ? 0 : now.modSeq(at));
        }
        return highest;
    }

    private void extended(
            String tag, ImapCommand.Search search, List<Integer> found, boolean modSeq)
            throws IOException {
        SearchResultOptions result = search.result();
        Set<Option> options = result == null ? EnumSet.of(Option.ALL) : result.options();
        if (options.contains(Option.SAVE)) {
            mailbox.save(numbers(told(options, found), true));
            if (options.size() == 1) {
                return;
            }
        }
        boolean any = !found.isEmpty();
        boolean uid = search.uid();
        session.out()
                .write(
                        new ImapResponse.ExtendedSearchData(
                                tag,
                                uid,
                                new SearchSummary(
                                        any && options.contains(Option.MIN)
                                                ? number(found.getFirst(), uid)
                                                : null,
                                        any && options.contains(Option.MAX)
                                                ? number(found.getLast(), uid)
                                                : null,
                                        options.contains(Option.COUNT) ? (long) found.size() : null,
                                        options.contains(Option.ALL) ? numbers(found, uid) : null,
                                        null,
                                        any && modSeq ? highest(told(options, found)) : null)));
    }

    /// What the answer speaks of: with MIN and MAX alone only those (RFC 5182 §2.4, RFC 7162
    /// §3.1.10).
    private static List<Integer> told(Set<Option> options, List<Integer> found) {
        boolean ends = options.contains(Option.MIN) || options.contains(Option.MAX);
        boolean all = options.contains(Option.ALL) || options.contains(Option.COUNT);
        if (found.isEmpty() || all || !ends) {
            return found;
        }
        List<Integer> few = new ArrayList<>(2);
        if (options.contains(Option.MIN)) {
            few.add(found.getFirst());
        }
        if (options.contains(Option.MAX) && !few.contains(found.getLast())) {
            few.add(found.getLast());
        }
        return few;
    }
}
