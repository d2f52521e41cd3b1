package org.facteur.edge.pop3;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterContent;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.core.mailbox.Role;

/// The inbox as a session found it at sign-in (RFC 1939 §4), and what the session has marked for
/// deletion. Letters are numbered from 1. One thread.
final class Maildrop {
    private final LetterBox box;
    private final MailboxView view;
    private final BitSet deleted = new BitSet();
    private long octets;

    private Maildrop(LetterBox box, MailboxView view) {
        this.box = box;
        this.view = view;
        this.octets = view.state().counts().bytes();
    }

    /// @throws Refusal NOT_FOUND for an account without inbox
    static Maildrop open(LetterBox box) {
        Mailbox inbox =
                box.mailboxes()
                        .find(Role.INBOX)
                        .orElseThrow(
                                () ->
                                        new Refusal(
                                                Refusal.Reason.NOT_FOUND,
                                                "This account has no inbox.",
                                                "Ce compte n'a pas de boîte de réception."));
        return new Maildrop(box, box.view(inbox.id()));
    }

    /// The highest number, deleted letters counted.
    int highest() {
        return view.size();
    }

    /// Letters not deleted.
    int letters() {
        return view.size() - deleted.cardinality();
    }

    /// Octets of letters not deleted.
    long octets() {
        return octets;
    }

    int deletedLetters() {
        return deleted.cardinality();
    }

    /// Whether there is such a letter and it is not deleted.
    boolean has(int number) {
        return number >= 1 && number <= view.size() && !deleted.get(number - 1);
    }

    long sizeBytes(int number) {
        return view.sizeBytes(number - 1);
    }

    /// The unique-id (RFC 1939 §7): numbers of account and letter in hexadecimal, both never given
    /// again; at most 33 octets.
    String uid(int number) {
        return Long.toHexString(box.owner().number())
                + '.'
                + Long.toHexString(view.letter(number - 1).number());
    }

    /// A letter's octets; empty when somebody has ended it since sign-in.
    Optional<LetterContent> findContent(int number) {
        Optional<Letter> letter = box.findLetter(view.letter(number - 1));
        return letter.map(box::content);
    }

    void delete(int number) {
        deleted.set(number - 1);
        octets -= sizeBytes(number);
    }

    void reset() {
        deleted.clear();
        octets = view.state().counts().bytes();
    }

    /// Hides what was deleted. What somebody else has moved or ended meanwhile is left alone.
    ///
    /// @return how many letters were hidden
    int commit() {
        if (deleted.isEmpty()) {
            return 0;
        }
        List<Long> uids = new ArrayList<>(deleted.cardinality());
        deleted.stream().forEach(index -> uids.add(view.uid(index)));
        return box.collect(view.mailbox().id(), uids).from().size();
    }
}
