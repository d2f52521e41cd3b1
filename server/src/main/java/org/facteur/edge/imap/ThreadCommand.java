package org.facteur.edge.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.facteur.wire.imap.ImapCommand;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.ReferenceThreads;
import org.facteur.wire.imap.ThreadForest;
import org.facteur.wire.mime.ThreadKeys;

/// THREAD (RFC 5256 §3).
final class ThreadCommand {
    private final ImapSession session;
    private final LetterSearch search;

    ThreadCommand(ImapSession session) {
        this.session = session;
        this.search = new LetterSearch(session);
    }

    Answer run(ImapCommand.ThreadLetters asked) throws IOException {
        List<ReferenceThreads.Letter> letters = new ArrayList<>();
        search.visit(
                search.find(asked.key()),
                (place, at, letter) -> {
                    ThreadKeys keys = letter.listing().summary().threadKeys();
                    letters.add(
                            new ReferenceThreads.Letter(
                                    search.number(place, asked.uid()),
                                    keys.messageId(),
                                    references(keys),
                                    keys.baseSubject(),
                                    keys.reply(),
                                    SortCommand.sentMillis(
                                            letter.listing().summary(),
                                            search.now().receivedSecond(at))));
                });
        ThreadForest threads =
                switch (asked.algorithm()) {
                    case REFERENCES -> ReferenceThreads.of(letters);
                    case ORDEREDSUBJECT -> bySubject(letters);
                };
        session.out().write(new ImapResponse.ThreadData(threads));
        return Answer.ok("Threaded.");
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
                Comparator.comparingLong(ReferenceThreads.Letter::sentMillis)
                        .thenComparingLong(ReferenceThreads.Letter::number));
        Map<String, List<Long>> subjects = new LinkedHashMap<>();
        for (ReferenceThreads.Letter letter : sorted) {
            subjects.computeIfAbsent(letter.subject(), subject -> new ArrayList<>())
                    .add(letter.number());
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
