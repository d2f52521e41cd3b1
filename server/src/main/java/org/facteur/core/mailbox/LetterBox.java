package org.facteur.core.mailbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Quota;
import org.facteur.core.change.Hints;
import org.facteur.store.blob.Blob;
import org.facteur.store.kv.ReadView;
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
    private final Access access;

    LetterBox(LetterBoxes boxes, Actor actor, AccountId owner) {
        this.boxes = boxes;
        this.actor = actor;
        this.owner = owner;
        this.access = new Access(boxes, actor, owner);
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

    /// Whether this is somebody else's letter box.
    public boolean guest() {
        return access.guest();
    }

    /// The mailboxes the actor may see: its own, or those of another that it may look up.
    public MailboxTree mailboxes() {
        if (!guest()) {
            return boxes.tree(owner);
        }
        BoxImage image = boxes.image(owner);
        Grants grants = image.lists().grants();
        return image.tree().forGuest(id -> grants.of(id, actor.account()).has(Right.LOOKUP));
    }

    /// What the actor may do with a mailbox; nothing, where it may not see it.
    public Rights rights(MailboxId mailbox) {
        return access.rights(mailbox);
    }

    /// What others may do with a mailbox.
    ///
    /// @throws Refusal NOT_FOUND; NOT_ALLOWED without [Right#ADMINISTER]
    public Map<Grantee, Rights> grants(MailboxId mailbox) {
        access.require(mailbox, Right.ADMINISTER);
        BoxImage image = boxes.image(owner);
        image.tree().get(mailbox);
        return image.lists().grants().of(mailbox);
    }

    /// Gives rights in the place of those given before; none takes them away.
    ///
    /// @throws Refusal NOT_FOUND; NOT_ALLOWED without [Right#ADMINISTER]; LIMIT past
    ///   [BoxLimits#GRANTS]; CANNOT for the owner, who may everything
    public void grant(MailboxId mailbox, Grantee grantee, Rights rights) {
        access.require(mailbox, Right.ADMINISTER);
        if (grantee instanceof Grantee.Person(AccountId account) && account.equals(owner)) {
            throw new Refusal(
                    Refusal.Reason.CANNOT,
                    "The owner of a mailbox has all rights.",
                    "Le propriétaire d'un dossier a tous les droits.");
        }
        new SharingEditor(boxes, actor, owner).put(mailbox, grantee, rights);
    }

    /// Names subscribed to that are no mailboxes of this box: those of removed ones, and others'.
    public Set<MailboxName> otherSubscriptions() {
        BoxImage image = boxes.image(owner);
        return image.lists().subscriptions().stream()
                .filter(name -> image.tree().find(name).isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// What was noted about a mailbox, or about the account: what all see, and what the actor alone
    /// does.
    ///
    /// @param mailbox null for the account
    /// @throws Refusal NOT_FOUND; NOT_ALLOWED without a right to read or change something
    public List<Annotation> annotations(@Nullable MailboxId mailbox) {
        checkNotes(mailbox);
        long where = mailbox == null ? 0 : mailbox.number();
        long reader = actor.account().number();
        return boxes.partition(owner).read(view -> AnnotationRows.read(view, where, reader));
    }

    /// Writes a note in the place of the one of its name.
    ///
    /// @param mailbox null for the account
    /// @throws Refusal as above; NOT_ALLOWED for a shared one without [Right#WRITE]; LIMIT
    public void annotate(@Nullable MailboxId mailbox, List<NoteChange> changes) {
        checkNotes(mailbox);
        boolean shared = changes.stream().anyMatch(NoteChange::shared);
        if (shared && mailbox != null) {
            access.require(mailbox, Right.WRITE);
        }
        new MailboxEditor(boxes, actor, owner).annotate(mailbox, changes);
    }

    private void checkNotes(@Nullable MailboxId mailbox) {
        if (mailbox == null) {
            access.ownerOnly();
            return;
        }
        boxes.image(owner).tree().get(mailbox);
        access.require(mailbox);
        Rights rights = access.rights(mailbox);
        boolean any =
                rights.has(Right.READ)
                        || rights.has(Right.SEEN)
                        || rights.has(Right.WRITE)
                        || rights.has(Right.INSERT)
                        || rights.has(Right.POST);
        if (!any) {
            throw Access.denied();
        }
    }

    /// Where letters arrive.
    public MailboxId inbox() {
        return boxes.inbox(owner);
    }

    /// A mailbox and its entries.
    ///
    /// @throws Refusal NOT_FOUND
    public MailboxView view(MailboxId mailbox) {
        access.require(mailbox, Right.READ);
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

    /// Empty also for one that lies in no mailbox the actor may read.
    public Optional<Letter> findLetter(LetterId id) {
        return boxes.partition(owner)
                .read(view -> readable(view, id) ? LetterRows.find(view, id) : Optional.empty());
    }

    private boolean readable(ReadView view, LetterId id) {
        if (!guest()) {
            return true;
        }
        Optional<Places> places = view.find(Layout.places(id.number())).map(Places::decode);
        return places.isPresent()
                && places.get().list().stream()
                        .anyMatch(place -> access.rights(place.mailbox()).has(Right.READ));
    }

    /// Several letters in one look, in the order asked; null where one is no more.
    ///
    /// @param ids at most 1,000, so that the look stays short
    public List<@Nullable Letter> letters(List<LetterId> ids) {
        return boxes.partition(owner)
                .read(
                        view -> {
                            if (!guest() && LetterRows.near(ids)) {
                                return LetterRows.scan(view, ids);
                            }
                            List<@Nullable Letter> letters = new ArrayList<>(ids.size());
                            for (LetterId id : ids) {
                                letters.add(
                                        readable(view, id)
                                                ? LetterRows.find(view, id).orElse(null)
                                                : null);
                            }
                            return letters;
                        });
    }

    /// Letters that arrived after one, in the order of their numbers.
    ///
    /// @param after a letter's number; 0 for the beginning
    /// @param limit 1 to 1,000
    public List<Letter> lettersAfter(long after, int limit) {
        access.ownerOnly();
        return boxes.partition(owner)
                .read(
                        view ->
                                view.scan(Layout.lettersAfter(after), limit).stream()
                                        .map(LetterRows::decode)
                                        .toList());
    }

    /// Letters after one and before another.
    List<Letter> lettersBetween(long after, long before, int limit) {
        return boxes.partition(owner)
                .read(
                        view ->
                                view.scan(Layout.lettersBetween(after, before), limit).stream()
                                        .map(LetterRows::decode)
                                        .toList());
    }

    /// What searching, sorting and threading ask of all letters of a view, in memory; the first
    /// time they are read.
    ///
    /// @param view of this box
    /// @return empty when they are too many to be kept
    public Optional<LetterFacts> findFacts(MailboxView view) {
        return boxes.facts().find(this, new FactRows(boxes.partition(owner)), view, true);
    }

    /// The same, when next to nothing needs to be read for that.
    public Optional<LetterFacts> findKnownFacts(MailboxView view) {
        return boxes.facts().find(this, new FactRows(boxes.partition(owner)), view, false);
    }

    /// The numbers of letters after one, ascending: cheaper than the letters.
    ///
    /// @param limit 1 to 1,000
    public List<Long> letterNumbersAfter(long after, int limit) {
        access.ownerOnly();
        return boxes.partition(owner)
                .read(
                        view ->
                                view.scan(Layout.placesAfter(after), limit).stream()
                                        .map(row -> Layout.number(row.key(), 0))
                                        .toList());
    }

    /// Letters by their own numbers, whatever mailboxes they lie in.
    public LetterCatalog catalog() {
        return new LetterCatalog(boxes, actor, owner);
    }

    /// What lists need of a letter.
    public Listing listing(Letter letter) {
        return Listing.decode(listingOctets(letter));
    }

    /// The same as it is kept ([Listing#encode()]). The octets must not be written into.
    public byte[] listingOctets(Letter letter) {
        return octets(letter.listing());
    }

    /// Where everything in a letter lies; empty when the letter is no more.
    public Optional<Anatomy> findAnatomy(LetterId id) {
        return findAnatomyOctets(id).map(Anatomy::decode);
    }

    Optional<byte[]> findAnatomyOctets(LetterId id) {
        return boxes.partition(owner)
                .read(
                        view ->
                                readable(view, id)
                                        ? view.find(Layout.anatomy(id.number()))
                                        : Optional.<byte[]>empty())
                .map(row -> octets(Letter.Held.decodeRow(row)));
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
        access.require(mailbox, Right.READ);
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

    /// Gives a mailbox a purpose, or takes it away.
    ///
    /// @param role null for none
    /// @throws Refusal NOT_FOUND; CANNOT for the inbox and for a role another mailbox has
    public void assign(MailboxId mailbox, @Nullable Role role) {
        new MailboxEditor(boxes, actor, owner).assign(mailbox, role);
    }

    /// Subscribes to a mailbox of this box, or takes that back. A name that was subscribed to stays
    /// so when its mailbox is removed (RFC 9051 §6.3.7), and can be taken back.
    ///
    /// @throws Refusal NOT_FOUND
    public void subscribe(MailboxName name, boolean subscribed) {
        new MailboxEditor(boxes, actor, owner).subscribe(name, subscribed);
    }

    /// Keeps or forgets a name that is no mailbox of this box.
    ///
    /// @throws Refusal LIMIT
    public void subscribeElsewhere(MailboxName name, boolean subscribed) {
        new MailboxEditor(boxes, actor, owner).subscribeElsewhere(name, subscribed);
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
        return new LetterIntake(boxes, actor, owner)
                .append(guest() ? arrivals.stream().map(this::allowed).toList() : arrivals);
    }

    /// Takes letters in, and writes what belongs to that in the same transaction.
    ///
    /// @param arrivals as above; may be none
    /// @param within the quota that counts; null for the account's own
    /// @param beside may run more than once
    public List<Placed> append(
            List<Arrival> arrivals, @Nullable Quota within, Consumer<Transaction> beside) {
        return new LetterIntake(boxes, actor, owner)
                .append(
                        guest() ? arrivals.stream().map(this::allowed).toList() : arrivals,
                        within,
                        beside);
    }

    /// Puts a letter in the place of another; in one account at one instant, else the new one
    /// first.
    ///
    /// @param uid of the letter that goes, in `from`
    /// @param other the box the new one goes to
    /// @throws Refusal as [#append(List)]; NOT_FOUND when the other is not there any more
    public Placed replace(MailboxId from, long uid, LetterBox other, Arrival arrival) {
        access.require(from, Right.DELETE_LETTERS, Right.EXPUNGE);
        Arrival fit = other.guest() ? other.allowed(arrival) : arrival;
        if (other.owner.equals(owner)) {
            return new LetterIntake(boxes, actor, owner).replace(from, uid, fit);
        }
        Placed placed = new LetterIntake(boxes, actor, other.owner).append(List.of(fit)).getFirst();
        expunge(from, List.of(uid), false);
        return placed;
    }

    /// Marks of what was noted, by name as IMAP has it: a mark is another when the note is. For the
    /// actor's eyes: notes it may not see are not among them.
    ///
    /// @param mailbox null for the account
    public Map<String, Integer> noteMarks(@Nullable MailboxId mailbox) {
        long where = mailbox == null ? 0 : mailbox.number();
        return boxes.image(owner).lists().notes().of(where, actor.account().number());
    }

    /// A guest's letter, with those keywords alone that it may set.
    private Arrival allowed(Arrival arrival) {
        access.require(arrival.mailbox(), Right.INSERT);
        long settable = access.rights(arrival.mailbox()).changeable();
        KeywordTable table = KeywordTable.EMPTY.with(arrival.keywords());
        return new Arrival(
                arrival.letter(),
                arrival.prefix(),
                arrival.mailbox(),
                table.keywords(table.bits(arrival.keywords()) & settable),
                arrival.received(),
                arrival.handover());
    }

    /// Changes keywords, those the actor may change. Past some thousand entries in several
    /// transactions, each complete in itself.
    ///
    /// @throws Refusal NOT_FOUND for the mailbox, LIMIT for keywords
    public Marked mark(MailboxId mailbox, List<Long> uids, Marking marking) {
        long changeable = access.changeable(mailbox);
        if (guest() && marking.mode() != Marking.Mode.REPLACE) {
            KeywordTable table = view(mailbox).state().keywords().with(marking.keywords());
            if ((table.bits(marking.keywords()) & changeable) == 0) {
                throw Access.denied();
            }
        }
        return new EntryEditor(boxes, actor, owner).mark(mailbox, uids, marking, changeable);
    }

    /// Copies entries with their keywords and dates. All or nothing up to 1,000 entries; more go in
    /// several transactions.
    ///
    /// @throws Refusal OVER_QUOTA, NOT_FOUND for a mailbox
    public Transfer copy(MailboxId from, List<Long> uids, MailboxId to) {
        access.require(from, Right.READ);
        access.require(to, Right.INSERT);
        return new EntryEditor(boxes, actor, owner)
                .copy(from, uids, to, access.rights(to).changeable());
    }

    /// The same, into a mailbox of another account. All come or none, though not at one instant.
    ///
    /// @throws Refusal OVER_QUOTA by the other account's, NOT_FOUND, NOT_ALLOWED
    public Transfer copy(MailboxId from, List<Long> uids, LetterBox other, MailboxId to) {
        return transfer(from, uids, other, to, false);
    }

    /// Moves entries into a mailbox of another account; each one is always in at least one of both.
    ///
    /// @throws Refusal as above
    public Transfer move(MailboxId from, List<Long> uids, LetterBox other, MailboxId to) {
        return transfer(from, uids, other, to, true);
    }

    private Transfer transfer(
            MailboxId from, List<Long> uids, LetterBox other, MailboxId to, boolean moving) {
        if (other.owner.equals(owner)) {
            return moving ? move(from, uids, to) : copy(from, uids, to);
        }
        access.require(from, Right.READ);
        if (moving) {
            access.require(from, Right.DELETE_LETTERS, Right.EXPUNGE);
        }
        other.access.require(to, Right.INSERT);
        return new CrossTransfer(boxes, actor, this, other)
                .run(
                        from,
                        uids,
                        new CrossTransfer.Into(to, other.access.rights(to).changeable()),
                        moving);
    }

    /// Moves entries with their keywords and dates; each one is always in exactly one of both
    /// mailboxes.
    ///
    /// @throws Refusal NOT_FOUND for a mailbox
    public Transfer move(MailboxId from, List<Long> uids, MailboxId to) {
        access.require(from, Right.READ, Right.DELETE_LETTERS, Right.EXPUNGE);
        access.require(to, Right.INSERT);
        return new EntryEditor(boxes, actor, owner)
                .move(from, uids, to, access.rights(to).changeable());
    }

    /// What a POP device is offered now. The first time in a device's life this is written down.
    ///
    /// @throws Refusal NOT_FOUND for an account without inbox
    public PopDrop openDrop(PopDevice device) {
        collector().begin(device);
        return PopDrop.open(boxes, this, device, boxes.now());
    }

    /// Does to letters what the device's rule says of deleting, and offers them to it no more. Past
    /// some thousand entries in several transactions, each complete in itself.
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
        access.ownerOnly();
        return new PopCollector(boxes, actor, owner);
    }

    /// Ends entries for good.
    ///
    /// @param onlyDeleted leave those without `$deleted` alone, as IMAP's EXPUNGE does
    /// @return UIDs that are no more, ascending
    public List<Long> expunge(MailboxId mailbox, List<Long> uids, boolean onlyDeleted) {
        access.require(mailbox, Right.EXPUNGE);
        if (!onlyDeleted) {
            access.require(mailbox, Right.DELETE_LETTERS);
        }
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
