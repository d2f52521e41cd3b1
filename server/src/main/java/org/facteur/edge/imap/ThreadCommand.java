package org.facteur.edge.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facteur.core.mailbox.LetterFacts;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.core.mailbox.TextForms;
import org.facteur.wire.imap.ImapCommand;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.ReferenceThreads;
import org.facteur.wire.imap.ThreadForest;
import org.facteur.wire.mime.ThreadKeys;

/// THREAD (RFC 5256 §3).
final class ThreadCommand {
    private final ImapSession session;
    private final LetterSearch search;
    private final MailboxView shown;
    private final boolean uid;

    ThreadCommand(ImapSession session, boolean uid) {
        this.session = session;
        this.search = new LetterSearch(session);
        this.shown = session.selected().shown();
        this.uid = uid;
    }

    Answer run(ImapCommand.ThreadLetters asked) throws IOException {
        List<Integer> found = search.find(asked.key());
        if (search.cut()) {
            return search.refusal();
        }
        Optional<LetterFacts> facts = search.facts();
        List<ReferenceThreads.Letter> letters =
                facts.isPresent() ? known(found, facts.get()) : read(found);
        ThreadForest threads =
                switch (asked.algorithm()) {
                    case REFERENCES -> ReferenceThreads.of(letters);
                    case ORDEREDSUBJECT -> bySubject(letters);
                };
        session.out().write(new ImapResponse.ThreadData(threads));
        return Answer.ok("Threaded.");
    }

    private List<ReferenceThreads.Letter> known(List<Integer> found, LetterFacts facts) {
        List<ReferenceThreads.Letter> letters = new ArrayList<>(found.size());
        int empty = facts.emptySubject();
        for (int place : found) {
            LetterId letter = shown.letter(place);
            if (facts.knows(letter)) {
                int subject = facts.subject(letter);
                letters.add(
                        new ReferenceThreads.Letter(
                                search.number(place, uid),
                                facts.messageId(letter),
                                facts.references(letter),
                                subject == empty ? 0 : subject + 1,
                                facts.reply(letter),
                                facts.sentSecond(letter, shown.receivedSecond(place))));
            }
        }
        return letters;
    }

    private List<ReferenceThreads.Letter> read(List<Integer> found) throws IOException {
        List<ReferenceThreads.Letter> letters = new ArrayList<>();
        Map<String, Integer> ids = new HashMap<>();
        Map<String, Integer> subjects = new HashMap<>(Map.of("", 0));
        search.visit(
                found,
                (place, at, letter) -> {
                    ThreadKeys keys = letter.listing().summary().threadKeys();
                    String id = keys.messageId();
                    letters.add(
                            new ReferenceThreads.Letter(
                                    search.number(place, uid),
                                    id == null ? 0 : number(ids, id) + 1L,
                                    references(keys).stream()
                                            .mapToLong(each -> number(ids, each) + 1L)
                                            .toArray(),
                                    number(subjects, TextForms.sorted(keys.baseSubject())),
                                    keys.reply(),
                                    SortCommand.sentSecond(
                                            letter.listing().summary(),
                                            search.now().receivedSecond(at))));
                });
        return letters;
    }

    private static int number(Map<String, Integer> numbers, String text) {
        return numbers.computeIfAbsent(text, _ -> numbers.size());
    }

    /// Without References, the first id of In-Reply-To counts.
    private static List<String> references(ThreadKeys keys) {
        if (!keys.references().isEmpty() || keys.inReplyTo().isEmpty()) {
            return keys.references();
        }
        return List.of(keys.inReplyTo().getFirst());
    }

    /// Letters of one subject: the first sent begins the thread, the others answer it.
    private static ThreadForest bySubject(List<ReferenceThreads.Letter> letters) {
        List<ReferenceThreads.Letter> sorted = new ArrayList<>(letters);
        sorted.sort(
                Comparator.comparingLong(ReferenceThreads.Letter::sentSecond)
                        .thenComparingLong(ReferenceThreads.Letter::number));
        Map<Integer, List<Long>> subjects = new LinkedHashMap<>();
        for (ReferenceThreads.Letter letter : sorted) {
            subjects.computeIfAbsent(letter.subject(), _ -> new ArrayList<>()).add(letter.number());
        }
        ThreadForest.Builder threads = new ThreadForest.Builder();
        for (List<Long> numbers : subjects.values()) {
            for (int i = 0; i < numbers.size(); i++) {
                threads.add(numbers.get(i), i == 0 ? 0 : 1);
            }
        }
        return threads.build();
    }
}
