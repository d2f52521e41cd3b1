package org.facteur.core.search;

import java.io.IOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterContent;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.mime.Anatomy;
import org.facteur.wire.mime.Correspondents;
import org.facteur.wire.mime.Listing;

/// The words of one letter by place, each once. Filled by one thread.
final class LetterWords {
    private final long letter;
    private final Map<TextPlace, Set<String>> words = new EnumMap<>(TextPlace.class);
    private final Set<TextPlace> cut = EnumSet.noneOf(TextPlace.class);
    private final Set<String> subjectStems = new HashSet<>();
    private final Set<String> bodyStems = new HashSet<>();

    private final boolean unread;

    private LetterWords(long letter, boolean unread) {
        this.letter = letter;
        this.unread = unread;
        for (TextPlace place : TextPlace.values()) {
            words.put(place, new HashSet<>());
        }
    }

    /// Reads a letter.
    ///
    /// @param anatomy of this letter
    static LetterWords read(LetterBox box, Letter letter, Anatomy anatomy) throws IOException {
        LetterWords found = new LetterWords(letter.id().number(), false);
        Listing listing = box.listing(letter);
        Correspondents correspondents = listing.summary().correspondents();
        found.correspondents(TextPlace.FROM, correspondents.from());
        found.correspondents(TextPlace.TO, correspondents.to());
        found.correspondents(TextPlace.CC, correspondents.cc());
        found.add(TextPlace.SUBJECT, listing.summary().subject());
        try (LetterContent content = box.content(letter)) {
            long header = content.prefixLength() + anatomy.root().range().bodyStart();
            LetterTexts.fields(
                    content.read(0, Math.toIntExact(header)),
                    (name, value) -> {
                        found.add(TextPlace.HEADER, name + ": " + value);
                        return true;
                    });
            LetterTexts.bodies(
                    anatomy,
                    content,
                    text -> {
                        found.add(TextPlace.BODY, text);
                        return true;
                    });
        }
        found.words(TextPlace.SUBJECT).forEach(word -> Stems.collect(word, found.subjectStems));
        found.words(TextPlace.BODY).forEach(word -> Stems.collect(word, found.bodyStems));
        // A stem that is a word of its place is found as that word.
        found.subjectStems.removeAll(found.words(TextPlace.SUBJECT));
        found.bodyStems.removeAll(found.words(TextPlace.BODY));
        return found;
    }

    /// A letter that could not be read.
    static LetterWords unread(Letter letter) {
        return new LetterWords(letter.id().number(), true);
    }

    /// Whether nothing is known of it.
    boolean unread() {
        return unread;
    }

    private void correspondents(TextPlace place, List<HeaderAddress> list) {
        if (list.size() >= LetterTexts.SUMMARY_ADDRESSES) {
            cut.add(place);
        }
        for (HeaderAddress address : list) {
            add(place, LetterTexts.shown(address));
        }
    }

    private void add(TextPlace place, String text) {
        if (Words.collect(LetterTexts.folded(text), words(place))) {
            cut.add(place);
        }
    }

    /// The letter's number.
    long letter() {
        return letter;
    }

    Set<String> words(TextPlace place) {
        return words.getOrDefault(place, Set.of());
    }

    /// Places of which not everything is among the words.
    Set<TextPlace> cut() {
        return Collections.unmodifiableSet(cut);
    }

    Set<String> subjectStems() {
        return subjectStems;
    }

    Set<String> bodyStems() {
        return bodyStems;
    }
}
