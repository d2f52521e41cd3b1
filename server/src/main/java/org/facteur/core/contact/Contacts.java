package org.facteur.core.contact;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.shelf.ItemKind;
import org.facteur.core.shelf.Shelf;
import org.facteur.core.shelf.ShelfChanges;
import org.facteur.core.shelf.ShelfItem;
import org.facteur.store.blob.Blob;
import org.facteur.store.blob.BlobId;
import org.facteur.store.blob.BlobWriter;
import org.facteur.store.blob.StagedBlob;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jscontact.CardFacts;
import org.facteur.wire.jscontact.JsContact;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Address books and cards of all accounts. Any thread.
public final class Contacts {
    private static final int FORMAT = 1;

    /// A larger card lies beside its row.
    private static final int INLINE_OCTETS = 32 << 10;

    /// Cards one transaction removes.
    private static final int TOGETHER = 100;

    private final Shelf shelf;

    public Contacts(Shelf shelf) {
        this.shelf = shelf;
    }

    public long version(AccountId account) {
        return shelf.version(account);
    }

    /// All books; the first is made when there is none.
    public List<AddressBook> books(Actor actor) {
        AccountId owner = actor.account();
        List<ShelfItem> items = shelf.list(owner, ItemKind.ADDRESS_BOOK);
        if (items.isEmpty()) {
            AddressBook first =
                    new AddressBook(0, new AddressBook.Label("Contacts", null, 0), true, true);
            shelf.change(
                    actor,
                    owner,
                    editing -> {
                        if (editing.list(ItemKind.ADDRESS_BOOK).isEmpty()) {
                            editing.add(ItemKind.ADDRESS_BOOK, null, first.encode());
                        }
                        return true;
                    });
            items = shelf.list(owner, ItemKind.ADDRESS_BOOK);
        }
        return items.stream().map(AddressBook::decode).toList();
    }

    public Optional<ShelfChanges> booksSince(AccountId account, long version) {
        return shelf.changesSince(account, ItemKind.ADDRESS_BOOK, version);
    }

    /// Makes a book; the account's first is its default.
    ///
    /// @return its number
    /// @throws Refusal LIMIT
    public long addBook(Actor actor, AddressBook.Label label, boolean subscribed) {
        books(actor);
        return shelf.change(
                        actor,
                        actor.account(),
                        items ->
                                items.add(
                                        ItemKind.ADDRESS_BOOK,
                                        null,
                                        new AddressBook(0, label, false, subscribed).encode()))
                .value();
    }

    /// @throws Refusal NOT_FOUND
    public void changeBook(Actor actor, long number, AddressBook.Label label, boolean subscribed) {
        shelf.change(
                actor,
                actor.account(),
                items -> {
                    AddressBook known = book(items, number);
                    items.put(
                            ItemKind.ADDRESS_BOOK,
                            number,
                            new AddressBook(number, label, known.isDefault(), subscribed).encode());
                    return true;
                });
    }

    /// Makes a book the one that cards go to.
    ///
    /// @throws Refusal NOT_FOUND
    public void makeDefault(Actor actor, long number) {
        shelf.change(
                actor,
                actor.account(),
                items -> {
                    book(items, number);
                    for (ShelfItem item : items.list(ItemKind.ADDRESS_BOOK)) {
                        AddressBook each = AddressBook.decode(item);
                        boolean it = each.number() == number;
                        if (each.isDefault() != it) {
                            items.put(
                                    ItemKind.ADDRESS_BOOK,
                                    each.number(),
                                    each.asDefault(it).encode());
                        }
                    }
                    return true;
                });
    }

