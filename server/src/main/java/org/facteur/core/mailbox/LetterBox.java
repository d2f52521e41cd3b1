package org.facteur.core.mailbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Quota;
import org.facteur.core.change.Hints;
import org.facteur.store.blob.Blob;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.kv.Transaction;
import org.facteur.store.layout.Layout;
import org.facteur.wire.mime.Anatomy;
import org.facteur.wire.mime.Listing;
import org.jspecify.annotations.Nullable;

/// One account's letter box in the hands of one actor: reading, and the door to every change.
///
/// Any thread; light enough to open per command. Reads show the last durable version; a change
/// returns after it is durable, and the same actor's next read shows it.
///
/// UIDs are given in ascending order; those that are not in the mailbox are left out without a
/// word, as IMAP wants it (RFC 9051 §6.4.9).
public final class LetterBox {
    private final LetterBoxes boxes;
    private final Actor actor;
    private final AccountId owner;

    LetterBox(LetterBoxes boxes, Actor actor, AccountId owner) {
        this.boxes = boxes;
        this.actor = actor;
        this.owner = owner;
    }

    public AccountId owner() {
        return owner;
    }

    public Actor actor() {
        return actor;
    }

    /// The account's durable version: what MODSEQ and state strings are made of.
    public long version() {
        return boxes.partition(owner).version();
    }

    public MailboxTree mailboxes() {
        return boxes.tree(owner);
    }

    /// Where letters arrive.
    public MailboxId inbox() {
        return boxes.inbox(owner);
    }

    /// A mailbox and its entries.
    ///
    /// @throws Refusal NOT_FOUND
    public MailboxView view(MailboxId mailbox) {
        return boxes.view(owner, mailbox);
    }

    public Usage usage() {
        BoxCounters counters = boxes.partition(owner).read(BoxCounters::read);
        Quota quota = quota();
        return new Usage(
                counters.chargedBytes(quota.bytes()),
                counters.chargedLetters(quota.letters()),
                quota);
    }

    /// Begins to watch: `wake` is called after each commit, by the committing thread, and must only
    /// signal.
    public Hints.Watch watch(Runnable wake) {
        return boxes.hints().watch(owner, wake);
    }

    public Optional<Letter> findLetter(LetterId id) {
        return boxes.partition(owner).read(view -> LetterRows.find(view, id));
    }

    /// Several letters in one look, in the order asked; null where one is no more.
    ///
    /// @param ids at most 1,000, so that the look stays short
    public List<@Nullable Letter> letters(List<LetterId> ids) {
        return boxes.partition(owner)
                .read(
                        view -> {
                            List<@Nullable Letter> letters = new ArrayList<>(ids.size());
                            for (LetterId id : ids) {
                                letters.add(LetterRows.find(view, id).orElse(null));
                            }
                            return letters;
                        });
    }

    /// What lists need of a letter.
    public Listing listing(Letter letter) {
        return Listing.decode(octets(letter.listing()));
    }

    /// Where everything in a letter lies; empty when the letter is no more.
    public Optional<Anatomy> findAnatomy(LetterId id) {
        return boxes.partition(owner)
                .read(view -> view.find(Layout.anatomy(id.number())))
                .map(row -> Anatomy.decode(octets(Letter.Held.decodeRow(row))));
    }

    /// A letter's octets.
    ///
    /// @throws StoreFault CORRUPT when the blob is missing
    public LetterContent content(Letter letter) {
        Blob blob =
                boxes.blobs()
                        .find(owner.partition(), letter.blob())
                        .orElseThrow(
                                () ->
                                        new StoreFault(
                                                StoreFault.Kind.CORRUPT,
                                                "the octets of letter "
                                                        + letter.id()
                                                        + " are missing"));
        return new LetterContent(letter.prefix(), blob);
    }

    /// UIDs that left a mailbox after a version, ascending and each once; empty when so much has
    /// happened since that comparing with what is there costs less.
    ///
    /// @param version of the account, as MODSEQ counts it; 0 or more
    public Optional<long[]> findRemoved(MailboxId mailbox, long version) {
        return boxes.partition(owner).read(view -> RemovedEntries.since(view, mailbox, version));
    }

    /// Makes a mailbox, and the parents it needs.
    ///
    /// @param role null for none
    /// @throws Refusal ALREADY_EXISTS, LIMIT, or CANNOT for a role that is taken
    public Mailbox create(MailboxName name, @Nullable Role role) {
        return new MailboxEditor(boxes, actor, owner).create(name, role);
    }

    /// Gives a mailbox, with all under it, another name; missing parents are made. Renaming the
    /// inbox moves its letters and leaves it empty (RFC 9051 §6.3.6).
    ///
    /// @throws Refusal NOT_FOUND, ALREADY_EXISTS, CANNOT into its own child
    public void rename(MailboxName from, MailboxName to) {
        new MailboxEditor(boxes, actor, owner).rename(from, to);
    }

    /// Removes a mailbox with its letters.
    ///
    /// @throws Refusal NOT_FOUND; CANNOT for the inbox and for one that has children
    public void delete(MailboxName name) {
        new MailboxEditor(boxes, actor, owner).delete(name);
    }

