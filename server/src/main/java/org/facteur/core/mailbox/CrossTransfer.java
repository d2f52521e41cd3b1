package org.facteur.core.mailbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.store.blob.Blob;
import org.facteur.store.blob.BlobWriter;
import org.facteur.store.blob.StagedBlob;
import org.facteur.wire.mime.LetterIndex;
import org.jspecify.annotations.Nullable;

/// Copies and moves letters from one account into another. Octets are copied, what was computed of
/// them is taken over. Some letters at a time: each group is complete in the target before it
/// leaves the source, so that a cut may leave a letter in both and never in none. One thread.
final class CrossTransfer {
    private static final int LETTERS_AT_ONCE = 20;
    private static final long OCTETS_AT_ONCE = 16L << 20;
    private static final int PIECE = 64 << 10;

    private final LetterBoxes boxes;
    private final Actor actor;
    private final LetterBox source;
    private final LetterBox target;

    CrossTransfer(LetterBoxes boxes, Actor actor, LetterBox source, LetterBox target) {
        this.boxes = boxes;
        this.actor = actor;
        this.source = source;
        this.target = target;
    }

    /// Where letters go.
    ///
    /// @param settable the keyword bits they may have there
    record Into(MailboxId mailbox, long settable) {}

    /// @param moving whether they leave the source, else all come into the target or none
    Transfer run(MailboxId from, List<Long> uids, Into into, boolean moving) {
        AccountId owner = target.owner();
        List<Long> gone = new ArrayList<>();
        List<Long> come = new ArrayList<>();
        long uidValidity = boxes.image(owner).tree().get(into.mailbox()).state().uidValidity();
        int next = 0;
        try {
            while (next < uids.size()) {
                Group group = new Group();
                try (group) {
                    next = gather(from, uids, next, into, group);
                    if (group.arrivals.isEmpty()) {
                        continue;
                    }
                    List<Placed> placed =
                            new LetterIntake(boxes, actor, owner).append(group.arrivals, _ -> {});
                    placed.forEach(each -> come.add(each.uid()));
                    gone.addAll(group.uids);
                }
                if (moving) {
                    new EntryEditor(boxes, actor, source.owner()).expunge(from, group.uids, false);
                }
            }
        } catch (RuntimeException failed) {
            if (!moving && !come.isEmpty()) {
                new EntryEditor(boxes, actor, owner).expunge(into.mailbox(), come, false);
            }
            throw failed;
        }
        return new Transfer(into.mailbox(), uidValidity, gone, come, target.version());
    }

    /// Letters that go together; closing it gives back what was staged.
    private static final class Group implements AutoCloseable {
        private final List<Long> uids = new ArrayList<>();
        private final List<Arrival> arrivals = new ArrayList<>();
        private long octets;

        @Override
        public void close() {
            arrivals.forEach(arrival -> arrival.letter().close());
        }
    }

    /// @return the place of the next UID
    private int gather(MailboxId from, List<Long> uids, int start, Into into, Group group) {
        MailboxView view = boxes.view(source.owner(), from);
        int next = start;
        while (next < uids.size()
                && group.arrivals.size() < LETTERS_AT_ONCE
                && group.octets < OCTETS_AT_ONCE) {
            long uid = uids.get(next++);
            int at = view.indexOf(uid);
            if (at < 0) {
                continue;
            }
            NewLetter copy = null;
            Letter letter = source.findLetter(view.letter(at)).orElse(null);
            if (letter != null) {
                copy = copy(letter);
            }
            if (letter == null || copy == null) {
                continue;
            }
            group.uids.add(uid);
            group.octets += letter.blobBytes();
            group.arrivals.add(
                    new Arrival(
                            copy,
                            letter.prefix(),
                            into.mailbox(),
                            keywords(view, at, into.settable()),
                            Instant.ofEpochSecond(view.receivedSecond(at)),
                            null));
        }
        return next;
    }

    /// Bits mean the same in both mailboxes only where they are shared; so they are cut by what
    /// they are called.
    private static Set<Keyword> keywords(MailboxView view, int at, long settable) {
        KeywordTable table = view.state().keywords();
        return table.keywords(view.keywords(at) & settable);
    }

    /// @return null when the letter is no more
    private @Nullable NewLetter copy(Letter letter) {
        byte[] anatomy = source.findAnatomyOctets(letter.id()).orElse(null);
        if (anatomy == null) {
            return null;
        }
        LetterIndex index = LetterIndex.decode(anatomy, source.listingOctets(letter));
        try (LetterContent content = source.content(letter)) {
            return new NewLetter(staged(content.blob()), index);
        }
    }

    private StagedBlob staged(Blob blob) {
        byte[] piece = new byte[PIECE];
        try (BlobWriter writer = boxes.blobs().write()) {
            for (long at = 0; at < blob.size(); at += piece.length) {
                int count = (int) Math.min(piece.length, blob.size() - at);
                blob.read(at, piece, 0, count);
                writer.write(piece, 0, count);
            }
            return writer.finish();
        }
    }
}
