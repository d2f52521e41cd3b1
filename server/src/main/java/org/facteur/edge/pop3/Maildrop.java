package org.facteur.edge.pop3;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterContent;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.PopDevice;
import org.facteur.core.mailbox.PopDrop;
import org.facteur.core.mailbox.PopReceipt;

/// What a session's device was offered at sign-in (RFC 1939 §4), and what the session has marked
/// for deletion. Letters are numbered from 1. One thread.
final class Maildrop {
    private static final PopReceipt NOTHING = new PopReceipt(0, null);

    private final LetterBox box;
    private final PopDrop drop;
    private final String uidPrefix;
    private final BitSet deleted = new BitSet();
    private long octets;

    private Maildrop(LetterBox box, PopDrop drop) {
        this.box = box;
        this.drop = drop;
        this.uidPrefix = Long.toHexString(box.owner().number()) + '.';
        this.octets = drop.sizeBytes();
    }

    /// @throws org.facteur.base.fault.Refusal NOT_FOUND for an account without inbox
    static Maildrop open(LetterBox box, PopDevice device) {
        return new Maildrop(box, box.openDrop(device));
    }

    /// The highest number, deleted letters counted.
    int highest() {
        return drop.size();
    }

    /// Letters not deleted.
    int letters() {
        return drop.size() - deleted.cardinality();
    }

    /// Octets of letters not deleted.
    long octets() {
        return octets;
    }

    /// Whether there is such a letter and it is not deleted.
    boolean has(int number) {
        return number >= 1 && number <= drop.size() && !deleted.get(number - 1);
    }

    long sizeBytes(int number) {
        return drop.sizeBytes(number - 1);
    }

    /// The unique-id (RFC 1939 §7): numbers of account and letter in hexadecimal, both never given
    /// again; at most 33 octets.
    String uid(int number) {
        return uidPrefix + Long.toHexString(drop.letter(number - 1).number());
    }

    /// A letter's octets; empty when somebody has ended it since sign-in.
    Optional<LetterContent> findContent(int number) {
        Optional<Letter> letter = box.findLetter(drop.letter(number - 1));
        return letter.map(box::content);
    }

    void delete(int number) {
        deleted.set(number - 1);
        octets -= sizeBytes(number);
    }

    void reset() {
        deleted.clear();
        octets = drop.sizeBytes();
    }

    /// Does what the device's rule says of deleting to what was deleted. What somebody else has
    /// moved or ended meanwhile is left alone.
    PopReceipt commit() {
        if (deleted.isEmpty()) {
            return NOTHING;
        }
        List<LetterId> letters = new ArrayList<>(deleted.cardinality());
        deleted.stream().forEach(index -> letters.add(drop.letter(index)));
        return box.take(drop, letters);
    }
}
