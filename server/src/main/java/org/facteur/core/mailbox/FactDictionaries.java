package org.facteur.core.mailbox;

import java.util.List;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.mime.Correspondents;
import org.facteur.wire.mime.Summary;
import org.facteur.wire.mime.ThreadKeys;

/// The texts of an account's letters that are searched and sorted, each once. One thread writes.
final class FactDictionaries {
    /// Longer texts are not kept: the letter is read.
    private static final int LONGEST = 1_000;

    /// Correspondents a summary holds at most; when there are so many, the header may have more.
    private static final int ALL_PEOPLE = 100;

    /// Stands between two correspondents; in no text that is searched for.
    private static final char BETWEEN = '\0';

    private final FactTexts subjects = new FactTexts();
    private final FactTexts subjectKeys = new FactTexts();
    private final FactTexts people = new FactTexts();
    private final FactTexts peopleKeys = new FactTexts();

    /// Which of [#all] a column's numbers are of.
    static int of(int column) {
        return switch (column) {
            case FactRun.SUBJECT -> 0;
            case FactRun.SUBJECT_KEY -> 1;
            case FactRun.FROM, FactRun.TO, FactRun.CC -> 2;
            default -> 3;
        };
    }

    List<FactTexts> all() {
        return List.of(subjects, subjectKeys, people, peopleKeys);
    }

    /// Gets the number of a text in a column.
    @FunctionalInterface
    interface Sink {
        void put(int column, int number);
    }

    void texts(Summary summary, Sink sink) {
        Correspondents people = summary.correspondents();
        sink.put(FactRun.SUBJECT, kept(subjects, TextForms.searched(summary.subject())));
        sink.put(
                FactRun.SUBJECT_KEY,
                key(subjectKeys, TextForms.sorted(summary.threadKeys().baseSubject())));
        sink.put(FactRun.FROM, all(people.from()));
        sink.put(FactRun.TO, all(people.to()));
        sink.put(FactRun.CC, all(people.cc()));
        sink.put(FactRun.FROM_KEY, key(peopleKeys, TextForms.localPart(people.from())));
        sink.put(FactRun.TO_KEY, key(peopleKeys, TextForms.localPart(people.to())));
        sink.put(FactRun.CC_KEY, key(peopleKeys, TextForms.localPart(people.cc())));
        sink.put(FactRun.DISPLAY_FROM, key(peopleKeys, TextForms.displayed(people.from())));
        sink.put(FactRun.DISPLAY_TO, key(peopleKeys, TextForms.displayed(people.to())));
    }

    private int all(List<HeaderAddress> list) {
        if (list.size() >= ALL_PEOPLE) {
            return FactRun.NONE;
        }
        StringBuilder all = new StringBuilder();
        for (HeaderAddress address : list) {
            all.append(all.isEmpty() ? "" : BETWEEN).append(TextForms.shown(address));
        }
        return kept(people, TextForms.searched(all.toString()));
    }

    private static int kept(FactTexts texts, String text) {
        return text.length() > LONGEST ? FactRun.NONE : texts.number(text);
    }

    private static int key(FactTexts texts, String text) {
        return texts.number(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
    }

    /// What a letter answers: without References, the first id of In-Reply-To (RFC 5256 §3).
    static List<String> references(ThreadKeys keys) {
        if (!keys.references().isEmpty() || keys.inReplyTo().isEmpty()) {
            return keys.references();
        }
        return List.of(keys.inReplyTo().getFirst());
    }

    FactTexts.Shown subjects() {
        return subjects.shown();
    }

    FactTexts.Shown subjectKeys() {
        return subjectKeys.shown();
    }

    FactTexts.Shown people() {
        return people.shown();
    }

    FactTexts.Shown peopleKeys() {
        return peopleKeys.shown();
    }

    long weightBytes() {
        return subjects.weightBytes()
                + subjectKeys.weightBytes()
                + people.weightBytes()
                + peopleKeys.weightBytes();
    }
}