    /// @throws Refusal NOT_FOUND
    public void subscribe(MailboxName name, boolean subscribed) {
        new MailboxEditor(boxes, actor, owner).subscribe(name, subscribed);
    }

    /// Takes a letter in. Durable when this returns.
    ///
    /// @throws Refusal OVER_QUOTA, NOT_FOUND for the mailbox, LIMIT for keywords
    public Placed append(Arrival arrival) {
        return append(List.of(arrival)).getFirst();
    }

    /// Takes letters in, all or none. Durable when this returns.
    ///
    /// @param arrivals at least one; some dozens of ordinary letters fit
    /// @return where they came to lie, in the same order
    /// @throws Refusal as above, and LIMIT when they are too many
    public List<Placed> append(List<Arrival> arrivals) {
        return new LetterIntake(boxes, actor, owner).append(arrivals, tx -> {});
    }

    /// Takes letters in, and writes what belongs to that in the same transaction.
    ///
    /// @param arrivals as above; may be none
    /// @param beside may run more than once
    public List<Placed> append(List<Arrival> arrivals, Consumer<Transaction> beside) {
        return new LetterIntake(boxes, actor, owner).append(arrivals, beside);
    }

    /// Changes keywords. Past 2,400 entries in several transactions, each complete in itself.
    ///
    /// @throws Refusal NOT_FOUND for the mailbox, LIMIT for keywords
    public Marked mark(MailboxId mailbox, List<Long> uids, Marking marking) {
        return new EntryEditor(boxes, actor, owner).mark(mailbox, uids, marking);
    }

    /// Copies entries with their keywords and dates. All or nothing up to 1,000 entries; more go in
    /// several transactions.
    ///
    /// @throws Refusal OVER_QUOTA, NOT_FOUND for a mailbox
    public Transfer copy(MailboxId from, List<Long> uids, MailboxId to) {
        return new EntryEditor(boxes, actor, owner).copy(from, uids, to);
    }

    /// Moves entries with their keywords and dates; each one is always in exactly one of both
    /// mailboxes.
    ///
    /// @throws Refusal NOT_FOUND for a mailbox
    public Transfer move(MailboxId from, List<Long> uids, MailboxId to) {
        return new EntryEditor(boxes, actor, owner).move(from, uids, to);
    }

    /// What a POP device is offered now. The first time in a device's life this is written down.
    ///
    /// @throws Refusal NOT_FOUND for an account without inbox
    public PopDrop openDrop(PopDevice device) {
        collector().begin(device);
        return PopDrop.open(boxes, this, device, boxes.now());
    }

    /// Does to letters what the device's rule says of deleting, and offers them to it no more. Past
    /// 2,400 entries in several transactions, each complete in itself.
    ///
    /// @param letters of the drop; those that somebody else has moved or ended are left alone
    public PopReceipt take(PopDrop drop, List<LetterId> letters) {
        return collector().take(drop, letters);
    }

    /// Letters that POP devices took and that can be put back, the latest first.
    ///
    /// @param since only those taken then or later
    /// @param limit 1 to 1,000
    public List<RecoverableLetter> recoverable(Instant since, int limit) {
        return collector().recoverable(since, limit);
    }

    /// Puts letters back into the mailboxes they lay in, with date and keywords. A mailbox that is
    /// no more is made again. The devices that took them are not offered them again.
    ///
    /// @param ids of [RecoverableLetter]; those that are no more are left out
    /// @return those that were put back
    public List<Long> restore(List<Long> ids) {
        return collector().restore(ids);
    }

    /// How a POP device behaves; empty for one that never collected.
    public Optional<PopHabit> findHabit(long credential) {
        return boxes.partition(owner).read(view -> PopHabit.find(view, credential));
    }

    /// Forgets the cursor of a credential that is no more.
    public void forgetDevice(long credential) {
        collector().forget(credential);
    }

    private PopCollector collector() {
        return new PopCollector(boxes, actor, owner);
    }

    /// Ends entries for good.
    ///
    /// @param onlyDeleted leave those without `$deleted` alone, as IMAP's EXPUNGE does
    /// @return UIDs that are no more, ascending
    public List<Long> expunge(MailboxId mailbox, List<Long> uids, boolean onlyDeleted) {
        return new EntryEditor(boxes, actor, owner).expunge(mailbox, uids, onlyDeleted);
    }

    private Quota quota() {
        return boxes.directory().getAccount(owner).quota();
    }

    private byte[] octets(Letter.Held held) {
        return switch (held) {
            case Letter.Held.Inline(byte[] octets) -> octets;
            case Letter.Held.Apart(var id, long bytes) -> {
                try (Blob blob =
                        boxes.blobs()
                                .find(owner.partition(), id)
                                .orElseThrow(
                                        () ->
                                                new StoreFault(
                                                        StoreFault.Kind.CORRUPT,
                                                        "an index is missing"))) {
                    byte[] octets = new byte[Math.toIntExact(bytes)];
                    blob.read(0, octets, 0, octets.length);
                    yield octets;
                }
            }
        };
    }
}
