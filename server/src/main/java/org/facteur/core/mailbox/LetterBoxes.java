package org.facteur.core.mailbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Language;
import org.facteur.core.account.Account;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Directory;
import org.facteur.core.change.Hints;
import org.facteur.store.blob.BlobStore;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Store;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.kv.Transaction;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/// The letter boxes of all accounts. Any thread.
///
/// Keeps images of accounts in memory, bounded in bytes, so that a mailbox opened again costs what
/// has changed since.
public final class LetterBoxes {
    private static final PartitionId SYSTEM = new PartitionId(PartitionId.Realm.SYSTEM, 0);
    private static final int LOCKS = 64;
    private static final int INBOXES = 100_000;

    private final Store store;
    private final Directory directory;
    private final Hints hints;
    private final InstantSource clock;
    private final Cache<AccountId, BoxImage> images;
    private final FactShelf facts;
    private final Cache<AccountId, MailboxId> inboxes =
            Caffeine.newBuilder().maximumSize(INBOXES).build();
    private final ReentrantLock[] refreshing = new ReentrantLock[LOCKS];
    private final ThreadBook threads = new ThreadBook();
    private volatile @Nullable WithEverybody withEverybody;

    /// @param imageBytes about how much memory images may take; what is known of letters takes at
    ///   most as much again
    public LetterBoxes(
            Store store, Directory directory, Hints hints, InstantSource clock, long imageBytes) {
        this.store = store;
        this.directory = directory;
        this.hints = hints;
        this.clock = clock;
        this.images =
                Caffeine.newBuilder()
                        .maximumWeight(imageBytes)
                        .<AccountId, BoxImage>weigher(
                                (id, image) ->
                                        (int) Math.min(Integer.MAX_VALUE, image.weightBytes()))
                        .build();
        this.facts = new FactShelf(imageBytes);
        for (int i = 0; i < LOCKS; i++) {
            refreshing[i] = new ReentrantLock();
        }
    }

    /// The letter box of the actor's own account.
    public LetterBox open(Actor actor) {
        return open(actor, actor.account());
    }

    /// A letter box for whoever may look at it: the owner, and who may look up one of its
    /// mailboxes.
    ///
    /// @throws Refusal NOT_FOUND for another's box: whether it exists is not revealed
    public LetterBox open(Actor actor, AccountId owner) {
        return findShared(actor, owner).orElseThrow(Directory::noSuchAccount);
    }

    private Optional<LetterBox> findShared(Actor actor, AccountId owner) {
        boolean open =
                actor.account().equals(owner)
                        || (directory.findAccount(owner).isPresent()
                                && image(owner).lists().grants().visible(actor.account()));
        return open ? Optional.of(new LetterBox(this, actor, owner)) : Optional.empty();
    }

    /// The letter box of who has an address, where the actor may look at it and it is not its own.
    public Optional<LetterBox> findShared(Actor actor, EmailAddress address) {
        return directory
                .findOwner(address)
                .map(Account::id)
                .filter(owner -> !owner.equals(actor.account()))
                .flatMap(owner -> findShared(actor, owner));
    }

    /// The letter boxes of others that the actor may look at, with whose they are, in order of
    /// their addresses.
    public List<Shared> shared(Actor actor) {
        Set<AccountId> sharers = new HashSet<>(image(actor.account()).lists().sharers());
        sharers.addAll(sharersWithEverybody());
        sharers.remove(actor.account());
        List<Shared> shared = new ArrayList<>();
        for (AccountId owner : sharers) {
            findShared(actor, owner)
                    .ifPresent(
                            box ->
                                    shared.add(
                                            new Shared(
                                                    directory.getAccount(owner).address(), box)));
        }
        shared.sort(Comparator.comparing(each -> each.address().toString()));
        return List.copyOf(shared);
    }

    /// Begins to watch an account: `wake` is called after each commit, by the committing thread,
    /// and must only signal. That something has changed is all it tells.
    public Hints.Watch watch(AccountId account, Runnable wake) {
        return hints.watch(account, wake);
    }

    /// Whose own address this is, in any spelling.
    public Optional<AccountId> findOwner(EmailAddress address) {
        return directory.findOwner(address).map(Account::id);
    }

    /// An account's own address; empty for one that is no more.
    public Optional<EmailAddress> findAddress(AccountId account) {
        return directory.findAccount(account).map(Account::address);
    }

    /// A letter box of somebody else.
    ///
    /// @param address its owner's
    public record Shared(EmailAddress address, LetterBox box) {}

    /// Remembered as long as nothing of the system's changes.
    private Set<AccountId> sharersWithEverybody() {
        Partition system = store.partition(SYSTEM);
        WithEverybody known = withEverybody;
        if (known == null || known.version() < system.version()) {
            known = system.read(view -> new WithEverybody(view.version(), BoxLists.sharers(view)));
            withEverybody = known;
        }
        return known.sharers();
    }

    private record WithEverybody(long version, Set<AccountId> sharers) {}

    /// Where it is written who shares something with everybody.
    Partition system() {
        return store.partition(SYSTEM);
    }

