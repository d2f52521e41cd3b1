package org.facteur.edge.jmap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.facteur.core.contact.AddressBook;
import org.facteur.core.contact.Card;
import org.facteur.core.contact.CardExchange;
import org.facteur.core.contact.Contacts;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import org.facteur.wire.vcard.VcardLimits;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// ContactCard/import and /export: vCard files (`urn:facteur:people`). One call.
final class CardFiles {
    private CardFiles() {}

    static ObjectNode take(Call call) throws IOException {
        LetterBox box = call.ownBox();
        Contacts contacts = call.services().extras().people().contacts();
        String blobId = call.resolve(call.arguments().text("blobId"));
        long book = book(call, contacts, box, call.arguments().findText("addressBookId"));
        call.arguments().end();
        byte[] file;
        try (OpenBlob blob =
                call.blobs()
                        .find(box, blobId == null ? "" : blobId)
                        .orElseThrow(() -> new MethodFault("blobNotFound", null))) {
            try (InputStream in = blob.open()) {
                file = in.readNBytes(VcardLimits.STANDARD.octets() + 1);
            }
        }
        CardExchange.Outcome outcome =
                new CardExchange(contacts, call.services().clock()).take(box.actor(), book, file);
        return JmapText.object()
                .put("accountId", ObjectIds.of(box.owner()))
                .put("added", outcome.added())
                .put("changed", outcome.changed())
                .put("same", outcome.same())
                .put("refused", outcome.refused())
                .put("newState", States.of(box.version()));
    }

    /// @param id null for the default book
    private static long book(Call call, Contacts contacts, LetterBox box, @Nullable String id) {
        List<AddressBook> books = contacts.books(box.actor());
        if (id == null) {
            return books.stream()
                    .filter(AddressBook::isDefault)
                    .findFirst()
                    .orElse(books.getFirst())
                    .number();
        }
        String real = call.resolve(id);
        OptionalLong number = ObjectIds.number('K', real == null ? "" : real);
        if (number.isEmpty()
                || books.stream().noneMatch(each -> each.number() == number.getAsLong())) {
            throw MethodFault.invalidArguments("addressBookId: there is no such book");
        }
        return number.getAsLong();
    }

    static ObjectNode give(Call call) throws IOException {
        LetterBox box = call.ownBox();
        Contacts contacts = call.services().extras().people().contacts();
        List<String> ids = call.arguments().findIds("ids");
        String bookId = call.arguments().findText("addressBookId");
        Long book = bookId == null ? null : book(call, contacts, box, bookId);
        call.arguments().end();
        if (ids != null && ids.size() > call.settings().objects()) {
            throw MethodFault.requestTooLarge("at most " + call.settings().objects() + " ids");
        }
        List<Card> cards = new ArrayList<>();
        if (ids == null) {
            cards.addAll(contacts.cards(box.owner()));
        } else {
            for (String each : ids) {
                String real = call.resolve(each);
                CardMethods.find(contacts, box, real == null ? "" : real).ifPresent(cards::add);
            }
        }
        cards.removeIf(each -> book != null && !each.books().contains(book));
        Uploads.Upload made =
                call.services()
                        .extras()
                        .uploads()
                        .take(
                                box,
                                new ByteArrayInputStream(CardExchange.give(cards)),
                                "text/vcard",
                                call.services().clock().instant());
        return JmapText.object()
                .put("accountId", ObjectIds.of(box.owner()))
                .put("blobId", made.blobId())
                .put("type", made.type())
                .put("size", made.size())
                .put("cards", cards.size());
    }
}
