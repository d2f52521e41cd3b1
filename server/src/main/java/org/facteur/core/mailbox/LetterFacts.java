package org.facteur.core.mailbox;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// What searching, sorting and threading ask of an account's letters, in columns and in memory.
/// Letters do not change, so neither does what is known of them. As of one moment; any thread.
public final class LetterFacts {
    private final @Nullable FactRun[] runs;
    private final FactTexts.Shown subjects;
    private final FactTexts.Shown subjectKeys;
    private final FactTexts.Shown people;
    private final FactTexts.Shown peopleKeys;

    LetterFacts(@Nullable FactRun[] runs, FactDictionaries dictionaries) {
        this.runs = runs;
        this.subjects = dictionaries.subjects();
        this.subjectKeys = dictionaries.subjectKeys();
        this.people = dictionaries.people();
        this.peopleKeys = dictionaries.peopleKeys();
    }

    /// Where a text is looked for.
    public enum Text {
        SUBJECT(FactRun.SUBJECT),
        FROM(FactRun.FROM),
        TO(FactRun.TO),
        CC(FactRun.CC);

        private final int column;

        Text(int column) {
            this.column = column;
        }
    }

    /// What letters are sorted by.
    public enum Key {
        /// The base subject (RFC 5256 §2.1).
        SUBJECT(FactRun.SUBJECT_KEY),
        /// The local part of the first sender.
        FROM(FactRun.FROM_KEY),
        TO(FactRun.TO_KEY),
        CC(FactRun.CC_KEY),
        /// The name of the first sender, else the address.
        DISPLAY_FROM(FactRun.DISPLAY_FROM),
        DISPLAY_TO(FactRun.DISPLAY_TO);

        private final int column;

        Key(int column) {
            this.column = column;
        }
    }

    /// An answer about one letter.
    public enum Found {
        YES,
        NO,
        /// It is not known: the letter must be read.
        UNKNOWN
    }

    private @Nullable FactRun run(LetterId letter) {
        long run = letter.number() / FactRun.LENGTH;
        return run < runs.length ? runs[(int) run] : null;
    }

    private static int at(LetterId letter) {
        return (int) (letter.number() % FactRun.LENGTH);
    }

    /// Whether this letter is among them; of others nothing below may be asked.
    public boolean knows(LetterId letter) {
        FactRun run = run(letter);
        return run != null && run.has(at(letter), FactRun.THERE);
    }

    private FactRun known(LetterId letter) {
        FactRun run = run(letter);
        if (run == null || !run.has(at(letter), FactRun.THERE)) {
            throw new IllegalArgumentException("letter " + letter + " is not known");
        }
        return run;
    }

    /// Whether its header says when it was sent.
    public boolean dated(LetterId letter) {
        return known(letter).has(at(letter), FactRun.DATED);
    }

    /// Whether it has attachments (RFC 8621 §4.1.4).
    public boolean attachment(LetterId letter) {
        return known(letter).has(at(letter), FactRun.ATTACHMENT);
    }

    /// When it was sent, in seconds since 1970.
    ///
    /// @param otherwise for a letter that does not say
    public long sentSecond(LetterId letter, long otherwise) {
        FactRun run = known(letter);
        return run.has(at(letter), FactRun.DATED) ? run.sent(at(letter)) : otherwise;
    }

    /// The day on which it was sent where that was, counted from 1970; only of a dated letter.
    public long sentDay(LetterId letter) {
        FactRun run = known(letter);
        return Math.floorDiv(run.sent(at(letter)) + run.zone(at(letter)) * 60L, 86_400L);
    }

    public ThreadId thread(LetterId letter) {
        return new ThreadId(known(letter).thread(at(letter)));
    }

    /// Stands for the Message-ID, equal where that is equal; 0 for none.
    public long messageId(LetterId letter) {
        return FactHash.keyed(known(letter).id(at(letter)));
    }

    /// Stand for the Message-IDs of letters it answers, oldest first.
    public long[] references(LetterId letter) {
        long[] references = known(letter).references(at(letter));
        for (int i = 0; i < references.length; i++) {
            references[i] = FactHash.keyed(references[i]);
        }
        return references;
    }

    /// Whether its subject had marks of a reply or of forwarding.
    public boolean reply(LetterId letter) {
        return known(letter).has(at(letter), FactRun.REPLY);
    }

    /// Letters with a text.
    public interface Containing {
        Found in(LetterId letter);
    }

    /// Looks for a text, in the form that is searched ([TextForms#searched]).
    public Containing containing(Text place, String text) {
        BitSet fits = (place == Text.SUBJECT ? subjects : people).containing(text);
        return letter -> {
            FactRun run = run(letter);
            if (run == null || !run.has(at(letter), FactRun.THERE)) {
                return Found.UNKNOWN;
            }
            int number = run.text(place.column, at(letter));
            if (number == FactRun.NONE) {
                return Found.UNKNOWN;
            }
            return fits.get(number) ? Found.YES : Found.NO;
        };
    }

    /// Numbers letters in the order of a key; equal where the key is.
    public interface Ranking {
        int of(LetterId letter);
    }

    /// In the order of `i;unicode-casemap` (RFC 5051 §2). Sorts what is new since this was asked
    /// last.
    public Ranking ranking(Key key) {
        int[] ranks = (key == Key.SUBJECT ? subjectKeys : peopleKeys).ranks();
        return letter -> ranks[known(letter).text(key.column, at(letter))];
    }

    /// A number for its base subject: equal where that is equal.
    public int subject(LetterId letter) {
        return known(letter).text(FactRun.SUBJECT_KEY, at(letter));
    }

    /// The number of the empty base subject; -1 when no letter has it.
    public int emptySubject() {
        return subjectKeys.find("");
    }
}