    /// Makes the mailboxes every account begins with, in its language. Doing it again adds what is
    /// missing and changes nothing else.
    public void prepare(AccountId account, Language language) {
        write(
                Actor.system(account, org.facteur.core.account.Door.SYSTEM),
                account,
                box -> {
                    FirstMailboxes.create(box, language);
                    return true;
                });
    }

    /// Ends everything an account holds, in as many transactions as it takes. The account itself is
    /// the directory's; nobody may be using it any more.
    public void erase(AccountId account) {
        Eraser.erase(partition(account));
        images.invalidate(account);
        inboxes.invalidate(account);
        threads.forget(account);
        facts.forget(account);
        hints.changed(account);
    }

    /// Ends letters that POP devices took before an instant, for good.
    ///
    /// @return how many
    public int expireCollected(AccountId account, java.time.Instant before) {
        Actor system = Actor.system(account, org.facteur.core.account.Door.SYSTEM);
        return new PopCollector(this, system, account).expire(before);
    }

    Directory directory() {
        return directory;
    }

    /// Where octets of letters to come are written.
    public BlobStore blobs() {
        return store.blobs();
    }

    ThreadBook threads() {
        return threads;
    }

    FactShelf facts() {
        return facts;
    }

    Hints hints() {
        return hints;
    }

    Partition partition(AccountId account) {
        return store.partition(account.partition());
    }

    /// The account as it is now.
    BoxImage image(AccountId account) {
        BoxImage known = images.getIfPresent(account);
        if (known != null && known.version() >= partition(account).version()) {
            return known;
        }
        ReentrantLock lock = refreshing[Math.floorMod(account.hashCode(), LOCKS)];
        lock.lock();
        try {
            BoxImage latest = images.getIfPresent(account);
            BoxImage fresh =
                    partition(account)
                            .read(
                                    view ->
                                            latest == null
                                                    ? BoxImage.read(view)
                                                    : latest.refreshed(view));
            if (latest == null || fresh.version() != latest.version()) {
                images.put(account, fresh);
            }
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    /// The inbox of an account. It is made with the account and never removed, so that a delivery
    /// need not look at the account's other mailboxes.
    MailboxId inbox(AccountId account) {
        MailboxId known = inboxes.getIfPresent(account);
        if (known == null) {
            known = tree(account).find(Role.INBOX).orElseThrow(MailboxTree::unknown).id();
            inboxes.put(account, known);
        }
        return known;
    }

    /// The mailboxes of an account. One whose making was cut off before it had any gets the first
    /// ones now.
    MailboxTree tree(AccountId account) {
        MailboxTree tree = image(account).tree();
        if (tree.find(Role.INBOX).isPresent() || directory.findAccount(account).isEmpty()) {
            return tree;
        }
        prepare(account, directory.getAccount(account).language());
        return image(account).tree();
    }

    /// A mailbox as it is now.
    ///
    /// @throws Refusal NOT_FOUND
    MailboxView view(AccountId account, MailboxId id) {
        BoxImage image = image(account);
        MailboxView known = image.views().get(id);
        if (known != null) {
            return known;
        }
        ReentrantLock lock = refreshing[Math.floorMod(account.hashCode(), LOCKS)];
        lock.lock();
        try {
            BoxImage latest = images.getIfPresent(account);
            BoxImage fresh =
                    partition(account)
                            .read(
                                    view -> {
                                        BoxImage now =
                                                latest == null
                                                        ? BoxImage.read(view)
                                                        : latest.refreshed(view);
                                        return now.views().containsKey(id)
                                                ? now
                                                : now.with(
                                                        BoxImage.readView(
                                                                view, now.tree().get(id)));
                                    });
            images.put(account, fresh);
            MailboxView view = fresh.views().get(id);
            if (view == null) {
                throw MailboxTree.unknown();
            }
            return view;
        } finally {
            lock.unlock();
        }
    }

    /// One transaction of a letter box: commit, then wake.
    ///
    /// @throws Busy when the store cannot write now
    <T> Done<T> write(Actor actor, AccountId account, BoxWork<T> work) {
        try {
            var written =
                    partition(account)
                            .write(
                                    tx -> {
                                        BoxTransaction box = begin(tx, account);
                                        T value = work.on(box);
                                        box.finish(actor, account);
                                        return value;
                                    });
            hints.changed(account);
            return new Done<>(written.value(), written.version());
        } catch (StoreFault fault) {
            if (fault.passing()) {
                throw new Busy("the store cannot write", fault);
            }
            throw fault;
        }
    }

    java.time.Instant now() {
        return clock.instant();
    }

    private BoxTransaction begin(Transaction tx, AccountId account) {
        return new BoxTransaction(tx, clock.instant(), view -> treeAt(account, view));
    }

    private MailboxTree treeAt(AccountId account, ReadView view) {
        BoxImage known = images.getIfPresent(account);
        return known == null ? BoxImage.readTree(view) : known.treeAt(view);
    }

    record Done<T>(T value, long version) {}

    /// What one transaction does with a letter box. May run more than once.
    @FunctionalInterface
    interface BoxWork<T> {
        T on(BoxTransaction box);
    }
}
