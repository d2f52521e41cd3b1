package org.facteur.core.contact;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Directory;
import org.facteur.core.account.Door;
import org.facteur.core.deliver.LetterWatch;
import org.facteur.core.shelf.ItemKind;
import org.facteur.core.shelf.Shelf;
import org.facteur.core.shelf.ShelfChanges;
import org.facteur.core.shelf.ShelfItem;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.wire.address.EmailAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whom people have written to, of all accounts. Any thread.
public final class Correspondents {
    /// A letter to more recipients is no sign of acquaintance.
    public static final int AUDIENCE = 25;

    /// The longest name, in octets of UTF-8.
    public static final int NAME_OCTETS = 300;

    private static final Logger LOG = LoggerFactory.getLogger(Correspondents.class);
    private static final int FORMAT = 1;

    /// How many make room at once.
    private static final int ROOM = 100;

    /// How many are written in one transaction.
    private static final int TOGETHER = 100;

    private final Shelf shelf;
    private final Directory directory;
    private final InstantSource clock;
    private final Sightings sightings = new Sightings();

    public Correspondents(Shelf shelf, Directory directory, InstantSource clock) {
        this.shelf = shelf;
        this.directory = directory;
        this.clock = clock;
    }

    /// What is shown letters that people hand in.
    public LetterWatch watch() {
        return sightings;
    }

    /// Writes down what was seen, of all accounts.
    public void settle() {
        for (AccountId account : sightings.accounts()) {
            try {
                settle(account);
            } catch (Busy | Refusal failed) {
                LOG.warn("account={} whom it wrote to is forgotten", account, failed);
            }
        }
    }

    /// Writes down what was seen of an account.
    ///
    /// @throws Busy when the store cannot write; then it is forgotten
    public void settle(AccountId account) {
        List<Sightings.Seen> seen = sightings.take(account);
        if (seen.isEmpty() || directory.findAccount(account).isEmpty() || !learns(account)) {
            return;
        }
        List<Sightings.Seen> others =
                seen.stream().filter(each -> !directory.owns(account, each.address())).toList();
        for (int from = 0; from < others.size(); from += TOGETHER) {
            List<Sightings.Seen> some =
                    others.subList(from, Math.min(others.size(), from + TOGETHER));
            shelf.change(
                    Actor.system(account, Door.SYSTEM),
                    account,
                    items -> {
                        some.forEach(each -> write(items, each));
                        return true;
                    });
        }
    }

    private void write(Shelf.Editing items, Sightings.Seen seen) {
        String key = Sightings.key(seen.address());
        Optional<Correspondent> known =
                items.findNamed(ItemKind.CORRESPONDENT, key).map(Correspondent::decode);
        if (known.isPresent()) {
            Correspondent before = known.get();
            String name = seen.name().isEmpty() ? before.name() : seen.name();
            Correspondent after =
                    new Correspondent(
                            before.number(),
                            seen.address().toString(),
                            name,
                            before.letters() + seen.letters(),
                            before.first(),
                            seen.last());
            items.put(ItemKind.CORRESPONDENT, before.number(), after.encode());
            return;
        }
        if (items.count(ItemKind.CORRESPONDENT) >= ItemKind.CORRESPONDENT.most()) {
            makeRoom(items);
        }
        Correspondent fresh =
                new Correspondent(
                        0,
                        seen.address().toString(),
                        seen.name(),
                        seen.letters(),
                        seen.last(),
                        seen.last());
        items.name(
                ItemKind.CORRESPONDENT,
                key,
                items.add(ItemKind.CORRESPONDENT, null, fresh.encode()));
    }

    private void makeRoom(Shelf.Editing items) {
        Instant now = clock.instant();
        items.list(ItemKind.CORRESPONDENT).stream()
                .map(Correspondent::decode)
                .sorted(Comparator.comparingDouble(each -> each.weight(now)))
                .limit(ROOM)
                .forEach(each -> remove(items, each));
    }

    private static void remove(Shelf.Editing items, Correspondent each) {
        items.unname(ItemKind.CORRESPONDENT, each.address().toLowerCase(java.util.Locale.ROOT));
        items.remove(ItemKind.CORRESPONDENT, each.number());
    }

    /// Everybody, what was just seen included, in order of their numbers.
    public List<Correspondent> list(AccountId account) {
        settle(account);
        return shelf.list(account, ItemKind.CORRESPONDENT).stream()
                .map(Correspondent::decode)
                .toList();
    }

    public Optional<Correspondent> find(AccountId account, long number) {
        return shelf.find(account, ItemKind.CORRESPONDENT, number).map(Correspondent::decode);
    }

    /// Whether somebody writes to an address. A letter of the last minute may not count yet.
    public boolean isKnown(AccountId account, EmailAddress address) {
        return shelf.findNamed(account, ItemKind.CORRESPONDENT, Sightings.key(address)).isPresent();
    }

    public Optional<ShelfChanges> changesSince(AccountId account, long version) {
        return shelf.changesSince(account, ItemKind.CORRESPONDENT, version);
    }

    /// Forgets somebody, until there is another letter.
    ///
    /// @throws Refusal NOT_FOUND
    public void forget(Actor actor, long number) {
        shelf.change(
                actor,
                actor.account(),
                items -> {
                    ShelfItem item =
                            items.find(ItemKind.CORRESPONDENT, number)
                                    .orElseThrow(
                                            () ->
                                                    new Refusal(
                                                            Refusal.Reason.NOT_FOUND,
                                                            "There is no such correspondent.",
                                                            "Ce correspondant n'existe pas."));
                    remove(items, Correspondent.decode(item));
                    return true;
                });
    }

    /// Forgets everybody.
    public void forgetAll(Actor actor) {
        sightings.take(actor.account());
        List<Correspondent> all = list(actor.account());
        for (int from = 0; from < all.size(); from += TOGETHER) {
            List<Correspondent> some = all.subList(from, Math.min(all.size(), from + TOGETHER));
            shelf.change(
                    actor,
                    actor.account(),
                    items -> {
                        for (Correspondent each : some) {
                            if (items.find(ItemKind.CORRESPONDENT, each.number()).isPresent()) {
                                remove(items, each);
                            }
                        }
                        return true;
                    });
        }
    }

    /// Whether the owner wants this to be learned; so it is while nothing was said.
    public boolean learns(AccountId account) {
        return shelf.list(account, ItemKind.PEOPLE_WISHES).stream()
                .allMatch(item -> new Decoder(item.content(), FORMAT).flag());
    }

    /// Says whether this is to be learned. What is known stays.
    public void learn(Actor actor, boolean wanted) {
        byte[] content = new Encoder(FORMAT).flag(wanted).toBytes();
        shelf.change(
                actor,
                actor.account(),
                items -> {
                    List<ShelfItem> known = items.list(ItemKind.PEOPLE_WISHES);
                    if (known.isEmpty()) {
                        items.add(ItemKind.PEOPLE_WISHES, null, content);
                    } else {
                        items.put(ItemKind.PEOPLE_WISHES, known.getFirst().number(), content);
                    }
                    return true;
                });
    }

    public Optional<ShelfChanges> wishesSince(AccountId account, long version) {
        return shelf.changesSince(account, ItemKind.PEOPLE_WISHES, version);
    }
}