    /// Takes a book away. Cards that stand in no other go with it, when that is wanted; a crash
    /// half way leaves the book with fewer cards.
    ///
    /// @throws Refusal NOT_FOUND; ALREADY_EXISTS for a book that holds cards, when these are to
    ///   stay; CANNOT for the only book
    public void removeBook(Actor actor, long number, boolean withCards) {
        AccountId owner = actor.account();
        if (shelf.find(owner, ItemKind.ADDRESS_BOOK, number).isEmpty()) {
            throw noBook();
        }
        List<Long> inside = inside(owner, number);
        if (!inside.isEmpty() && !withCards) {
            throw holdsCards();
        }
        for (int from = 0; from < inside.size(); from += TOGETHER) {
            List<Long> some = inside.subList(from, Math.min(inside.size(), from + TOGETHER));
            shelf.change(
                    actor,
                    owner,
                    items -> {
                        some.forEach(each -> takeOut(items, each, number));
                        return true;
                    });
        }
        shelf.change(
                actor,
                owner,
                items -> {
                    AddressBook known = book(items, number);
                    List<ShelfItem> all = items.list(ItemKind.ADDRESS_BOOK);
                    if (all.size() == 1) {
                        throw new Refusal(
                                Refusal.Reason.CANNOT,
                                "The only book stays.",
                                "Le seul carnet reste.");
                    }
                    items.remove(ItemKind.ADDRESS_BOOK, number);
                    if (known.isDefault()) {
                        ShelfItem next =
                                all.getFirst().number() == number ? all.get(1) : all.getFirst();
                        items.put(
                                ItemKind.ADDRESS_BOOK,
                                next.number(),
                                AddressBook.decode(next).asDefault(true).encode());
                    }
                    return true;
                });
    }

    private List<Long> inside(AccountId owner, long book) {
        List<Long> inside = new ArrayList<>();
        for (ShelfItem item : shelf.list(owner, ItemKind.CARD)) {
            if (Kept.decode(item).books().contains(book)) {
                inside.add(item.number());
            }
        }
        return inside;
    }

    private static void takeOut(Shelf.Editing items, long card, long book) {
        ShelfItem item = items.find(ItemKind.CARD, card).orElse(null);
        if (item == null) {
            return;
        }
        Kept kept = Kept.decode(item);
        Set<Long> left = new TreeSet<>(kept.books());
        left.remove(book);
        if (left.isEmpty()) {
            items.unname(ItemKind.CARD, kept.uid());
            items.remove(ItemKind.CARD, card);
        } else if (left.size() < kept.books().size()) {
            items.put(ItemKind.CARD, card, new Kept(kept.uid(), left, kept.json()).encode());
        }
    }

    private static AddressBook book(Shelf.Editing items, long number) {
        return items.find(ItemKind.ADDRESS_BOOK, number)
                .map(AddressBook::decode)
                .orElseThrow(Contacts::noBook);
    }

    private static Refusal noBook() {
        return new Refusal(
                Refusal.Reason.NOT_FOUND, "There is no such book.", "Ce carnet n'existe pas.");
    }

    private static Refusal holdsCards() {
        return new Refusal(
                Refusal.Reason.ALREADY_EXISTS,
                "There are cards in this book.",
                "Il y a des fiches dans ce carnet.");
    }

    private static Refusal noCard() {
        return new Refusal(
                Refusal.Reason.NOT_FOUND, "There is no such card.", "Cette fiche n'existe pas.");
    }

    /// What a row of a card says.
    ///
    /// @param json null where the card lies beside the row
    @SuppressWarnings("ArrayRecordComponent")
    private record Kept(String uid, Set<Long> books, byte @Nullable [] json) {
        byte[] encode() {
            Encoder out =
                    new Encoder(FORMAT)
                            .text(uid)
                            .list(books, (to, each) -> to.number(each))
                            .flag(json != null);
            return json == null ? out.toBytes() : out.octets(json).toBytes();
        }

        static Kept decode(ShelfItem item) {
            Decoder in = new Decoder(item.content(), FORMAT);
            String uid = in.text();
            Set<Long> books = new TreeSet<>(in.list(Decoder::number));
            byte[] json = in.flag() ? in.octets() : null;
            in.end();
            return new Kept(uid, books, json);
        }
    }

    /// All cards in order of their numbers.
    public List<Card> cards(AccountId account) {
        return shelf.list(account, ItemKind.CARD).stream()
                .map(each -> read(account, each))
                .toList();
    }

    /// How many cards there are.
    public long count(AccountId account) {
        return shelf.count(account, ItemKind.CARD);
    }

    public Optional<Card> find(AccountId account, long number) {
        return shelf.find(account, ItemKind.CARD, number).map(each -> read(account, each));
    }

    public Optional<Card> findByUid(AccountId account, String uid) {
        return shelf.findNamed(account, ItemKind.CARD, uid).map(each -> read(account, each));
    }

    public Optional<ShelfChanges> cardsSince(AccountId account, long version) {
        return shelf.changesSince(account, ItemKind.CARD, version);
    }

    private Card read(AccountId account, ShelfItem item) {
        Kept kept = Kept.decode(item);
        byte[] inline = kept.json();
        byte[] json = inline != null ? inline : beside(account, item.blob());
        return new Card(
                item.number(), item.changed(), kept.books(), (ObjectNode) JmapText.read(json));
    }

