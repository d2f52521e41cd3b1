package org.facteur.edge.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterFacts;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.core.search.IndexAnswer;
import org.facteur.core.search.SearchIndex;
import org.facteur.core.search.TextPlace;
import org.facteur.wire.imap.SearchKey;
import org.jspecify.annotations.Nullable;

/// Finds letters of the open mailbox, for SEARCH, SORT and THREAD. One command.
///
/// The columns of the view decide first, for all letters; only those they leave open are read, 256
/// rows at a time. Ends when the client leaves or the time of a command is over.
final class LetterSearch {
    private static final int BATCH = 256;

    private final ImapSession session;
    private final SelectedMailbox mailbox;
    private final MailboxView shown;
    private final MailboxView now;
    private final SearchTests tests;
    private final Patience patience;
    private final MessageLimit limit;

    LetterSearch(ImapSession session) {
        this(session, session.selected());
    }

    /// @param mailbox another than the open one, or that
    LetterSearch(ImapSession session, SelectedMailbox mailbox) {
        this.session = session;
        this.mailbox = mailbox;
        this.shown = mailbox.shown();
        this.now = mailbox.now();
        this.tests =
                new SearchTests(
                        mailbox,
                        now,
                        session.services().clock().instant(),
                        new SearchTests.Sources(
                                new Probes(session.services().index(), mailbox.box().owner()),
                                this::knownFacts,
                                this::facts));
        this.patience = Patience.of(session.settings().times().command());
        this.limit = new MessageLimit(session);
    }

    /// What the index knows of one account.
    private record Probes(SearchIndex index, AccountId owner) implements SearchTexts.IndexProbes {
        @Override
        public IndexAnswer of(TextPlace place, String text) {
            return index.containing(owner, place, text);
        }

        @Override
        public IndexAnswer alike(TextPlace place, String text) {
            return index.alike(owner, place, text);
        }
    }

    /// How well a letter that was found fits, 1 to 100.
    int relevancy(int place) {
        return tests.relevancy(shown.letter(place));
    }

    /// Gets a letter while it can be read.
    @FunctionalInterface
    interface Visitor {
        /// @param place in the shown view
        /// @param at in the view of now
        void visit(int place, int at, LetterReader letter) throws IOException;
    }

    /// Whether MODSEQ was among the keys.
    boolean modSeq() {
        return tests.modSeq();
    }

    /// Places in the shown view, ascending.
    List<Integer> find(SearchKey key) throws IOException {
        SearchProgram program = SearchProgram.of(key, tests::test);
        if (tests.modSeq()) {
            session.features().enableCondStore();
        }
        List<Integer> found = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        boolean same = shown == now;
        for (int place = firstSearched(key); place < shown.size(); place++) {
            int at = same ? place : now.indexOf(shown.uid(place));
            if (at >= 0) {
                switch (program.look(place, at, shown.letter(place).number())) {
                    case YES -> found.add(place);
                    case UNKNOWN -> open.add(place);
                    case NO -> {
                        // Not this one.
                    }
                }
            }
        }
        if (open.isEmpty()) {
            return found;
        }
        if (program.usesIndex()) {
            session.services().index().want(mailbox.box().owner());
        }
        visit(
                open,
                (place, at, letter) -> {
                    if (program.read(place, at, letter)) {
                        found.add(place);
                    }
                });
        found.sort(null);
        return found;
    }

    /// Where a search begins that may look at so many letters and no more. Those that no set of
    /// numbers or UIDs on its own leaves out are counted (RFC 9738 §3.1).
    private int firstSearched(SearchKey key) {
        if (!limit.exceededBy(shown.size())) {
            return 0;
        }
        List<SearchKey> narrowing = new ArrayList<>();
        for (SearchKey each : key instanceof SearchKey.And(var keys) ? keys : List.of(key)) {
            switch (each) {
                case SearchKey.Numbers _,
                        SearchKey.Uids _,
                        SearchKey.UidAfter _,
                        SearchKey.UidBefore _ ->
                        narrowing.add(each);
                case SearchKey _ -> {
                    // Looks into letters.
                }
            }
        }
        SearchKey all = narrowing.isEmpty() ? new SearchKey.All() : new SearchKey.And(narrowing);
        SearchProgram among = SearchProgram.of(all, tests::test);
        long looked = 0;
        for (int place = shown.size() - 1; place >= 0; place--) {
            int at = now.indexOf(shown.uid(place));
            if (at >= 0
                    && among.look(place, at, shown.letter(place).number())
                            == SearchProgram.Verdict.YES) {
                if (looked == limit.most()) {
                    limit.stopAt(shown.uid(place + 1));
                    return place + 1;
                }
                looked++;
            }
        }
        return 0;
    }

    /// Whether there were more letters to look at than one command may.
    boolean cut() {
        return limit.stopped();
    }

    /// The end of the command, with what the search left out.
    Answer answer(Answer whole) throws IOException {
        return limit.of(whole);
    }

    /// Tells what the search left out, where the command goes on elsewhere.
    void tellCut() throws IOException {
        limit.tell();
    }

    /// The answer of a command for which a part of the letters is of no use.
    Answer refusal() {
        return limit.refusal();
    }

    /// Reads letters that are still there, in the order given.
    ///
    /// @throws Refusal LIMIT when it takes too long
    void visit(List<Integer> places, Visitor visitor) throws IOException {
        for (int from = 0; from < places.size(); from += BATCH) {
            int to = Math.min(places.size(), from + BATCH);
            batch(places.subList(from, to), visitor);
            session.progress(to, places.size());
        }
    }

    private void batch(List<Integer> places, Visitor visitor) throws IOException {
        session.checkPeer();
        List<LetterId> ids = new ArrayList<>(places.size());
        for (int place : places) {
            ids.add(shown.letter(place));
        }
        List<@Nullable Letter> letters = mailbox.box().letters(ids);
        for (int i = 0; i < places.size(); i++) {
            Letter letter = letters.get(i);
            int place = places.get(i);
            int at = now.indexOf(shown.uid(place));
            if (letter != null && at >= 0) {
                checkTime();
                try (LetterReader reader = new LetterReader(mailbox.box(), letter)) {
                    visitor.visit(place, at, reader);
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

    /// The number of a place as the client wants it told.
    long number(int place, boolean uid) {
        return uid ? shown.uid(place) : place + 1L;
    }

    /// The highest MODSEQ of letters that are there.
    ///
    /// @param places at least one
    long highest(List<Integer> places) {
        long highest = 0;
        for (int place : places) {
            int at = now.indexOf(shown.uid(place));
            highest = Math.max(highest, at < 0 ? 0 : now.modSeq(at));
        }
        return highest;
    }

    /// What is known of the letters shown; the first time they are read.
    ///
    /// @return empty when they are too many to be kept in memory
    Optional<LetterFacts> facts() {
        return mailbox.box().findFacts(shown);
    }

    private Optional<LetterFacts> knownFacts() {
        return mailbox.box().findKnownFacts(shown);
    }

    MailboxView now() {
        return now;
    }
}