    private byte[] beside(AccountId account, @Nullable BlobId id) {
        if (id == null) {
            throw new IllegalStateException("a card has no content");
        }
        try (Blob blob =
                shelf.blobs()
                        .find(account.partition(), id)
                        .orElseThrow(() -> new IllegalStateException("a card's content is lost"))) {
            byte[] json = new byte[(int) Math.min(blob.size(), 4L * JsContact.OCTETS)];
            blob.read(0, json, 0, json.length);
            return json;
        }
    }

    /// A uid nobody has.
    public static String newUid() {
        return "urn:uuid:" + UUID.randomUUID().toString().toLowerCase(Locale.ROOT);
    }

    /// Makes a card.
    ///
    /// @param books that are there, at least one
    /// @param content a card without faults, with its uid
    /// @return its number
    /// @throws Refusal ALREADY_EXISTS for a uid that is there, NOT_FOUND for a book that is not,
    ///   LIMIT
    public long add(Actor actor, Set<Long> books, ObjectNode content) {
        return written(
                content,
                (json, blob) ->
                        shelf.change(
                                        actor,
                                        actor.account(),
                                        items -> {
                                            String uid = CardFacts.uid(content);
                                            checkBooks(items, books);
                                            if (items.findNamed(ItemKind.CARD, uid).isPresent()) {
                                                throw sameUid();
                                            }
                                            long number =
                                                    items.add(
                                                            ItemKind.CARD,
                                                            blob,
                                                            new Kept(uid, books, json).encode());
                                            items.name(ItemKind.CARD, uid, number);
                                            return number;
                                        })
                                .value());
    }

    private static Refusal sameUid() {
        return new Refusal(
                Refusal.Reason.ALREADY_EXISTS,
                "There is a card with this uid.",
                "Une fiche porte déjà cet uid.");
    }

    private static void checkBooks(Shelf.Editing items, Set<Long> books) {
        if (books.isEmpty()) {
            throw noBook();
        }
        books.forEach(each -> book(items, each));
    }

    /// Gives a card another content and other books; the uid stays.
    ///
    /// @throws Refusal NOT_FOUND, and INVALID for another uid
    public void put(Actor actor, long number, Set<Long> books, ObjectNode content) {
        written(
                content,
                (json, blob) ->
                        shelf.change(
                                        actor,
                                        actor.account(),
                                        items -> {
                                            checkBooks(items, books);
                                            Kept known =
                                                    items.find(ItemKind.CARD, number)
                                                            .map(Kept::decode)
                                                            .orElseThrow(Contacts::noCard);
                                            String uid = CardFacts.uid(content);
                                            if (!uid.equals(known.uid())) {
                                                throw new Refusal(
                                                        Refusal.Reason.INVALID,
                                                        "A card's uid stays.",
                                                        "L'uid d'une fiche reste.");
                                            }
                                            items.put(
                                                    ItemKind.CARD,
                                                    number,
                                                    blob,
                                                    new Kept(uid, books, json).encode());
                                            return true;
                                        })
                                .value());
    }

    /// @throws Refusal NOT_FOUND
    public void remove(Actor actor, long number) {
        shelf.change(
                actor,
                actor.account(),
                items -> {
                    ShelfItem item =
                            items.find(ItemKind.CARD, number).orElseThrow(Contacts::noCard);
                    items.unname(ItemKind.CARD, Kept.decode(item).uid());
                    items.remove(ItemKind.CARD, number);
                    return true;
                });
    }

    /// What is done with a card's octets.
    private interface Writing<T> {
        /// @param json null when they are in the blob
        T with(byte @Nullable [] json, @Nullable StagedBlob blob);
    }

    private <T> T written(ObjectNode content, Writing<T> writing) {
        byte[] json = JmapText.writeText(content).getBytes(StandardCharsets.UTF_8);
        if (json.length > JsContact.OCTETS) {
            throw new Refusal(
                    Refusal.Reason.TOO_LARGE,
                    "This card is too large.",
                    "Cette fiche est trop grande.");
        }
        if (json.length <= INLINE_OCTETS) {
            return writing.with(json, null);
        }
        try (BlobWriter writer = shelf.blobs().write()) {
            writer.write(json, 0, json.length);
            try (StagedBlob blob = writer.finish()) {
                return writing.with(null, blob);
            }
        }
    }
}
